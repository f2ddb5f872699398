"""Other numbers, family names and cities in place of a text's own, so that a text read often is not known by them.

Labels stay as they are: one word stands for one word.  A family name or city is the same all through a text.
"""
import dataclasses

SHARE = 0.7            # of the texts that are read otherwise than they stand
ALIKE = [words.split() for words in ("two three four five six seven eight nine ten eleven twelve",
                                     "thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
                                     "twenty thirty forty fifty sixty seventy eighty ninety")]
SPELT = {word: alike for alike in ALIKE for word in alike}


def is_capitalised(word):
    """Title case or upper case, and long enough to be no initial."""
    return len(word) > 2 and word[0].isupper() and (word[1:].islower() or word.isupper())


@dataclasses.dataclass
class Text:
    """The words of a text, and which of them may be others."""
    words: list        # as they are written
    families: set      # lower case: what ends names of people and begins none
    cities: set        # lower case: names of one word
    numbers: list      # indices of words

    @staticmethod
    def of(words, people, cities, numbers):
        """From the spans [begin, end) of names of people, of names of cities, and of what holds numbers."""
        families = {words[e - 1].lower() for b, e in people if e - b > 1 and is_capitalised(words[e - 1])}
        families -= {words[i].lower() for b, e in people for i in range(b, e - 1)}
        towns = {words[b].lower() for b, e in cities if e - b == 1 and is_capitalised(words[b])}
        return Text(words, families, towns - families, [i for b, e in numbers for i in range(b, e)])


class Variation:
    """Gives each text the family names and cities of all texts."""

    def __init__(self, texts):
        """texts: {key: Text}."""
        self.texts = texts
        self.families = sorted({word for t in texts.values() for word in t.families})
        self.cities = sorted({word for t in texts.values() for word in t.cities})

    def of(self, key, rng):
        """{index of a word: what is read there}; empty for a text that stays as it stands, or that is not known."""
        if key not in self.texts or rng.random() >= SHARE:
            return {}
        mine, out = self.texts[key], {}
        now = {word: pool[rng.integers(len(pool))]
               for words, pool in ((mine.families, self.families), (mine.cities, self.cities)) for word in sorted(words)}
        for i, word in enumerate(mine.words):
            if is_capitalised(word) and word.lower() in now:
                out[i] = now[word.lower()]
        for i in mine.numbers:
            if number := another(mine.words[i].lower(), rng):
                out[i] = number
        return out


def another(number, rng):
    """Another number of as many digits, or another numeral of the same kind; None for what is no number above one."""
    if number in SPELT:
        return SPELT[number][rng.integers(len(SPELT[number]))]
    if not (number.isascii() and number.isdigit()) or number == "1":
        return None
    if len(number) == 1:
        return str(rng.integers(2, 10))
    first = "0" if number[0] == "0" else str(rng.integers(1, 10))
    return first + "".join(str(d) for d in rng.integers(0, 10, len(number) - 1))
