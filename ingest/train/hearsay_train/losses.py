"""What each task costs on one batch."""
import torch
from torch.nn import functional as F

from . import crf
from .decode import LONGEST

WEIGHTS = {"cue": 1.0, "roles": 1.0, "name": 1.0, "outer": 0.5, "inner": 0.5, "pronoun": 0.5, "figure": 1.0, "part": 3.0,
           "mention": 1.0, "link": 1.0, "measure": 8.0, "place": 2.0}


def _tagging(logits, allowed, mask):
    """-log of the probability of all allowed tags, summed over words."""
    every = torch.logsumexp(logits, -1)
    good = torch.logsumexp(logits.masked_fill(~allowed, crf.NEVER), -1)
    return ((every - good) * mask).sum()


def links(coreference, words, mentions, found=None):
    """Antecedents of the mentions of one text: -log of the probability of all right ones, summed over mentions.

    `found`: scores of all spans as mentions, where a reader would have to find them."""
    n = len(mentions.spans)
    spans = mentions.spans.to(words.device)
    sure = None if found is None else found[spans[:, 0], (spans[:, 1] - spans[:, 0]).clamp(max=LONGEST) - 1]
    score = coreference.pairs(words, spans, mentions.keys.to(words.device), sure)
    of = mentions.clusters.to(words.device)
    same = of[:, None] == of[None]
    before = torch.ones(n, n, dtype=torch.bool, device=words.device).tril(-1)
    full = torch.cat([score.masked_fill(~before, crf.NEVER), score.new_zeros(n, 1)], 1)
    right = same & before
    right = torch.cat([right, ~right.any(1, keepdim=True)], 1)
    return (torch.logsumexp(full, 1) - torch.logsumexp(full.masked_fill(~right, crf.NEVER), 1)).sum()


def mentions(score, spans):
    """Binary cross entropy of the spans (n, 2) that are mentions against all others, summed; score: of all spans (time, LONGEST)."""
    gold = torch.zeros_like(score)
    marked = spans[spans[:, 1] - spans[:, 0] <= LONGEST].to(score.device)
    gold[marked[:, 0], marked[:, 1] - marked[:, 0] - 1] = 1
    real = score > crf.NEVER / 2
    return F.binary_cross_entropy_with_logits(score[real], gold[real], reduction="sum")


def figures(head, words, marked):
    """{task: loss} of the figures [(span, measure, first words of its place, [] for none, None if unknown)] of one text, summed."""
    measure, place = head(words, torch.tensor([f[0] for f in marked], device=words.device))
    out = {"measure": F.cross_entropy(measure, torch.tensor([f[1] for f in marked], device=words.device), reduction="sum")}
    for row, (_, _, where) in zip(place, marked):
        if where is not None:
            right = torch.zeros(len(row), dtype=torch.bool, device=row.device)
            right[where or [-1]] = True
            out["place"] = out.get("place", 0) + torch.logsumexp(row, 0) - torch.logsumexp(row[right], 0)
    return out


def of(model, words, batch, target):
    """{task: loss} of model.words(batch); sums over the batch divided by its number of words (of cues, mentions, figures times a typical density)."""
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
    sums = {}
    for rows, complete, marked in target["mentions"]:
        own = torch.cat([words[k, :int(mask[k].sum())] for k in rows])
        found = model.coreference.mentions(own, LONGEST) if complete else None
        if len(marked.spans) > 1:
            sums.setdefault("link", []).append(links(model.coreference, own, marked, found))
        if complete:
            sums.setdefault("mention", []).append(mentions(found, marked.spans))
    for k in sorted({f[0] for f in target["figures"]}):
        own = words[k, :int(mask[k].sum())]
        for task, loss in figures(model.figures, own, [f[1:] for f in target["figures"] if f[0] == k]).items():
            sums.setdefault(task, []).append(loss)
    return {**out, **{task: sum(losses) / n for task, losses in sums.items()}}


def total(parts):
    return sum(WEIGHTS[task] * loss for task, loss in parts.items())
