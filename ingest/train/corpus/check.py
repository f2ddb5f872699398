#!/usr/bin/env python3
"""Checks the corpus: markup, completeness of statements and figures, and that splits share no eight words in a row.

usage: check.py [FILE...]     without files: everything, splits against each other, and a table of counts
"""
import collections
import pathlib
import re
import sys

import markup

MIN_WORDS, MAX_WORDS, SHARED = 50, 320, 8


def words(text):
    return re.findall(r"[a-z0-9]+", text.lower())


def complaints(p):
    """What is wrong with one passage, as sentences that say how to mend it."""
    out = []
    n = len(words(p.text))
    if not MIN_WORDS <= n <= MAX_WORDS:
        out.append(f"{n} words; a passage has {MIN_WORDS} to {MAX_WORDS}")
    if not p.outline or not p.layout:
        out.append("'outline:' and 'layout:' are needed in the head")
    numbers = {"src": set(), "cue": set(), "con": set(), "adr": set(), "hop": set(), "fig": set(), "num": set(), "pop": set()}
    for label in p.spans:
        m = re.match(r"([a-z]+)(\d+)$", label)
        if m:
            numbers[m[1]].add(int(m[2]))
    for s in p.statements():
        if s not in numbers["con"]:
            out.append(f"statement {s} has no content (con{s})")
        if s not in numbers["cue"] and s not in numbers["src"]:
            out.append(f"statement {s} has neither source nor cue")
    for role in ("adr", "hop"):
        for s in numbers[role] - numbers["con"]:
            out.append(f"{role}{s} belongs to no statement")
    at = {}
    for m in p.mentions:
        at.setdefault((m.begin, m.end), []).append(m)
    for label, spans in p.spans.items():
        kind = label.rstrip("0123456789")
        if kind in ("src", "adr", "hop"):
            for b, e in spans:
                if not any(b <= x.begin and x.end <= e for x in p.mentions) and len(spans) == 1:
                    out.append(f"{label} '{p.text[b:e][:40]}' holds no mention; mark whom it means (per1d, unn2d, ...)")
        number = int(label[len(kind):] or 0)
        if kind == "con":
            for other in ("src", "cue"):
                for b, e in p.spans.get(f"{other}{number}", []):
                    if any(x < e and b < y for x, y in spans):
                        out.append(f"{other}{number} '{p.text[b:e][:30]}' lies inside con{number}; split the content into fragments")
    for s in numbers["fig"]:
        if s not in p.figures:
            out.append(f"fig{s} has no line in the footer")
        if s not in numbers["num"]:
            out.append(f"fig{s} has no num{s}")
    for s, f in p.figures.items():
        if s not in numbers["fig"]:
            out.append(f"footer 'fig {s}' has no span")
        if f.place and not any(f"{m.type}{m.entity}" == f.place for m in p.mentions):
            out.append(f"footer 'fig {s}': place={f.place} is no entity of the passage")
        if f.bound == "between" and (f.low is None or f.high is None or f.low >= f.high):
            out.append(f"footer 'fig {s}': between needs two numbers, the lower first")
        if f.bound not in ("between", "vague") and (f.low if f.low is not None else f.high) is None:
            out.append(f"footer 'fig {s}': {f.bound} needs a number")
    for s in p.modality:
        if s not in numbers["con"]:
            out.append(f"footer 'stmt {s}' has no statement")
    return out


def shared_runs(a, b):
    """Runs of SHARED words that stand in both lists of passages."""
    seen = {}
    for p in a:
        w = words(p.text)
        for i in range(len(w) - SHARED + 1):
            seen.setdefault(tuple(w[i:i + SHARED]), p.id)
    for p in b:
        w = words(p.text)
        for i in range(len(w) - SHARED + 1):
            if (run := tuple(w[i:i + SHARED])) in seen:
                yield seen[run], p.id, " ".join(run)
                break


def counts(passages):
    c = collections.Counter(passages=len(passages))
    for p in passages:
        c["words"] += len(words(p.text))
        numbers = p.statements()
        c["statements"] += len(numbers)
        depth = {}
        for s in numbers:
            d, q, seen = 0, s, set()
            while (q := p.parent(q)) is not None and q not in seen:
                seen.add(q)
                d += 1
            depth[s] = d
        c["nested"] += sum(d >= 1 for d in depth.values())
        c["deep"] += sum(d >= 2 for d in depth.values())
        c["no source"] += sum(f"src{s}" not in p.spans for s in numbers)
        c["split content"] += sum(len(p.spans.get(f"con{s}", [])) > 1 for s in numbers)
        c["hops"] += sum(k.startswith(("adr", "hop")) for k in p.spans)
        c["figures"] += len(p.figures)
        c["entities"] += len({(m.type, m.entity) for m in p.mentions})
        for m in p.mentions:
            c["mentions " + {"n": "name", "d": "nominal", "p": "pronoun"}[m.form]] += 1
            c["type " + m.type] += 1
    return c


def main(files):
    bad = 0
    here = pathlib.Path(__file__).parent
    splits = {}
    paths = [pathlib.Path(f) for f in files] or sorted(here.glob("*/*.txt"))
    ids = {}
    for path in paths:
        try:
            passages = markup.read_file(path)
        except markup.MarkupError as error:
            print(error)
            bad += 1
            continue
        splits.setdefault(path.parent.name, []).extend(passages)
        for p in passages:
            again = path.parent.name == "second"     # passages of dev and test, marked once more
            if (again, p.id) in ids:
                print(f"{p.where}: the id stands in {ids[again, p.id]} too")
                bad += 1
            ids[again, p.id] = p.where
            for complaint in complaints(p):
                print(f"{p.where}: {complaint}")
                bad += 1
    if not files:
        held = [(a, b) for a, b in (("train", "dev"), ("train", "test"), ("dev", "test")) if a in splits and b in splits]
        for a, b in held:
            for first, second, run in shared_runs(splits[a], splits[b]):
                print(f"{a} {first} and {b} {second} share eight words: {run}")
                bad += 1
    total = {name: counts(passages) for name, passages in sorted(splits.items())}
    keys = [k for k in dict.fromkeys(k for c in total.values() for k in c)]
    print(f"{'':18}" + "".join(f"{name:>8}" for name in total))
    for k in keys:
        print(f"{k:18}" + "".join(f"{c[k]:8}" for c in total.values()))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
