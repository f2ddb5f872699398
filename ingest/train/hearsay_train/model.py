"""The multi-task model: one encoder, flat tagging layers, roles conditioned on a cue, coreference and figures.

Roles follow semantic role labelling: for each cue every word of the window is tagged anew as part of its source, content, addressee
or hop, given the word and the cue together.  So contents may nest and sources be shared, which no flat tagging can say.
Coreference scores spans by their ends alone (Kirstain, Ram, Levy 2021).
"""
import math

import torch
from torch import nn
from torch.nn import functional as F

from . import crf, labels
from .encoder import Encoder

PAIR, SPAN, LINK, KERNEL = 256, 128, 64, 7
DISTANCES = 24          # buckets of the signed distance to a cue
FAR = 10                # buckets of the distance to an antecedent


def gelu(x):
    """The tanh form (Hendrycks, Gimpel 2016): twice as fast here, in training and in C++, and as good."""
    return F.gelu(x, approximate="tanh")


def signed_bucket(delta):
    """0 inside the cue, odd before it, even after it; logarithmic."""
    size = torch.clamp((torch.log2(delta.abs().float() + 1e-6) * 1.5).floor() + 1, 0, (DISTANCES - 2) // 2 - 1).long()
    return torch.where(delta == 0, torch.zeros_like(size), 2 + 2 * size + (delta > 0).long() - 1)


def far_bucket(delta):
    """Words between two mentions, logarithmic."""
    return torch.clamp(torch.log2(delta.float().clamp(min=1)).floor(), 0, FAR - 1).long()


class Roles(nn.Module):
    """Tags every word as part of a statement, given its cue."""

    def __init__(self, width, tags, pair):
        super().__init__()
        self.word = nn.Linear(width, 2 * pair)      # one half is added to the cue's, the other multiplied with it
        self.cue = nn.Linear(2 * width, 2 * pair)   # first and last word of the cue
        self.distance = nn.Embedding(DISTANCES, pair)
        self.near = nn.Conv1d(pair, pair, KERNEL, padding=KERNEL // 2, groups=pair)
        self.mix = nn.Linear(pair, pair)
        self.norm = nn.LayerNorm(pair)
        self.tag = nn.Linear(pair, len(tags))
        self.dropout = nn.Dropout(0.1)

    def forward(self, words, cues, owner, mask):
        """words (batch, time, width); cues (n, 2) half-open; owner (n,) index into the batch -> (n, time, tags)."""
        a, p = self.word(words).chunk(2, -1)
        ends = torch.cat([words[owner, cues[:, 0]], words[owner, cues[:, 1] - 1]], -1)
        b, r = self.cue(ends).chunk(2, -1)
        at = torch.arange(words.shape[1], device=words.device)[None]
        delta = torch.where(at < cues[:, :1], at - cues[:, :1], torch.clamp(at - cues[:, 1:] + 1, min=0))
        z = gelu(a[owner] + b[:, None] + p[owner] * r[:, None] + self.distance(signed_bucket(delta)))
        z = z * mask[owner][..., None]
        z = z + gelu(self.near(z.transpose(1, 2)).transpose(1, 2))
        return self.tag(self.norm(z + gelu(self.mix(self.dropout(z)))))


class Coreference(nn.Module):
    """Scores spans as mentions and pairs of mentions as coreferent, from their first and last words.

    A pair is scored as a word is given its cue: what the mention and its antecedent say, added and multiplied, and how far apart and how
    alike they are.  A sum of products alone lets one mention of a long text draw all others to it, however far."""

    def __init__(self, width, span, link):
        super().__init__()
        self.span = span
        self.mention = nn.Linear(width, 2 * span)
        self.alone = nn.Linear(2 * span, 1)
        self.together = nn.Bilinear(span, span, 1, bias=False)
        self.seeking = nn.Linear(2 * width, 2 * link)       # one half is added to the antecedent's, the other multiplied with it
        self.antecedent = nn.Linear(2 * width, 2 * link)
        self.far = nn.Embedding(FAR, link)
        self.alike = nn.Embedding(4, link)                  # by the last words (1) and all words (2) being the same
        self.link = nn.Linear(link, 1)

    def mentions(self, words, longest):
        """Scores of spans [i, i + k], k < longest: (time, width) -> (time, longest)."""
        s, e = gelu(self.mention(words)).chunk(2, -1)
        ws, we = self.alone.weight[0].chunk(2)
        pair = (s @ self.together.weight[0]) @ e.T
        score = (s @ ws)[:, None] + (e @ we)[None] + pair / math.sqrt(self.span) + self.alone.bias
        n = len(words)
        return torch.stack([F.pad(score.diagonal(min(k, n))[:n - k if k < n else 0], (0, min(k, n)), value=crf.NEVER)
                            for k in range(longest)], 1)

    def pairs(self, words, spans, keys, sure=None):
        """Scores of (mention, antecedent): (n, n), meaningful below the diagonal; spans (n, 2) half-open, in order; keys (n, 2) of text.keys.

        sure (n,): scores of the spans as mentions, whose log-probabilities count where nobody has said that they are mentions."""
        ends = torch.cat([words[spans[:, 0]], words[spans[:, 1] - 1]], -1)
        a, p = self.seeking(ends).chunk(2, -1)
        b, r = self.antecedent(ends).chunk(2, -1)
        same = (keys[:, None] == keys[None]).long()
        apart = spans[:, None, 0] - spans[None, :, 0]
        z = gelu(a[:, None] + b[None] + p[:, None] * r[None] + self.far(far_bucket(apart)) + self.alike(same[..., 0] + 2 * same[..., 1]))
        score = self.link(z)[..., 0]
        if sure is not None:
            sure = F.logsigmoid(sure)
            score = score + sure[:, None] + sure[None]
        return score


class Figures(nn.Module):
    """What a counted claim counts, and the name of the place where it happened."""

    def __init__(self, width, span):
        super().__init__()
        self.span = span
        self.look = nn.Linear(width, 1)             # which word of the figure says what is counted
        self.inner = nn.Linear(2 * width, span)
        self.measure = nn.Linear(span, len(labels.MEASURES))
        self.place = nn.Linear(width, span)
        self.nowhere = nn.Linear(span, 1)
        self.dropout = nn.Dropout(0.3)              # few figures are marked: without it they are learnt by heart

    def forward(self, words, spans):
        """(time, width), spans (n, 2) -> measures (n, MEASURES), places (n, time + 1), the last for none."""
        look = self.look(words)
        seen = torch.stack([(torch.softmax(look[b:e], 0) * words[b:e]).sum(0) for b, e in spans.tolist()])
        z = self.dropout(gelu(self.inner(torch.cat([seen, words[spans[:, 0]]], -1))))
        at = torch.arange(words.shape[0], device=words.device)[None]
        places = z @ self.place(words).T / math.sqrt(self.span) - 0.02 * (at - spans[:, :1]).abs()
        return self.measure(z), torch.cat([places, self.nowhere(z)], 1)


class Model(nn.Module):
    def __init__(self, encoder: Encoder, pair=PAIR, span=SPAN, link=LINK):
        super().__init__()
        self.encoder = encoder
        width = encoder.width
        self.dropout = nn.Dropout(0.1)
        self.tag = nn.ModuleDict({layer: nn.Linear(width, len(tags)) for layer, tags in labels.LAYERS.items()})
        self.crf = nn.ModuleDict({"cue": crf.Crf(labels.LAYERS["cue"]), "roles": crf.Crf(labels.ROLE_TAGS)})
        self.roles = Roles(width, labels.ROLE_TAGS, pair)
        self.coreference = Coreference(width, span, link)
        self.figures = Figures(width, span)

    def words(self, batch):
        """The encoder's output at the first piece of each word: (batch, words, width)."""
        x = self.encoder(batch["pieces"], batch["features"], batch["piece_mask"])
        x = x.float().gather(1, batch["first"][..., None].expand(-1, -1, x.shape[-1]))
        return self.dropout(x)
