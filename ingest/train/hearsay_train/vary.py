"""Other numbers, family names, places and media in place of a text's own, so that a text read often is not known by them.

Labels stay as they are: one word stands for one word.  A name is the same all through a text.
"""
import dataclasses

SHARE = 0.7            # of the texts that are read otherwise than they stand
ONE_WORD = ("cit", "reg", "cou", "med")   # names of one word of these types give way to others of their type
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
    names: dict        # type -> set of words in lower case: what ends names of people and begins none, names of one word
    numbers: list      # indices of words

    @staticmethod
    def of(words, names, numbers):
        """From names [(begin, end, type)] and from the spans [begin, end) of what holds numbers."""
        people = [(b, e) for b, e, kind in names if kind == "per"]
        families = {words[e - 1].lower() for b, e in people if e - b > 1 and is_capitalised(words[e - 1])}
        taken = {words[i].lower() for b, e in people for i in range(b, e - 1)}
        out = {"per": families - taken}
        taken |= families
        for kind in ONE_WORD:
            out[kind] = {words[b].lower() for b, e, k in names if k == kind and e - b == 1 and is_capitalised(words[b])} - taken
            taken |= out[kind]
        return Text(words, out, [i for b, e in numbers for i in range(b, e)])


class Variation:
    """Gives each text the names of all texts."""

    def __init__(self, texts):
        """texts: {key: Text}."""
        self.texts = texts
        self.names = {kind: sorted({word for t in texts.values() for word in t.names[kind]}) for kind in ("per", *ONE_WORD)}

    def of(self, key, rng):
        """{index of a word: what is read there}; empty for a text that stays as it stands, or that is not known."""
        if key not in self.texts or rng.random() >= SHARE:
            return {}
        mine, out = self.texts[key], {}
        now = {word: pool[rng.integers(len(pool))] for kind, pool in self.names.items() for word in sorted(mine.names[kind])}
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
