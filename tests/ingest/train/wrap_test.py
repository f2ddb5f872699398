"""ingest/train/hearsay_train/wrap.py: sentences in frames, their spans moved with them."""
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "ingest/train"), str(ROOT / "ingest/train/corpus")]
import markup  # noqa: E402
from hearsay_train import wrap  # noqa: E402

TEXT = "The hall was empty. The mayor said in the morning that the bridge was shut. Nobody was hurt."


class First:
    """Picks every sentence and the first frame."""

    def random(self):
        return 0.0

    def integers(self, n):
        return 0


def span(text, words):
    begin = text.index(words)
    return begin, begin + len(words)


def wrapped(frame):
    event = {"src": [span(TEXT, "The mayor")], "cue": [span(TEXT, "said")], "con": [span(TEXT, "that the bridge was shut")]}
    text, (moved,), nested, (around,) = wrap.wrap(TEXT, [event], [frame], {"the"}, First())
    words = lambda spans: [text[b:e] for b, e in spans]
    return text, {r: words(s) for r, s in moved.items()}, nested, {r: words(s) for r, s in around.items()}


class Wrap(unittest.TestCase):
    def test_before(self):
        frame = wrap.Frame("A nurse told Radio Okapi ", {"src": [(0, 7)], "cue": [(8, 12)], "adr": [(13, 24)]}, True, "that ")
        text, moved, nested, around = wrapped(frame)
        self.assertEqual(text, "The hall was empty. A nurse told Radio Okapi that the mayor said in the morning that the bridge was shut. "
                               "Nobody was hurt.")
        self.assertEqual(moved, {"src": ["the mayor"], "cue": ["said"], "con": ["that the bridge was shut"]})
        self.assertEqual(nested, {0})
        self.assertEqual(around, {"src": ["A nurse"], "cue": ["told"], "adr": ["Radio Okapi"],
                                  "con": ["that the mayor said in the morning that the bridge was shut"]})

    def test_behind_a_quotation(self):
        text, moved, _, around = wrapped(wrap.Frame(" a nurse said.", {"src": [(1, 8)], "cue": [(9, 13)]}, False, "“"))
        self.assertEqual(text, "The hall was empty. “The mayor said in the morning that the bridge was shut,” a nurse said. Nobody was hurt.")
        self.assertEqual(moved["src"], ["The mayor"])
        self.assertEqual(around["src"], ["a nurse"])
        self.assertEqual(around["con"], ["“The mayor said in the morning that the bridge was shut,”"])

    def test_left_alone(self):
        frame = wrap.Frame(", a nurse said.", {"src": [(2, 9)], "cue": [(10, 14)]}, False, "")
        whole = {"src": [span(TEXT, "Nobody")], "cue": [span(TEXT, "was hurt")], "con": [(0, 75)]}
        self.assertEqual(wrap.wrap(TEXT, [whole], [frame], set(), First()), (TEXT, [whole], set(), []))

    def test_frames_of_the_corpus(self):
        found = wrap.frames(markup.read_split("train"))
        self.assertGreater(len(found), 1000)
        for frame in found:
            spans = [s for at in frame.roles.values() for s in at]
            self.assertTrue(frame.roles["src"] and frame.roles["cue"])
            self.assertTrue(all(0 <= b < e <= len(frame.text) for b, e in spans), frame)
            self.assertFalse(frame.before and not frame.opening, frame)


if __name__ == "__main__":
    unittest.main()
