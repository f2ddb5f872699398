#!/usr/bin/env python3
"""Builds ingest/lexicon/data/tags.tsv, what the part-of-speech tagger has learnt.

usage: build_tags.py SHARED_DIR OUT.tsv

Counts words, word endings and runs of three tags in the treebanks whose licence allows it:
UD English EWT train, GUM (the parts under CC BY and CC BY-SA) and the automatic CoreNLP tags of
PolNeAR train.  Not needed to build Hearsay.
"""
import collections, glob, io, math, os, sys, tarfile

BE = set("be am is are was were been being 's 're 'm".split())


def coarse(word, xpos, upos, deprel):
    """One letter a tag; the table stands in ingest/nlp/tags.cc."""
    w = word.lower().replace("\u2019", "'")
    if w == "to":
        return "T"
    if xpos.startswith("NNP"):
        return "N"
    if xpos.startswith("NN"):
        return "n"
    if w in BE and xpos.startswith("VB"):
        return "a"
    if xpos.startswith("VB"):
        if upos == "AUX" or deprel.startswith(("aux", "cop")):
            return "a"
        return {"VBD": "D", "VBZ": "P", "VBP": "P", "VB": "B", "VBG": "G", "VBN": "V"}.get(xpos, "B")
    if xpos == "IN":
        return "b" if upos == "SCONJ" or deprel.startswith("mark") else "i"
    table = {"PRP": "p", "EX": "p", "PRP$": "s", "POS": "'", "DT": "d", "PDT": "d", "CD": "c", "MD": "m", "CC": "&",
             "WDT": "w", "WP": "w", "WP$": "w", "WRB": "w", "RP": "t", "TO": "T", "UH": "u"}
    if xpos in table:
        return table[xpos]
    if xpos.startswith("JJ"):
        return "j"
    if xpos.startswith("RB"):
        return "r"
    if xpos in (",", ".", ":", "``", "''", "-LRB-", "-RRB-", "HYPH", "NFP", "$", "#") and not word.isalnum():
        return "." if xpos not in ("$", "#") else "o"
    return "o"


def conllu(path):
    sent = []
    for line in open(path, encoding="utf-8"):
        f = line.rstrip("\n").split("\t")
        if len(f) == 10 and f[0].isdigit():
            sent.append((f[1], coarse(f[1], f[4], f[3], f[7])))
        elif not line.strip() and sent:
            yield sent
            sent = []
    if sent:
        yield sent


def polnear(path):
    with tarfile.open(path) as tar:
        for m in sorted((m for m in tar if m.name.endswith(".tsv")), key=lambda m: m.name):
            sent = []
            for line in io.TextIOWrapper(tar.extractfile(m), encoding="utf-8"):
                f = line.rstrip("\n").split("\t")
                if len(f) >= 10:
                    sent.append((f[4], coarse(f[4], f[6], "", f[9])))
                elif sent:
                    yield sent
                    sent = []
            if sent:
                yield sent


def titled(sent):
    w = [x for x, _ in sent if x[:1].isalpha()]
    return len(w) >= 3 and sum(x[0].isupper() for x in w) * 10 >= 6 * len(w)


def main():
    shared, out = sys.argv[1:]
    nlp = os.path.join(shared, "data/nlp")
    gold = glob.glob(nlp + "/ud-ewt/*train*.conllu") + sorted(glob.glob(nlp + "/gum/conllu-by/*.conllu") + glob.glob(nlp + "/gum/conllu-bysa/*.conllu"))
    sets = [(3, s) for f in gold for s in conllu(f)]
    sets += [(1, s) for s in polnear(os.path.join(shared, "data/attribution/polnear/train/conll.tar.xz"))]
    low, cap = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    tri = collections.Counter()
    for weight, sent in sets:
        tags = ["^", "^"] + [t for _, t in sent] + ["$"]
        for a, b, c in zip(tags, tags[1:], tags[2:]):
            tri[a, b, c] += weight
        headline = titled(sent)
        inside = False
        for w, t in sent:
            w = w.replace("\u2019", "'").replace("\u2018", "'")
            if any(c.isdigit() for c in w) or not any(c.isalpha() for c in w):
                inside = inside or w not in ("``", '"', "''", "\u201c", "(")
                continue
            first = not inside or headline
            inside = True
            if w[0].isupper():
                if not first:
                    cap[w.lower()][t] += weight
                elif t not in "N":
                    low[w.lower()][t] += weight
                else:
                    cap[w.lower()][t] += weight
            else:
                low[w.lower()][t] += weight
    suffix = {"l": collections.defaultdict(collections.Counter), "c": collections.defaultdict(collections.Counter)}
    for kind, lex in (("l", low), ("c", cap)):
        for w, c in lex.items():
            if sum(c.values()) <= 6 and len(w) > 3 and w.isalpha():
                for n in range(1, 5):
                    if len(w) > n + 1:
                        for t, k in c.items():
                            suffix[kind][w[-n:]][t] += 1
    rows = []
    for kind, lex in (("l", low), ("c", cap)):
        for w in sorted(lex):
            c = lex[w]
            n = sum(c.values())
            if n < (3 if kind == "l" else 6) or "\t" in w or len(w) > 24:
                continue
            keep = [(t, k) for t, k in c.most_common(6) if k * 200 >= n]
            if kind == "c" and keep[0][0] == "N" and len(keep) == 1:
                continue                                   # a capitalised word is a name anyway
            scale = max(1.0, n / 900)
            rows.append((kind, w, " ".join(f"{t}{max(1, round(k / scale))}" for t, k in keep)))
    for kind in "lc":
        for s in sorted(suffix[kind]):
            c = suffix[kind][s]
            n = sum(c.values())
            if n < 8:
                continue
            rows.append(("s" + kind, s, " ".join(f"{t}{k}" for t, k in c.most_common(6) if k * 100 >= n)))
    for (a, b, c), k in sorted(tri.items()):
        if k >= 2:
            rows.append(("t", a + b + c, str(k)))
    with open(out, "w", encoding="utf-8") as f:
        f.write("# Counts of the part-of-speech tagger: l, c = words in lower case and with a capital inside a sentence,\n"
                "# sl, sc = endings of rare words, t = runs of three tags.  Letters of tags: ingest/nlp/tags.cc.\n"
                "# Learnt by scripts/lexicons/build_tags.py from UD English EWT (CC BY-SA 4.0), GUM (parts under CC BY\n"
                "# and CC BY-SA) and the automatic tags of PolNeAR train (no licence stated): counts, no text.\n")
        for r in rows:
            f.write("\t".join(r) + "\n")
    print(len(rows), "rows", os.path.getsize(out), "bytes")


main()
