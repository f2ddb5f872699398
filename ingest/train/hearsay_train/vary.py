"""Other numbers, family names and cities in place of a text's own, so that a text read often is not known by them.

Labels stay as they are: one word stands for one word.  A family name or city is the same all through a text."""
import numpy as np

from . import decode, labels, text

SHARE = 0.7            # of the texts that are read otherwise than they stand
ALIKE = [words.split() for words in ("two three four five six seven eight nine ten eleven twelve",
                                     "thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
                                     "twenty thirty forty fifty sixty seventy eighty ninety")]
SPELT = {word: alike for alike in ALIKE for word in alike}
WRITTEN = [text.SHAPES.index(shape) for shape in ("title", "upper")]


def _spans(document, layer, kinds):
    tags = document.allowed[layer].argmax(1).tolist()
    return [(b, e) for b, e, kind in decode.spans_of(tags, labels.LAYERS[layer]) if kind in kinds]


class Variation:
    """Of the own corpus' documents, which know where all numbers and names stand."""

    def __init__(self, documents, vocabulary):
        self.vocabulary = vocabulary
        self.places = {id(d): self._place(d) for d in documents}
        self.pools = [sorted({word for place in self.places.values() for word in place[kind]}) for kind in range(2)]

    @staticmethod
    def _place(d):
        """(family names, cities, words of numbers)."""
        written = lambda i: d.words.text[slice(*d.words.at[i])].lower()
        plain = lambda i: d.words.shape[i] in WRITTEN and len(written(i)) > 2
        people, cities = _spans(d, "name", ("per",)), _spans(d, "name", ("cit",))
        families = {written(e - 1) for b, e in people if e - b > 1 and plain(e - 1)}
        families -= {written(i) for b, e in people for i in range(b, e - 1)}
        towns = {written(b) for b, e in cities if e - b == 1 and plain(b)} - families
        numbers = [i for b, e in _spans(d, "part", ("num",)) + _spans(d, "name", ("qty",)) for i in range(b, e)]
        return families, towns, numbers

    def of(self, document, rng):
        """{index of a word: its pieces now}; empty for a text that stays as it stands."""
        if id(document) not in self.places or rng.random() >= SHARE:
            return {}
        families, towns, numbers = self.places[id(document)]
        words, out = document.words, {}
        now = {word: pool[rng.integers(len(pool))] for mine, pool in zip((families, towns), self.pools) for word in sorted(mine)}
        for i, (b, e) in enumerate(words.at):
            if words.shape[i] in WRITTEN and (word := now.get(words.text[b:e].lower())):
                out[i] = self.vocabulary.cut(word)
        for i in numbers:
            if number := self._number(words.text[slice(*words.at[i])].lower(), rng):
                out[i] = self.vocabulary.cut(number)
        return out

    @staticmethod
    def _number(word, rng):
        """Another of as many digits, or of the same kind of numeral; None for what is no number above one."""
        if word in SPELT:
            return SPELT[word][rng.integers(len(SPELT[word]))]
        if not (word.isascii() and word.isdigit()) or word == "1":
            return None
        if len(word) == 1:
            return str(rng.integers(2, 10))
        first = "0" if word[0] == "0" else str(rng.integers(1, 10))
        return first + "".join(str(d) for d in rng.integers(0, 10, len(word) - 1))
