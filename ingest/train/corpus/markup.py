"""Reads the inline markup of GUIDELINES.md into plain text with character spans.

A Passage holds `text` (the characters without markup), `spans` (label -> [(begin, end), ...], half-open character
offsets in order of appearance) and the footer's `figures` and `statements`.  MarkupError names file, line and remedy.
"""
import dataclasses
import pathlib
import re
import shlex

ROLES = ("src", "cue", "con", "adr", "hop")
ENTITY_TYPES = ("per", "org", "med", "for", "cit", "reg", "cou", "fac", "unn")
FIGURE_PARTS = ("fig", "num", "pop")
PLAIN = ("dat", "qty")
BOUNDS = ("exact", "at_least", "at_most", "more_than", "fewer_than", "about", "between", "vague")
# What is counted has one of these measures, or another plain word.
MEASURES = ("killed", "wounded", "killed_or_wounded", "arrested", "missing", "kidnapped", "displaced", "hospitalized",
            "intensive_care", "beheaded", "assaulted", "deployed", "infected", "evacuated", "rescued", "homeless", "charged",
            "protesting", "attending", "employed", "released", "aboard", "striking", "laid_off", "trapped", "stranded")
CERTAINTIES = ("stated", "hedged", "asked", "future")
_ENTITY = re.compile(rf"({'|'.join(ENTITY_TYPES)})(\d+)([ndp])$")
_NUMBERED = re.compile(rf"({'|'.join(ROLES + FIGURE_PARTS)})(\d+)$")


class MarkupError(Exception):
    """What is wrong, at which file and line, and how to mend it."""


@dataclasses.dataclass
class Mention:
    type: str     # one of ENTITY_TYPES
    entity: int   # one number per entity of a type
    form: str     # n, d or p
    begin: int
    end: int


@dataclasses.dataclass
class Figure:
    measure: str
    bound: str
    low: float | None
    high: float | None
    place: str | None
    asof: str | None


@dataclasses.dataclass
class Passage:
    id: str
    outline: str
    layout: str
    text: str
    spans: dict          # "src1" -> [(begin, end), ...]
    mentions: list       # of Mention, by begin
    figures: dict        # number -> Figure
    modality: dict       # statement number -> {"polarity": "-", "certainty": "hedged"}
    where: str           # file:line of the passage

    def statements(self):
        """Numbers of the statements, in order of their first span."""
        first = {}
        for label, spans in self.spans.items():
            m = _NUMBERED.match(label)
            if m and m[1] in ("src", "cue", "con"):
                n = int(m[2])
                first[n] = min(first.get(n, spans[0][0]), spans[0][0])
        return sorted(first, key=lambda n: (first[n], n))

    def parent(self, number):
        """The statement whose content most closely covers this one's cue (or content), or None."""
        inner = (self.spans.get(f"cue{number}") or self.spans.get(f"con{number}") or [])[:1]
        best = None
        for label, spans in self.spans.items():
            m = _NUMBERED.match(label)
            if not m or m[1] != "con" or int(m[2]) == number:
                continue
            for b, e in spans:
                if inner and b <= inner[0][0] and inner[0][1] <= e:
                    size = sum(y - x for x, y in spans)
                    if best is None or size < best[0]:
                        best = (size, int(m[2]))
        return best and best[1]


