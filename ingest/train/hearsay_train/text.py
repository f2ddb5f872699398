"""Text to words and word pieces, with character offsets and the features the encoder gets beside them.

A *word* is a token of BERT's basic tokenizer (Devlin et al. 2019): white space separates, every punctuation mark and every CJK
character stands alone.  A word is lower-cased, stripped of accents and cut into the vocabulary's *pieces*, longest match
first.  Offsets are half-open code-point offsets into the text as it came; nothing is ever dropped or moved, so a span of
words is a span of text.  docs of the weights file repeat these rules; the C++ reader follows them to the letter.
"""
import dataclasses
import functools
import unicodedata

import numpy as np

MAX_PIECES = 12        # pieces of one word; the rest of a longer word is not read
SHAPES = ("lower", "title", "upper", "letter", "mixed", "digit", "mark", "other")
LAYOUTS = ("space", "glued", "line", "paragraph")    # what stands before the word
QUOTES = ("outside", "inside", "open", "close")      # double quotation marks
_OPEN, _CLOSE, _EITHER = "“«„‟", "”»", "\"＂"


def _is_mark(c):
    """BERT's punctuation: ASCII that is no letter, digit or space, and the Unicode categories P*."""
    return "!" <= c <= "/" or ":" <= c <= "@" or "[" <= c <= "`" or "{" <= c <= "~" or unicodedata.category(c)[0] == "P"


def _is_cjk(c):
    return 0x4E00 <= (o := ord(c)) <= 0x9FFF or 0x3400 <= o <= 0x4DBF or 0x20000 <= o <= 0x2CEAF or 0xF900 <= o <= 0xFAFF


def _is_dropped(c):
    """Characters that stand in no word and separate none: controls, formats, the replacement character."""
    return c == "\ufffd" or (c not in "\t\n\r" and unicodedata.category(c) in ("Cc", "Cf"))


def words_of(text):
    """[(begin, end)] of the words, in order."""
    out, begin = [], None
    for i, c in enumerate(text):
        if c.isspace() or _is_mark(c) or _is_cjk(c):
            if begin is not None:
                out.append((begin, i))
                begin = None
            if not c.isspace():
                out.append((i, i + 1))
        elif begin is None and not _is_dropped(c):
            begin = i
    if begin is not None:
        out.append((begin, len(text)))
    return out


def normal(word):
    """A word as the vocabulary spells it: dropped characters gone, lower case, no combining marks."""
    kept = "".join(c for c in word if not _is_dropped(c)).lower()
    return "".join(c for c in unicodedata.normalize("NFD", kept) if unicodedata.category(c) != "Mn")


def shape_of(word):
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return SHAPES.index("digit" if any(c.isdigit() for c in word) else "mark" if len(word) == 1 else "other")
    if not any(c.isupper() for c in letters):
        return SHAPES.index("lower")
    if len(letters) == 1:
        return SHAPES.index("letter")
    if all(c.isupper() for c in letters):
        return SHAPES.index("upper")
    return SHAPES.index("title" if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else "mixed")


def layouts_of(text, words):
    """What stands before each word: nothing, blanks, one line break, or more than one (also at the beginning)."""
    out, at = [], 0
    for b, e in words:
        gap = text[at:b]
        breaks = gap.count("\n")
        out.append(3 if at == 0 or breaks > 1 else 2 if breaks else 0 if gap else 1)
        at = e
    return out


def quotes_of(text, words, layouts):
    """Quotation state of each word; every line begins outside."""
    out, inside = [], False
    for (b, e), layout in zip(words, layouts):
        if layout >= 2:
            inside = False
        c = text[b:e]
        if c in _OPEN or (c in _EITHER and not inside):
            inside = True
            out.append(2)
        elif c in _CLOSE or c in _EITHER:
            inside = False
            out.append(3)
        else:
            out.append(int(inside))
    return out


class Vocabulary:
    def __init__(self, source):
        """From a file with one piece a line, or from the list of pieces."""
        if isinstance(source, list):
            self.pieces = source
        else:
            with open(source, encoding="utf-8", newline="\n") as f:
                self.pieces = [line.rstrip("\n") for line in f]
        self.id = {p: i for i, p in enumerate(self.pieces)}
        self.pad, self.unknown, self.cls, self.sep = (self.id[p] for p in ("[PAD]", "[UNK]", "[CLS]", "[SEP]"))

    @functools.lru_cache(maxsize=1 << 18)
    def cut(self, word):
        """Ids of the pieces of one word, at most MAX_PIECES; (unknown,) where it cannot be cut."""
        word, out, begin = normal(word), [], 0
        if len(word) > 100:
            return (self.unknown,)
        while begin < len(word):
            for end in range(len(word), begin, -1):
                piece = self.id.get(("##" if begin else "") + word[begin:end])
                if piece is not None:
                    break
            else:
                return (self.unknown,)
            out.append(piece)
            begin = end
        return tuple(out[:MAX_PIECES]) or (self.unknown,)


@dataclasses.dataclass
class Words:
    """The words of one text: offsets, pieces (a tuple a word) and features (uint8 a word)."""
    text: str
    at: list
    pieces: list
    shape: np.ndarray
    layout: np.ndarray
    quote: np.ndarray

    def __len__(self):
        return len(self.at)

    def span(self, begin, end):
        """Words [i, j) that a character span touches, or None."""
        starts = self._starts
        i = int(np.searchsorted(self._ends, begin, side="right"))
        j = int(np.searchsorted(starts, end, side="left"))
        return (i, j) if i < j else None

    @functools.cached_property
    def _starts(self):
        return np.array([b for b, _ in self.at])

    @functools.cached_property
    def _ends(self):
        return np.array([e for _, e in self.at])


def read(text, vocabulary):
    at = words_of(text)
    layout = layouts_of(text, at)
    return Words(text, at, [vocabulary.cut(text[b:e]) for b, e in at],
                 np.array([shape_of(text[b:e]) for b, e in at], np.uint8), np.array(layout, np.uint8),
                 np.array(quotes_of(text, at, layout), np.uint8))


def keys(words, spans):
    """What two mentions must share for their last words, for all their words, to be the same: rows of two numbers.

    Words are the same whose pieces are: upper case, accents, and letters no piece holds make no difference."""
    number = {}
    return [[number.setdefault(tuple(words.pieces[i:e]), len(number)) for i in (e - 1, b)] for b, e in spans]
