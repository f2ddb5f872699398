"""ingest/train/hearsay_train/vary.py: other numbers and names, one word for one word."""
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


def text(words, names=(), numbers=()):
    return vary.Text.of(words.split(), names, numbers)


class Vary(unittest.TestCase):
    def setUp(self):
        self.first = text("In Mbale Ruth Nabirye told AFP at least 12 had died . Nabirye left MBALE on 3 May , nabirye",
                          [(1, 2, "cit"), (2, 4, "per"), (5, 6, "med"), (12, 13, "per"), (14, 15, "cit")], [(6, 9)])
        self.second = text("Dias Zwane of Zagreb told Lusa in Togo", [(0, 2, "per"), (3, 4, "cit"), (5, 6, "med"), (7, 8, "cou")])
        self.variation = vary.Variation({"first": self.first, "second": self.second})

    def test_what_may_be_another(self):
        self.assertEqual(self.first.names, {"per": {"nabirye"}, "cit": {"mbale"}, "reg": set(), "cou": set(), "med": {"afp"}})
        self.assertEqual(text("Ali Ali met Ali", [(0, 2, "per"), (3, 4, "per")]).names["per"], set())

    def test_a_name_that_is_two_things_is_one(self):
        self.assertEqual(text("Ana Paris of Paris", [(0, 2, "per"), (3, 4, "cit")]).names["cit"], set())
        self.assertEqual(text("Georgia not Georgia", [(0, 1, "cou"), (2, 3, "reg")]).names["cou"], set())

    def test_a_name_of_two_words_stays(self):
        self.assertEqual(text("Radio Simba", [(0, 2, "med")]).names["med"], set())

    def test_a_name_is_the_same_all_through(self):
        self.assertEqual(self.variation.of("first", Last()),
                         {1: "zagreb", 3: "zwane", 5: "lusa", 8: "99", 12: "zwane", 14: "zagreb"})

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
