"""Real sentences put inside another statement, so that a corpus that marks no nesting teaches it.

A frame is how a statement of the project's own corpus says who says it: "A nurse at the hospital told Radio Okapi " before "that ...", or
", according to the port's harbour master." behind a content.  A sentence of another corpus that holds whole attributions becomes the
content of a frame; what it attributed is then nested.  The frames are of the own corpus' train part alone.
"""
import collections
import dataclasses
import re

ROLES = ("src", "cue", "adr", "hop")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[A-Z\"“‘'])|\n+")
QUOTES = {'"': '"', "“": "”"}
LONGEST_FRAME, SHORTEST, LONGEST = 160, 40, 320      # characters; of a sentence


@dataclasses.dataclass
class Frame:
    text: str       # ends where the content begins, or begins where it ends
    roles: dict     # role -> [(begin, end)] in text
    before: bool    # whether it stands before the content
    opening: str    # with what the content begins: "that ", a quotation mark, or ""


def _starts(text, at):
    return at == 0 or bool(re.search(r"(\n|[.!?][\"”’']? )$", text[:at]))


def frames(passages):
    """The Frames of own.CORPUS passages: outermost statements whose source, cue and content stand apart in one sentence."""
    out = []
    for p in passages:
        for s in p.statements():
            content, roles = p.spans.get(f"con{s}", []), {r: p.spans.get(f"{r}{s}", []) for r in ROLES}
            if p.parent(s) or len(content) != 1 or not roles["src"] or not roles["cue"]:
                continue
            (begin, end), spans = content[0], sorted(x for r in roles.values() for x in r)
            if spans[-1][1] <= begin:
                b, e, said = spans[0][0], begin, p.text[begin:end]
                opening = "that " if said.startswith("that ") else said[0] if said[0] in QUOTES and said[-1] == QUOTES[said[0]] else None
                good = opening and _starts(p.text, b)
            elif spans[0][0] >= end:
                stop = re.search(r"\.(?=\s|$)", p.text[spans[-1][1]:])
                b, e, opening = end, spans[-1][1] + (stop.end() if stop else 0), p.text[begin] if p.text[begin] in QUOTES else ""
                good = stop and not re.search(r"[;:“\"]", p.text[b:e]) and _starts(p.text, begin)
            else:
                continue
            if good and e - b <= LONGEST_FRAME and "\n" not in p.text[b:e]:
                out.append(Frame(p.text[b:e], {r: [(x - b, y - b) for x, y in at] for r, at in roles.items() if at}, e == begin, opening))
    return out


def lowered(texts):
    """Words that stand in small letters more often than not, by which a sentence can begin in small ones."""
    small, large = collections.Counter(), collections.Counter()
    for text in texts:
        small.update(re.findall(r"\b[a-z]+\b", text))
        large.update(w.lower() for w in re.findall(r"(?<=[a-z,] )[A-Z][a-z]*\b", text))
    return {w for w, n in small.items() if n > 2 * large[w]}


def _sentences(text):
    begin = 0
    for m in SENTENCE_END.finditer(text):
        at = m.start() + (1 if m[0][0] in "\"”’'" else 0)
        yield begin, at
        begin = m.end()
    yield begin, len(text)


def wrap(text, events, all_frames, small, rng, share=0.3):
    """(new text, events moved, indices of events now nested, events around them): about `share` of the sentences that can be wrapped are.

    events: [{role: [(begin, end)]}], characters of `text`; `small` is of lowered()."""
    spans = [[s for at in e.values() for s in at] for e in events]
    moves, pieces, nested, around, done, length = [], [], set(), [], 0, 0

    def put(piece):
        nonlocal length
        pieces.append(piece)
        length += len(piece)

    def keep(begin, end):
        moves.append((begin, end, length - begin))
        put(text[begin:end])

    for b, e in _sentences(text):
        if not SHORTEST <= e - b <= LONGEST or text[e - 1] != ".":
            continue
        touching = [k for k, at in enumerate(spans) if any(x < e and b < y for x, y in at)]
        if not touching or any(x < b or y > e for k in touching for x, y in spans[k]) or rng.random() >= share:
            continue
        frame = all_frames[rng.integers(len(all_frames))]
        first, quoted = re.match(r"[A-Za-z]*", text[b:e])[0].lower(), re.search(r"[\"“”]", text[b:e])
        if frame.opening in QUOTES and quoted or frame.opening == "that " and text[b] in "\"“‘'":
            continue
        keep(done, b)
        at = length
        if frame.before:
            put(frame.text)
        begin = length
        put(frame.opening)
        if frame.opening == "that " and first in small and first != "i":
            moves.append((b, b + 1, length - b))
            put(text[b].lower())
            keep(b + 1, e - 1)
        else:
            keep(b, e - 1)
        if frame.opening in QUOTES:
            put(("." if frame.before else ",") + QUOTES[frame.opening])
        end = length
        if not frame.before:
            at = length
            put(frame.text)
        elif frame.opening not in QUOTES:
            put(".")
        around.append({**{r: [(x + at, y + at) for x, y in s] for r, s in frame.roles.items()}, "con": [(begin, end)]})
        nested |= set(touching)
        done = e
    keep(done, len(text))

    def moved(span):
        first = next(m for m in moves if m[0] <= span[0] < m[1])
        last = next((m for m in moves if m[0] < span[1] <= m[1]), None)
        if last is None:                # the full stop that the sentence lost
            last = next(m for m in moves if m[0] < span[1] - 1 <= m[1])
            return span[0] + first[2], span[1] - 1 + last[2]
        return span[0] + first[2], span[1] + last[2]
    return "".join(pieces), [{r: [moved(s) for s in at] for r, at in e.items()} for e in events], nested, around
