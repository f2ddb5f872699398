"""The label sets of all tasks, and what each corpus says about them.

A corpus that knows less than the model does not teach it falsehoods: where it cannot tell two labels apart, the loss sums over
all that are allowed (`allowed` masks, one row a word, as in partial-label CRFs: Tsuboi et al. 2008).
"""
import dataclasses
import pathlib
import sys

import numpy as np

CORPUS = pathlib.Path(__file__).resolve().parent.parent / "corpus"
sys.path.append(str(CORPUS))
import markup  # noqa: E402  (the own corpus' reader stands beside it)

ENTITY_TYPES = markup.ENTITY_TYPES
NAME_TYPES = ("per", "org", "med", "for", "cit", "reg", "cou", "fac", "dat", "qty")
ROLES = ("src", "con", "adr", "hop", "cue")          # spans tied to one cue; "cue" is its second fragment
FIGURE_PARTS = ("num", "pop")
MEASURES = (*markup.MEASURES, "other")


def bio(types):
    """Tag names: O, then B- and I- of each type."""
    return ("O",) + tuple(f"{p}-{t}" for t in types for p in "BI")


# One flat tagging layer a task; `cue` tells cues of outermost statements from those of nested ones.
LAYERS = {
    "cue": bio(("cue", "ncue")),
    "name": bio(NAME_TYPES),
    "outer": bio(ENTITY_TYPES),          # outermost descriptions ("the mayor of Mbale, Ruth Nabirye")
    "inner": bio(ENTITY_TYPES),          # the outermost of those inside them
    "pronoun": ("O",) + ENTITY_TYPES,    # one word each
    "figure": bio(("fig",)),
    "part": bio(FIGURE_PARTS),
}
ROLE_TAGS = bio(ROLES)


def tags_of(spans, layer, length):
    """Tag ids of flat spans [(begin, end, type)]; a span that overlaps an earlier one is left out."""
    names = LAYERS.get(layer, ROLE_TAGS)
    out = np.zeros(length, np.int64)
    for b, e, t in spans:
        if out[b:e].any():
            continue
        if layer == "pronoun":
            out[b] = names.index(t)
        else:
            out[b] = names.index(f"B-{t}")
            out[b + 1:e] = names.index(f"I-{t}")
    return out


def spans_of(tags, names):
    """[(begin, end, type)] of a legal BIO sequence."""
    out = []
    for i, t in enumerate(tags):
        name = names[t]
        if name[0] == "B" and name[1:2] == "-":
            out.append([i, i + 1, name[2:]])
        elif name[:2] == "I-" and out and out[-1][1] == i and out[-1][2] == name[2:]:
            out[-1][1] = i + 1
        elif name[:2] == "I-":
            out.append([i, i + 1, name[2:]])
    return [tuple(s) for s in out]


def exactly(tags, size):
    """The `allowed` mask that allows one tag a word."""
    out = np.zeros((len(tags), size), bool)
    out[np.arange(len(tags)), tags] = True
    return out


@dataclasses.dataclass
class Attribution:
    cue: tuple              # words [begin, end)
    allowed: np.ndarray     # (words, len(ROLE_TAGS)) bool
    spans: dict             # role -> [(begin, end)]
    parent: int | None = None


@dataclasses.dataclass
class Document:
    """One text with what its corpus says of it; a task that is absent (None, {}) is not taught here."""
    id: str
    corpus: str
    words: object                        # text.Words
    allowed: dict = dataclasses.field(default_factory=dict)   # layer -> (words, tags) bool
    attributions: list | None = None
    clusters: list | None = None         # [[(begin, end), ...], ...] coreferring mentions; a mention that corefers with none is one of its own
    complete: bool = False               # whether all mentions of the text are in `clusters`
    figures: list | None = None          # [((begin, end), measure index, place mentions [(begin, end)...] or None)]

    def spans(self, layer):
        """[(begin, end, type)] of a layer that the corpus marks exactly."""
        return spans_of(self.allowed[layer].argmax(1).tolist(), LAYERS[layer])