def parse_inline(body, where):
    """Returns (text, [(label, begin, end)...]) of one marked body; spans in order of their closing brackets."""
    text, stack, spans, i = [], [], [], 0
    line = 0
    while i < len(body):
        c = body[i]
        if c == "\\" and i + 1 < len(body) and body[i + 1] in "[]|\\":
            text.append(body[i + 1])
            i += 2
            continue
        if c == "[":
            m = re.compile(r"\[([a-z0-9 ]+)\|").match(body, i)
            if not m:
                raise MarkupError(f"{where}: '[{body[i + 1:i + 20]}' is no label; write \\[ for a bracket of the text")
            labels = m[1].split()
            for label in labels:
                if label not in PLAIN and not _ENTITY.match(label) and not _NUMBERED.match(label):
                    raise MarkupError(f"{where}: unknown label '{label}' before '{body[m.end():m.end() + 20]}'")
            stack.append((labels, len(text)))
            i = m.end()
            continue
        if c == "]":
            if not stack:
                raise MarkupError(f"{where}: ']' without '[' after '{''.join(text[-25:])}'; write \\] for a bracket of the text")
            labels, begin = stack.pop()
            b, e = begin, len(text)
            if b == e:
                raise MarkupError(f"{where}: empty span {labels} after '{''.join(text[-25:])}'")
            if text[b].isspace() or text[e - 1].isspace():
                raise MarkupError(f"{where}: span {labels} begins or ends with white space: '{''.join(text[b:e])[:40]}'")
            spans += [(label, b, e) for label in labels]
            i += 1
            continue
        text.append(c)
        i += 1
    if stack:
        raise MarkupError(f"{where}: bracket {stack[-1][0]} is not closed: '{''.join(text[stack[-1][1]:])[:40]}'")
    return "".join(text), spans


def _number(word, where):
    if word == "-":
        return None
    try:
        return float(word)
    except ValueError:
        raise MarkupError(f"{where}: '{word}' is no number; write '-' for an open end") from None


def _footer(lines, where):
    figures, modality = {}, {}
    for line in lines:
        words = shlex.split(line)
        if not words:
            continue
        plain = [w for w in words if "=" not in w]
        named = dict(w.split("=", 1) for w in words if "=" in w)
        if plain[0] == "fig" and len(plain) in (5, 6) and plain[3] in BOUNDS:
            low = _number(plain[4], where)
            high = _number(plain[5], where) if len(plain) == 6 else low
            if plain[3] in ("at_least", "more_than"):
                high = None
            if plain[3] in ("at_most", "fewer_than"):
                low, high = None, high
            figures[int(plain[1])] = Figure(plain[2], plain[3], low, high, named.get("place"), named.get("asof"))
        elif plain[0] == "stmt" and named and set(named) <= {"polarity", "certainty"} and \
                named.get("polarity", "-") in "+-" and named.get("certainty", "stated") in CERTAINTIES:
            modality.setdefault(int(plain[1]), {}).update(named)
        else:
            raise MarkupError(f"{where}: footer line not understood: '{line}'")
    return figures, modality


def read_file(path):
    """All passages of one file."""
    path = pathlib.Path(path)
    raw = path.read_text(encoding="utf-8")
    passages = []
    offset = 0
    for part in re.split(r"(?m)^=== ", raw):
        line = raw.count("\n", 0, offset) + 1
        offset += len(part) + 4
        if not part.strip():
            continue
        name = part.split("\n", 1)[0].strip()
        where = f"{path}:{line} ({name})"
        pieces = re.split(r"(?m)^---[ \t]*$", part.split("\n", 1)[1])
        if len(pieces) != 3:
            raise MarkupError(f"{where}: a passage is head, '---', text, '---', footer; found {len(pieces)} parts")
        head = dict(h.split(":", 1) for h in pieces[0].strip().split("\n") if ":" in h)
        text, spans = parse_inline(pieces[1].strip("\n"), where)
        by_label, mentions = {}, []
        for label, b, e in sorted(spans, key=lambda s: (s[1], -s[2])):
            m = _ENTITY.match(label)
            if m:
                mentions.append(Mention(m[1], int(m[2]), m[3], b, e))
            else:
                by_label.setdefault(label, []).append((b, e))
        figures, modality = _footer(pieces[2].strip().split("\n") if pieces[2].strip() else [], where)
        passages.append(Passage(name, head.get("outline", "").strip(), head.get("layout", "").strip(), text, by_label,
                                mentions, figures, modality, where))
    return passages


def read_split(split, root=None):
    """All passages of train, dev or test, by file name."""
    root = pathlib.Path(root or pathlib.Path(__file__).parent)
    return [p for f in sorted((root / split).glob("*.txt")) for p in read_file(f)]
