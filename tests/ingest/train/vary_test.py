"""ingest/train/hearsay_train/vary.py: other numbers, family names and cities, one word for one word."""
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "ingest/train"))
from hearsay_train import vary  # noqa: E402


class Last:
    """Varies every text, and picks the last of whatever there is; in place of numpy's generator."""

    def random(self):
        return 0.0

    def integers(self, low, high=None, size=None):
        last = (low if high is None else high) - 1
        return last if size is None else [last] * size


def text(words, people=(), cities=(), numbers=()):
    return vary.Text.of(words.split(), people, cities, numbers)


class Vary(unittest.TestCase):
    def setUp(self):
        self.first = text("In Mbale Ruth Nabirye said at least 12 had died . Nabirye left MBALE on 3 May , nabirye", [(2, 4), (11, 12)],
                          [(1, 2), (13, 14)], [(5, 8)])
        self.second = text("Dias Zwane of Zagreb", [(0, 2)], [(3, 4)])
        self.variation = vary.Variation({"first": self.first, "second": self.second})

    def test_what_may_be_another(self):
        self.assertEqual(self.first.families, {"nabirye"})
        self.assertEqual(self.first.cities, {"mbale"})
        self.assertEqual(vary.Text.of("Ali Ali met Ali".split(), [(0, 2), (3, 4)], [], []).families, set())

    def test_a_name_is_the_same_all_through(self):
        self.assertEqual(self.variation.of("first", Last()),
                         {1: "zagreb", 3: "zwane", 7: "99", 11: "zwane", 13: "zagreb"})

    def test_unknown_or_left_as_it_stands(self):
        self.assertEqual(self.variation.of("third", Last()), {})
        never = Last()
        never.random = lambda: vary.SHARE
        self.assertEqual(self.variation.of("first", never), {})

    def test_numbers(self):
        self.assertEqual([vary.another(n, Last()) for n in ("two", "thirteen", "thirty", "7", "12", "000", "1", "one", "dozens", "3rd")],
                         ["twelve", "nineteen", "ninety", "9", "99", "099", None, None, None, None])


if __name__ == "__main__":
    unittest.main()
