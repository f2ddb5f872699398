"""Corpora of coreference: OntoGUM (Zhu, Pradhan, Zeldes 2021) and LitBank (Bamman, Lewke, Mansoor 2020).

OntoGUM marks no mention that stands alone, but GUM, of which it is made, does: together they say of every phrase whether it is a mention.
LitBank marks mentions of people, places and vehicles alone.
"""
import collections
import pathlib
import re

from . import labels, names, text


def brackets(cells):
    """Clusters {id: [(begin, end)...]} of a CoNLL coreference column; inclusive brackets become half-open spans."""
    open_, clusters = {}, {}
    for i, cell in enumerate(cells):
        if cell in ("_", "-"):
            continue
        for part in cell.split("|"):
            key = part.strip("()")
            if part.startswith("("):
                open_.setdefault(key, []).append(i)
            if part.endswith(")") and open_.get(key):
                clusters.setdefault(key, []).append((open_[key].pop(), i + 1))
    return clusters


def document(id, corpus, body, at, clusters, vocabulary, alone=None, named=None):
    """`alone`: mentions that corefer with none, if all mentions are known; `named`: what names.gum_names knows.  Both in the words of `at`."""
    words = text.read(body, vocabulary)
    span = lambda b, e: words.span(at[b][0], at[e - 1][1])
    out, taken = [], set()
    for spans in [*clusters.values(), *([s] for s in alone or [])]:
        cluster = sorted({s for b, e in spans if (s := span(b, e))} - taken)
        taken |= set(cluster)
        if cluster:
            out.append(cluster)
    allowed = {}
    if named is not None:
        spans = [(*s, t) for b, e, t in named if (s := span(b, e))]
        allowed["name"] = names.allowed_of(spans, len(words), ("dat", "qty"))
    return labels.Document(id, corpus, words, allowed, clusters=out, complete=alone is not None)


def spaced(conllu):
    """[(form, blank after, line break after)] of the words of a CoNLL-U file, as the text has them."""
    out, skip = [], None
    for line in open(conllu, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            skip = None
            if out:
                out[-1][2] = True
        elif line[0].isdigit():
            cells = line.split("\t")
            if "-" in cells[0]:
                first, last = map(int, cells[0].split("-"))
                skip = (first, last, "SpaceAfter=No" not in cells[9])
            elif "." not in cells[0]:
                number, blank = int(cells[0]), "SpaceAfter=No" not in cells[9]
                if skip and skip[0] <= number <= skip[1]:
                    blank = skip[2] if number == skip[1] else False
                out.append([cells[1], blank, False])
    return out


def split_of(path):
    """{document: split} of a splits.md."""
    out, split = {}, None
    for line in open(path, encoding="utf-8"):
        if line.startswith("## "):
            split = line[3:].strip()
        elif m := re.match(r"\s*\* (\S+)", line):
            out[m[1]] = split
    return out


def ontogum(root, gum_root, split, vocabulary, genres=None):
    """Documents of one split, of the genres whose texts are free; sentences stand one a line."""
    root, gum_root = pathlib.Path(root), pathlib.Path(gum_root)
    splits = split_of(root / "splits.md")
    for path in sorted(root.glob("conll-by*/*.conll")):
        if splits.get(path.stem, "train") != split or (genres and path.stem.split("_")[1] not in genres):
            continue
        rows = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8") if line.strip() and line[0] != "#"]
        gum = gum_root / path.parent.name.replace("conll-", "conllu-") / f"{path.stem}.conllu"
        forms = spaced(gum)
        if len(rows) != len(forms):
            raise SystemExit(f"{path}: {len(rows)} words, but {len(forms)} in the CoNLL-U file")
        body, at = "", []
        for form, blank, line in forms:
            at.append((len(body), len(body) + len(form)))
            body += form + ("\n" if line else " " if blank else "")
        tags, entities = names.gum(gum)
        together = collections.Counter(e.number for e in entities)
        alone = [(e.begin, e.end) for e in entities if together[e.number] == 1]
        yield document(path.stem, "ontogum", body, at, brackets([r[2] for r in rows]), vocabulary, alone, names.gum_names(tags, entities))


def litbank(root, vocabulary):
    for path in sorted(pathlib.Path(root).glob("coref/conll/*.conll")):
        tokens, cells = [], []
        for line in open(path, encoding="utf-8"):
            row = line.rstrip("\n").split("\t")
            if len(row) > 5 and line[0] != "#":
                tokens.append(row[3])
                cells.append(row[-1] if row[-1] else row[-2])
        body, at = names.joined(tokens)
        yield document(path.stem, "litbank", body, at, brackets(cells), vocabulary)
