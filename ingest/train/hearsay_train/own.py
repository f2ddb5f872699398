"""The project's own corpus (ingest/train/corpus): nested attributions, names, descriptions, pronouns, figures, coreference."""
import re

import numpy as np

from . import labels, polnear, text, vary
from .labels import CORPUS, markup


def nested(spans):
    """(outermost, outermost of the rest) of typed spans."""
    layers = [[], []]
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        for layer in layers:
            if all(span[0] >= e or b >= span[1] for b, e, _ in layer):
                layer.append(span)
                break
    return layers


def outside(spans, inner):
    """What of the spans stands outside the inner ones, in pieces."""
    for b, e in inner:
        spans = [piece for x, y in spans for piece in ((x, min(y, b)), (max(x, e), y)) if piece[0] < piece[1]]
    return spans


def document(passage, vocabulary):
    """A Document that teaches every task."""
    words = text.read(passage.text, vocabulary)
    n = len(words)
    span = lambda label: polnear.to_words(words, passage.spans.get(label, []))
    attributions, cue_spans = [], []
    for s in passage.statements():
        cues, con = span(f"cue{s}"), span(f"con{s}")
        if not cues or not con:
            continue
        parent = passage.parent(s)
        cue_spans.append((*cues[0], "ncue" if parent else "cue"))
        roles = {"src": span(f"src{s}"), "con": con, "adr": span(f"adr{s}"), "hop": span(f"hop{s}"), "cue": cues[1:]}
        # "A memo leaked to the Gazette": a hop inside the source takes its words, and decode.whole() gives them back.
        tagged = {**roles, "src": outside(roles["src"], roles["hop"])}
        tags = labels.tags_of([(b, e, r) for r in ("src", "con", "adr", "hop", "cue") for b, e in tagged[r]], "roles", n)
        attributions.append(labels.Attribution(cues[0], labels.exactly(tags, len(labels.ROLE_TAGS)), roles, parent))
    names, described, pronouns, clusters = [], [], [], {}
    for m in passage.mentions:
        at = words.span(m.begin, m.end)
        if not at:
            continue
        clusters.setdefault((m.type, m.entity), []).append(at)
        {"n": names, "d": described, "p": pronouns}[m.form].append((*at, m.type))
    plain = [(*at, kind) for kind in ("dat", "qty") for at in span(kind)]
    names = [x for x in names if x[2] != "unn"] + [x for x in plain]
    outer, inner = nested(described)
    spans = {"cue": cue_spans, "name": names, "outer": outer, "inner": inner, "pronoun": [p for p in pronouns],
             "figure": [], "part": []}
    figures = []
    for number, figure in sorted(passage.figures.items()):
        at = span(f"fig{number}")
        if not at:
            continue
        spans["figure"].append((*at[0], "fig"))
        places = None
        if figure.place:
            places = [words.span(m.begin, m.end) for m in passage.mentions if f"{m.type}{m.entity}" == figure.place and m.form == "n"]
        measure = figure.measure if figure.measure in labels.MEASURES else "other"
        figures.append((at[0], labels.MEASURES.index(measure), places or []))
    for part in labels.FIGURE_PARTS:
        spans["part"] += [(*at, part) for label in passage.spans if re.fullmatch(part + r"\d+", label) for at in span(label)]
    allowed = {}
    for layer, tags in labels.LAYERS.items():
        ordered = sorted(spans[layer], key=lambda s: (s[0] - s[1], s[0]))
        allowed[layer] = labels.exactly(labels.tags_of(ordered, layer, n), len(tags))
    return labels.Document(passage.id, "own", words, allowed, attributions, [sorted(set(c)) for c in clusters.values()],
                           figures=figures)


def passages(split, of=()):
    """The passages of a split; `of`: only those of files whose names begin so ("ledger" for ledger_a.txt and on)."""
    return [p for p in markup.read_split(split, CORPUS) if not of or p.id.rsplit("-", 1)[0].rsplit("_", 1)[0] in of]


def read(split, vocabulary, of=()):
    for passage in passages(split, of):
        yield document(passage, vocabulary)


def variation(documents):
    """What each of these documents may be read as, by id()."""
    spans = lambda d, layer, kind: [(b, e) for b, e, k in d.spans(layer) if k == kind]
    written = lambda d: [d.words.text[b:e] for b, e in d.words.at]
    return vary.Variation({id(d): vary.Text.of(written(d), d.spans("name"), spans(d, "part", "num") + spans(d, "name", "qty"))
                           for d in documents})
