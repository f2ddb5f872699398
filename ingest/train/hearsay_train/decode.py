"""From a trained model and texts to spans, links and records: the reading the C++ extractor repeats.

1. The text is cut into windows that overlap; each word takes its vector from the window in which it stands deepest.
2. Every tagging layer is decoded over the whole text: best legal tag sequence.
3. Each cue is given its roles in the window in which the cue stands deepest.  A hop that touches a part of a source stands inside it.
4. A statement needs a content.  Its parent is the statement whose content most closely covers its cue.
5. A figure has one number: figures that touch and have but one between them are one; where none was tagged it begins where it is likeliest to.
"""
import dataclasses
import math

import numpy as np
import torch

from . import crf, labels, text, windows

WINDOW, OVERLAP = 250, 24
BATCH = 16
LONGEST = 16           # words of a mention that coreference proposes
LIKELY = 1.25          # log-odds from which on it proposes one, chosen on OntoGUM dev


@dataclasses.dataclass
class Statement:
    cue: list          # word spans: the cue and perhaps its second fragment
    src: list
    con: list
    adr: list
    hop: list
    nested: bool       # what the cue's tag says
    confidence: float
    parent: int | None = None


@dataclasses.dataclass
class Reading:
    """What the model finds in one document; spans are word ranges [begin, end)."""
    statements: list
    names: list        # (begin, end, type), dates and quantities included
    described: list    # (begin, end, type), outermost and inner ones
    pronouns: list     # (word, type)
    figures: list      # (begin, end, measure, place (begin, end) or None)
    parts: list        # (begin, end, "num" or "pop")
    vectors: object    # (words, width)


def _best(logits, layer, model):
    """Tag ids of one layer over a whole text."""
    names = labels.LAYERS[layer]
    if layer == "pronoun":
        return logits.argmax(-1).tolist()
    chain = model.crf["cue"] if layer == "cue" else _plain(names)
    return chain.best(logits[None])[0].tolist()


_PLAIN = {}


def _plain(names):
    if names not in _PLAIN:
        _PLAIN[names] = crf.Crf(names)
    return _PLAIN[names]


def deepest(ranges, n):
    """For each word the window it stands deepest in; the text's own borders do not count."""
    depth, owner = np.full(n, -1.0), np.zeros(n, int)
    for k, (b, e) in enumerate(ranges):
        i = np.arange(b, e)
        d = np.minimum(i - b if b else np.full(e - b, np.inf), e - 1 - i if e < n else np.inf)
        better = d > depth[b:e]
        depth[b:e][better] = d[better]
        owner[b:e][better] = k
    return owner


@torch.no_grad()
def encode(model, documents, vocabulary):
    """For each document its windows' word vectors: [((begin, end), (words, width)), ...]; windows of one length share a batch."""
    todo = [(k, r, windows.Window(d, *r)) for k, d in enumerate(documents) if len(d.words)
            for r in windows.cuts(d.words, WINDOW, OVERLAP)]
    out = [[] for _ in documents]
    todo.sort(key=lambda w: (w[1][1] - w[1][0], w[0], w[1]))
    for i in range(0, len(todo), BATCH):
        part = todo[i:i + BATCH]
        batch = windows.inputs([w for _, _, w in part], vocabulary)
        words = model.words(batch)
        for (k, r, _), row in zip(part, words):
            out[k].append((r, row[:r[1] - r[0]].clone()))
    return [sorted(w, key=lambda x: x[0]) for w in out]


