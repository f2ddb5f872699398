"""Cuts documents into windows the encoder can read, and windows into batches."""
import dataclasses

import numpy as np
import torch

from . import labels, text


def cuts(words, budget, overlap=0, skip=0):
    """Word ranges [begin, end) of at most `budget` pieces that cover all words from `skip` on; neighbours share about `overlap` pieces.

    A window ends after a line or a sentence where one ends in its last third.
    """
    sizes = np.array([len(p) for p in words.pieces])
    total = np.concatenate([[0], np.cumsum(sizes)])
    n, begin, out = len(words), skip, []
    while begin < n:
        end = int(np.searchsorted(total, total[begin] + budget, side="right")) - 1
        end = max(end, begin + 1)
        if end < n:
            low = begin + 2 * (end - begin) // 3
            line = [i for i in range(end, low, -1) if words.layout[i] >= 2]
            stop = [i for i in range(end, low, -1) if words.text[words.at[i - 1][0]] in ".!?" and words.layout[i] == 0]
            end = (line or stop or [end])[0]
        out.append((begin, end))
        if end >= n:
            break
        begin = max(int(np.searchsorted(total, total[end] - overlap)), begin + 1) if overlap else end
    return out


@dataclasses.dataclass
class Window:
    document: object
    begin: int
    end: int


def of(document, budget, rng=None):
    """Windows of a document without overlap; with `rng` the first one is cut short at random, so that borders move."""
    size = sum(len(p) for p in document.words.pieces)
    if rng is None or size <= budget:
        return [Window(document, b, e) for b, e in cuts(document.words, budget)]
    first = int(rng.integers(budget // 4, budget))
    head = cuts(document.words, first)[0]
    return [Window(document, *head)] + [Window(document, b, e) for b, e in cuts(document.words, budget, skip=head[1])]


def inputs(windows, vocabulary, mask_id=None, rng=None, drop=0.0, variation=None):
    """The tensors the encoder reads.  `drop` of the words are hidden behind [MASK], for training, and others put for some (vary.py)."""
    rows = []
    other = {key: variation.of(key, rng) for key in dict.fromkeys(id(w.document) for w in windows)} if variation else {}
    for w in windows:
        words = w.document.words
        pieces, first, source = [vocabulary.cls], [], [-1]
        now = other.get(id(w.document), {})
        hidden = rng.random(w.end - w.begin) < drop if rng is not None and drop else None
        for i in range(w.begin, w.end):
            first.append(len(pieces))
            cut = vocabulary.cut(now[i]) if i in now else words.pieces[i]
            pieces += [mask_id] * len(cut) if hidden is not None and hidden[i - w.begin] else cut
            source += [i] * len(cut)
        rows.append((pieces + [vocabulary.sep], first, source + [-1]))
    time, longest = max(len(r[0]) for r in rows), max(len(r[1]) for r in rows)
    pieces = np.full((len(rows), time), vocabulary.pad, np.int64)
    first = np.zeros((len(rows), longest), np.int64)
    features = {f: np.zeros((len(rows), time), np.int64) for f in ("shape", "layout", "quote")}
    for k, (p, f, source) in enumerate(rows):
        pieces[k, :len(p)] = p
        first[k, :len(f)] = f
        source = np.array(source)
        real = source >= 0
        for name, values in features.items():
            values[k, :len(p)][real] = getattr(windows[k].document.words, name)[source[real]]
    t = torch.from_numpy
    return {"pieces": t(pieces), "features": {k: t(v) for k, v in features.items()},
            "piece_mask": t(np.arange(time)[None] < np.array([[len(r[0])] for r in rows])),
            "first": t(first), "mask": t(np.arange(longest)[None] < np.array([[len(r[1])] for r in rows]))}


@dataclasses.dataclass
class Mentions:
    """The marked mentions of a range of words, in order."""
    spans: torch.Tensor       # (n, 2), counted from the range's begin
    clusters: torch.Tensor    # (n,)
    keys: torch.Tensor        # (n, 2), text.keys


def marked(document, begin, end):
    """Mentions of the clusters of a document that lie in words [begin, end)."""
    cluster = {(b, e): k for k, c in enumerate(document.clusters) for b, e in c if begin <= b and e <= end}
    spans = sorted(cluster)
    t = lambda rows: torch.tensor(rows, dtype=torch.long)
    return Mentions(t([(b - begin, e - begin) for b, e in spans]).view(-1, 2), t([cluster[s] for s in spans]),
                    t(text.keys(document.words, spans)).view(-1, 2))


def targets(windows, longest):
    """What the losses need; a task a corpus does not teach is absent."""
    allowed = {layer: np.ones((len(windows), longest, len(tags)), bool) for layer, tags in labels.LAYERS.items()}
    taught = {layer: False for layer in labels.LAYERS}
    cues, owner, roles = [], [], []
    mentions, figures = [], []
    for k, w in enumerate(windows):
        d, n = w.document, w.end - w.begin
        for layer, mask in d.allowed.items():
            allowed[layer][k, :n] = mask[w.begin:w.end]
            taught[layer] = True
        for a in d.attributions or []:
            if w.begin <= a.cue[0] and a.cue[1] <= w.end:
                cues.append((a.cue[0] - w.begin, a.cue[1] - w.begin))
                owner.append(k)
                row = np.ones((longest, len(labels.ROLE_TAGS)), bool)
                row[:n] = a.allowed[w.begin:w.end]
                roles.append(row)
        inside = lambda s: w.begin <= s[0] and s[1] <= w.end
        if d.clusters is not None and (k == 0 or windows[k - 1].document is not d or windows[k - 1].end != w.begin):
            mentions.append([[], d.complete, w.begin])
        if d.clusters is not None:
            mentions[-1][0].append(k)
        for at, measure, places in d.figures or []:
            if inside(at):
                where = None if places is None else [p[0] - w.begin for p in places if inside(p)]
                figures.append((k, (at[0] - w.begin, at[1] - w.begin), measure, where))
    # Windows of one text that follow each other are one: mentions far apart corefer too.
    mentions = [(rows, complete, marked(windows[rows[0]].document, begin, windows[rows[-1]].end)) for rows, complete, begin in mentions]
    t = torch.from_numpy
    return {"allowed": {layer: t(v) for layer, v in allowed.items() if taught[layer]},
            "cues": torch.tensor(cues, dtype=torch.long).view(-1, 2), "owner": torch.tensor(owner, dtype=torch.long),
            "roles": t(np.stack(roles)) if roles else None, "mentions": mentions, "figures": figures}


def to(device, tree):
    """A batch's or a target's tensors on a device; what is no tensor stays as it is."""
    if isinstance(tree, dict):
        return {k: to(device, v) for k, v in tree.items()}
    return tree.to(device, non_blocking=True) if isinstance(tree, torch.Tensor) else tree
