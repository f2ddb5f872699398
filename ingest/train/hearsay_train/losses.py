"""What each task costs on one batch."""
import torch
from torch.nn import functional as F

from . import crf
from .decode import LONGEST

WEIGHTS = {"cue": 1.0, "roles": 1.0, "name": 1.0, "outer": 0.5, "inner": 0.5, "pronoun": 0.5, "figure": 1.0, "part": 2.0,
           "mention": 0.4, "link": 1.0, "measure": 2.0, "place": 1.0}


def _tagging(logits, allowed, mask):
    """-log of the probability of all allowed tags, summed over words."""
    every = torch.logsumexp(logits, -1)
    good = torch.logsumexp(logits.masked_fill(~allowed, crf.NEVER), -1)
    return ((every - good) * mask).sum()


def _links(model, words, clusters):
    """Antecedents of the mentions of one window: -log of the probability of all right ones, summed over mentions."""
    spans = sorted({s for c in clusters for s in c})
    if len(spans) < 2:
        return None
    cluster = {s: k for k, c in enumerate(clusters) for s in c}
    score = model.coreference.pairs(words, torch.tensor(spans, device=words.device))
    n = len(spans)
    of = torch.tensor([cluster[s] for s in spans], device=words.device)
    same = of[:, None] == of[None]
    before = torch.ones(n, n, dtype=torch.bool, device=words.device).tril(-1)
    full = torch.cat([score.masked_fill(~before, crf.NEVER), score.new_zeros(n, 1)], 1)
    right = same & before
    right = torch.cat([right, ~right.any(1, keepdim=True)], 1)
    return (torch.logsumexp(full, 1) - torch.logsumexp(full.masked_fill(~right, crf.NEVER), 1)).sum()


def _mentions(model, words, clusters):
    """Binary cross entropy of the spans that corefer against all others, summed."""
    score = model.coreference.mentions(words, LONGEST)
    gold = torch.zeros_like(score)
    marked = torch.tensor([s for c in clusters for s in c if s[1] - s[0] <= LONGEST], dtype=torch.long, device=words.device).view(-1, 2)
    gold[marked[:, 0], marked[:, 1] - marked[:, 0] - 1] = 1
    real = score > crf.NEVER / 2
    return F.binary_cross_entropy_with_logits(score[real], gold[real], reduction="sum")


def of(model, batch, target):
    """{task: loss}; sums over the batch divided by its number of words (of cues, mentions, figures times a typical density)."""
    words = model.words(batch)
    mask = batch["mask"]
    out, n = {}, mask.sum()
    for layer, allowed in target["allowed"].items():
        logits = model.tag[layer](words)
        if layer == "cue":
            out[layer] = model.crf["cue"].loss(logits, allowed, mask).sum() / n
        else:
            out[layer] = _tagging(logits, allowed, mask) / n
    if target["roles"] is not None:
        logits = model.roles(words, target["cues"], target["owner"], mask)
        out["roles"] = model.crf["roles"].loss(logits, target["roles"], mask[target["owner"]]).sum() / n
    links, mentions = [], []
    for k, singletons, clusters in target["clusters"]:
        own = words[k, :int(mask[k].sum())]
        link = _links(model, own, clusters)
        if link is not None:
            links.append(link)
        if not singletons:
            mentions.append(_mentions(model, own, clusters))
    if links:
        out["link"] = sum(links) / n
    if mentions:
        out["mention"] = sum(mentions) / n
    measures, places = [], []
    for k in sorted({f[0] for f in target["figures"]}):
        own = words[k, :int(mask[k].sum())]
        mine = [f for f in target["figures"] if f[0] == k]
        measure, place = model.figures(own, torch.tensor([f[1] for f in mine], device=own.device))
        measures.append(F.cross_entropy(measure, torch.tensor([f[2] for f in mine], device=own.device), reduction="sum"))
        for row, f in zip(place, mine):
            if f[3] is not None:
                right = torch.zeros(len(row), dtype=torch.bool, device=row.device)
                right[f[3] if f[3] else [-1]] = True
                places.append(torch.logsumexp(row, 0) - torch.logsumexp(row[right], 0))
    if measures:
        out["measure"] = sum(measures) / n
    if places:
        out["place"] = sum(places) / n
    return out


def total(parts):
    return sum(WEIGHTS[task] * loss for task, loss in parts.items())