@torch.no_grad()
def read(model, document, encoded, cue_bias=0.0, confidence=(1.0, 0.0)):
    """The Reading of one document.  `cue_bias` is added to the cue tags' scores: above zero for recall; `confidence` is of calibrate.py."""
    n = len(document.words)
    if not n:
        return Reading([], [], [], [], [], [], torch.zeros(0, model.encoder.width))
    ranges = [r for r, _ in encoded]
    owner = deepest(ranges, n)
    vectors = torch.stack([encoded[owner[i]][1][i - ranges[owner[i]][0]] for i in range(n)])
    logits = {layer: model.tag[layer](vectors) for layer in labels.LAYERS}
    for name in ("B-cue", "B-ncue"):
        logits["cue"][:, labels.LAYERS["cue"].index(name)] += cue_bias
    found = {layer: _best(x, layer, model) for layer, x in logits.items()}
    cues = labels.spans_of(found["cue"], labels.LAYERS["cue"])
    sure = torch.softmax(logits["cue"], -1)
    statements = []
    by_window = {}
    for b, e, kind in cues:
        k = owner[(b + e - 1) // 2]
        r = ranges[k]
        if r[0] <= b and e <= r[1]:
            by_window.setdefault(k, []).append((b, e, kind))
    for k, mine in sorted(by_window.items()):
        first = ranges[k][0]
        words = encoded[k][1][None]
        at = torch.tensor([(b - first, e - first) for b, e, _ in mine])
        emissions = model.roles(words, at, torch.zeros(len(mine), dtype=torch.long), torch.ones(words.shape[:2], dtype=torch.bool))
        best = model.crf["roles"].best(emissions)
        for (b, e, kind), tags in zip(mine, best.tolist()):
            roles = {r: [] for r in labels.ROLES}
            for x, y, r in labels.spans_of(tags, labels.ROLE_TAGS):
                roles[r].append((x + first, y + first))
            if roles["con"]:
                statements.append(Statement([(b, e)] + roles["cue"], whole(roles["src"], roles["hop"]), roles["con"], roles["adr"], roles["hop"],
                                            kind == "ncue", calibrated(float(1 - sure[b, 0]), *confidence)))
    statements.sort(key=lambda s: s.cue[0])
    link(statements)
    names = labels.spans_of(found["name"], labels.LAYERS["name"])
    outer, inner = (labels.spans_of(found[x], labels.LAYERS[x]) for x in ("outer", "inner"))
    pronouns = [(i, labels.LAYERS["pronoun"][t]) for i, t in enumerate(found["pronoun"]) if t]
    parts = labels.spans_of(found["part"], labels.LAYERS["part"])
    figures = []
    places = [s for s in names if s[2] in ("cit", "reg", "cou", "fac")]
    spans = whole_figures(labels.spans_of(found["figure"], labels.LAYERS["figure"]), parts)
    parts = numbered(spans, parts, logits["part"])
    for b, e in spans:
        k = owner[(b + e - 1) // 2]
        r, words = encoded[k]
        if not (r[0] <= b and e <= r[1]):
            continue
        measure, place = model.figures(words, torch.tensor([(b - r[0], e - r[0])]))
        near = [s for s in places if r[0] <= s[0] < r[1]]
        where = max(near, key=lambda s: (float(place[0, s[0] - r[0]]), -s[0]), default=None)
        if where is not None and place[0, where[0] - r[0]] < place[0, -1]:
            where = None
        figures.append((b, e, labels.MEASURES[int(measure[0].argmax())], where and where[:2]))
    return Reading(statements, names, sorted(outer + inner, key=lambda s: (s[0], -s[1])), pronouns, figures, parts, vectors)


def has_number(b, e, parts):
    return any(b <= x and y <= e for x, y, kind in parts if kind == "num")


def whole_figures(figures, parts):
    """Spans of figures, where those that touch and have but one number between them are one ("the toll", "to 12")."""
    out = []
    for b, e, _ in figures:
        if out and out[-1][1] == b and not (has_number(*out[-1], parts) and has_number(b, e, parts)):
            b = out.pop()[0]
        out.append((b, e))
    return out


def numbered(figures, parts, scores):
    """`parts` with a number in each figure: where none was tagged, from the word that is likeliest to begin one.  scores (words, tags)."""
    none, begin, inside = (labels.LAYERS["part"].index(t) for t in ("O", "B-num", "I-num"))
    out = list(parts)
    for b, e in figures:
        if has_number(b, e, parts):
            continue
        free = [i for i in range(b, e) if not any(x <= i < y for x, y, _ in parts)] or [b]
        at = max(free, key=lambda i: float(scores[i, begin] - scores[i, none]))
        end = at + 1
        while end < e and end in free and scores[end, inside] > scores[end, none]:
            end += 1
        out.append((at, end, "num"))
    return sorted(out)


def calibrated(p, slope, bias, least=1e-4):
    p = min(max(p, least), 1 - least)
    return 1 / (1 + math.exp(-(slope * math.log(p / (1 - p)) + bias)))


def whole(src, hop):
    """Sources with the hops that they hold: one that touches a part of a source stands inside it ("a memo leaked to the Gazette")."""
    out = []
    for b, e in sorted(src + [h for h in hop if any(h[0] == y or h[1] == x for x, y in src)]):
        if out and out[-1][1] == b:
            b = out.pop()[0]
        out.append((b, e))
    return out


def covers(con, cue):
    return any(b <= cue[0] and cue[1] <= e for b, e in con)


def parent_of(i, statements):
    """Index of the statement whose content most closely covers the cue of statement i; never one that i's own content covers."""
    best, mine = None, statements[i]
    for k, s in enumerate(statements):
        if k == i or not covers(s.con, mine.cue[0]) or covers(mine.con, s.cue[0]):
            continue
        size = sum(e - b for b, e in s.con)
        if best is None or size < best[0]:
            best = (size, k)
    return best and best[1]


def link(statements):
    """Gives each statement its parent.  Contents that cross may close a circle: the last link into a statement already on the way goes."""
    for i, s in enumerate(statements):
        s.parent = parent_of(i, statements)
    way = {}
    for i in range(len(statements)):
        at = i
        while at not in way:
            way[at] = i
            parent = statements[at].parent
            if parent is None:
                break
            if way.get(parent) == i:
                statements[at].parent = None
                break
            at = parent


def chain(statements, i, media, wording):
    """Word spans of the hops of statement i, innermost outward: source, a medium told, hops, and the parent's alike.

    `media(span)` says whether an addressee is a medium, `wording(span)` how it is called: a hop called as one before is the same.  One that
    stands outside what the parent says passed the parent on as well, and comes after it."""
    def hops(i):
        s = statements[i]
        within = [h for h in s.hop if s.parent is None or covers(statements[s.parent].con, h)]
        return [(at, True) for at in s.src[:1]] + [(at, False) for at in [a for a in s.adr if media(a)] + within] + \
            ([] if s.parent is None else hops(s.parent)) + [(at, False) for at in s.hop if at not in within]
    out, called = [], set()
    for at, speaks in hops(i):
        if speaks or wording(at) not in called:
            out.append(at)
        called.add(wording(at))
    return out


def crosses(a, b):
    """Whether two spans share words and neither holds the other."""
    return a[0] < b[0] < a[1] < b[1] or b[0] < a[0] < b[1] < a[1]


@torch.no_grad()
def propose(model, words, vectors, threshold=LIKELY, block=512):
    """[(begin, end, score)] of the spans that the coreference scorer takes for mentions, in order; none is longer than LONGEST words.

    The scorer sees but the ends of a span, and takes two mentions and all between them for one: no mention goes on in the next line
    (words.layout), and of two that cross, the better one stays."""
    scored = []
    for begin in range(0, len(vectors), block):
        part = vectors[begin:begin + block + LONGEST]
        score = model.coreference.mentions(part, LONGEST)
        scored += [(float(score[i, k]), begin + i, begin + i + k + 1) for i, k in (score > threshold).nonzero().tolist() if i < block]
    lines = np.cumsum(np.asarray(words.layout) >= 2)
    out = []
    for score, b, e in sorted(scored, key=lambda s: (-s[0], s[1:])):
        if lines[b] == lines[e - 1] and not any(crosses((b, e), other[:2]) for other in out):
            out.append((b, e, score))
    return sorted(out)


@torch.no_grad()
def clusters(model, words, vectors, spans, bias=0.0):
    """Groups of coreferent spans: each span joins the group before it that is likeliest, all antecedents of a group together as in the
    loss, where that scores above `bias`; groups of one are kept.

    spans: [(begin, end)] that are known to be mentions, or propose()'s.  Of those that were proposed none joins a group that holds a part
    of it or what it is part of: "Cres Eastman" and "Professor Cres Eastman" are one mention read twice."""
    if not spans:
        return []
    sure = torch.tensor([s[2] for s in spans]) if len(spans[0]) > 2 else None
    at = torch.tensor([s[:2] for s in spans])
    odds = model.coreference.pairs(vectors, at, torch.tensor(text.keys(words, at.tolist())), sure).exp()
    together = (at[:, None, 0] < at[None, :, 1]) & (at[None, :, 0] < at[:, None, 1])
    group, out = [], []
    for i, span in enumerate(spans):
        before = torch.tensor(group, dtype=torch.long)
        of = torch.zeros(len(out)).index_add(0, before, odds[i, :i])
        if sure is not None:
            of[before[together[i, :i]]] = 0
        if i and float(of.max()) > math.exp(bias):
            group.append(int(of.argmax()))
            out[group[i]].append(tuple(span[:2]))
        else:
            group.append(len(out))
            out.append([tuple(span[:2])])
    return out
