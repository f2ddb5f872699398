"""PolNeAR: univocal attributions of US political news (Newell, Margolin, Ruths, LREC 2018)."""
import pathlib
import re

import numpy as np

from . import labels, text, wrap

KEY = {"source": "src", "cue": "cue", "content": "con"}


def events(path):
    """[{role: [(begin, end)...]}] of one brat file; ids may be used before they are defined."""
    spans, lines = {}, []
    for line in open(path, encoding="utf-8"):
        m = re.match(r"(T\d+)\t(\S+) ([\d; ]+)(?:\t|$)", line.rstrip("\n"))
        if m:
            spans[m[1]] = [tuple(map(int, p.split())) for p in m[3].split(";")]
        elif re.match(r"E\d+\t", line):
            lines.append(line.split("\t", 1)[1].split())
    out = []
    for args in lines:
        if not args[0].startswith("Attribution"):
            continue
        roles = {}
        for arg in args[1:]:
            key, _, target = arg.partition(":")
            role = KEY.get(re.sub(r"\d+$", "", key).lower())
            if role and target in spans:
                roles.setdefault(role, []).extend(spans[target])
        if roles:
            out.append({r: sorted(set(s)) for r, s in roles.items()})
    return out


def to_words(words, spans):
    """Character spans as word spans, each once, in order."""
    return sorted({s for s in (words.span(b, e) for b, e in spans) if s})


def document(id, words, roles_list, nested=(), around=()):
    """A Document from flat attributions, spans in characters; `nested` and `around` are of wrap.wrap."""
    n = len(words)
    cue_tags, inside = [], np.zeros(n, bool)
    attributions = []
    for k, roles in enumerate([*roles_list, *around]):
        spans = {r: to_words(words, s) for r, s in roles.items()}
        if not spans.get("cue") or not spans.get("con"):
            continue
        if k < len(roles_list):
            for b, e in spans["con"]:
                inside[b:e] = True
        first, rest = spans["cue"][0], spans["cue"][1:]
        cue_tags.append((*first, "ncue" if k in nested else "cue"))
        roles = {"src": spans.get("src", []), "con": spans["con"], "adr": spans.get("adr", []), "hop": spans.get("hop", []), "cue": rest}
        tags = labels.tags_of([(b, e, r) for r in ("src", "con", "adr", "hop", "cue") for b, e in roles[r]], "roles", n)
        allowed = labels.exactly(tags, len(labels.ROLE_TAGS))
        # Addressees and hops are not marked here: a word outside may be one.
        for role in ("adr", "hop"):
            for p in "BI":
                allowed[tags == 0, labels.ROLE_TAGS.index(f"{p}-{role}")] = True
        attributions.append(labels.Attribution(first, allowed, roles))
    tags = labels.tags_of(sorted(set(cue_tags)), "cue", n)
    allowed = labels.exactly(tags, len(labels.LAYERS["cue"]))
    # Nested statements are not marked here: a word inside a content may be a nested cue.
    for name in ("B-ncue", "I-ncue"):
        allowed[inside & (tags == 0), labels.LAYERS["cue"].index(name)] = True
    return labels.Document(id, "polnear", words, {"cue": allowed}, attributions)


def texts(root, split):
    """{name: text} of train or dev."""
    out = {}
    for path in sorted((pathlib.Path(root) / split / "text").glob("*.txt")):
        with open(path, encoding="utf-8", newline="") as f:
            out[path.stem] = f.read()
    return out


def annotations(root, split):
    """(text's name, path of one annotator's version of it), in order."""
    for path in sorted((pathlib.Path(root) / split / "attributions").glob("*.ann")):
        yield path.stem.rsplit("_", 1)[0], path


def read(root, split, vocabulary, every_annotator=False):
    """Documents of train or dev; one annotator a text, or each annotator's version as a text of its own."""
    bodies, seen = texts(root, split), set()
    for name, path in annotations(root, split):
        if name not in bodies or (name in seen and not every_annotator):
            continue
        seen.add(name)
        yield document(path.stem, text.read(bodies[name], vocabulary), events(path))


def wrapped(root, frames, vocabulary, seed=0):
    """Documents of train, every annotator's version, with some sentences put inside another statement (wrap.py)."""
    bodies, rng = texts(root, "train"), np.random.default_rng(seed)
    small = wrap.lowered(bodies.values())
    for name, path in annotations(root, "train"):
        if name in bodies:
            body, *statements = wrap.wrap(bodies[name], events(path), frames, small, rng)
            yield document(path.stem + "-wrapped", text.read(body, vocabulary), *statements)
