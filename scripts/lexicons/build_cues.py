#!/usr/bin/env python3
"""Builds ingest/lexicon/data/cues.tsv: words that can introduce what somebody says, thinks or wants.

usage: build_cues.py SHARED_DIR OUT.tsv

Columns: kind, lemma, forms, how often it was a cue, how often it stood in the text at all, lists.
Counted in PolNeAR train (its automatic lemmas), joined with the published lists of report verbs.
Phrases are written by hand at the end of this script.  Not needed to build Hearsay.
"""
import bisect, collections, glob, io, os, re, sys, tarfile

KIND = {"VB": "verb", "NN": "noun", "JJ": "adjective"}
PHRASES = """
according to|according to|1
in the words of|of|1
in the opinion of|of|1
in the view of|of|1
in the eyes of|of|1
as per|per|1
reportedly|reportedly|0
allegedly|allegedly|0
purportedly|purportedly|0
supposedly|supposedly|0
"""


def head(cue):
    """(kind, lemma) of the word a cue hangs on: its last verb, else noun, else adjective."""
    for pos in ("VB", "NN", "JJ"):
        for i in range(len(cue) - 1, -1, -1):
            if cue[i][4].startswith(pos) and not (pos == "VB" and cue[i][3] in ("be", "have", "do") and i + 1 < len(cue)):
                return i, KIND[pos], cue[i][3].lower()
    return None


def main():
    shared, out = sys.argv[1:]
    sys.path.insert(0, os.path.join(shared, "tools"))
    from score_attribution import read_ann
    base = os.path.join(shared, "data/attribution/polnear/train")
    ann = collections.defaultdict(list)
    for f in sorted(os.listdir(base + "/attributions")):
        ann[f[:-4].rsplit("_", 1)[0]].append(f)
    seen, cues, forms = collections.Counter(), collections.Counter(), collections.defaultdict(collections.Counter)
    with tarfile.open(base + "/conll.tar.xz") as tar:
        for m in sorted((m for m in tar if m.name.endswith(".tsv")), key=lambda m: m.name):
            doc = os.path.basename(m.name)[:-4]
            if doc not in ann:
                continue
            toks = []
            for line in io.TextIOWrapper(tar.extractfile(m), encoding="utf-8"):
                f = line.rstrip("\n").split("\t")
                if len(f) >= 10:
                    toks.append((int(f[2]), int(f[3]), f[4].lower().replace("\u2019", "'"), f[5].lower(), f[6]))
            begins = [t[0] for t in toks]
            rng = lambda b, e: range(bisect.bisect_left(begins, b), bisect.bisect_left(begins, e))
            gold = read_ann(os.path.join(base, "attributions", ann[doc][0]))
            inside = set(i for a in gold for r in ("content", "source") for b, e in a[r] for i in rng(b, e))
            for a in gold:
                idx = [i for b, e in a["cue"] for i in rng(b, e)]
                h = head([toks[i] for i in idx])
                if h:
                    cues[h[1], h[2]] += 1
                    inside.discard(idx[h[0]])
            for i, t in enumerate(toks):
                k = KIND.get(t[4][:2])
                if not k or t[4].startswith("NNP"):
                    continue
                if re.fullmatch(r"[a-z][a-z-]*", t[2]):
                    forms[k, t[3]][t[2]] += 1
                if i not in inside:
                    seen[k, t[3]] += 1
    lists = collections.defaultdict(set)
    rv = os.path.join(shared, "data/attribution/report-verbs/")
    lemma_of = {}
    for (k, l), c in forms.items():
        if k == "verb":
            for f, n in c.items():
                if n > lemma_of.get(f, ("", 0))[1]:
                    lemma_of[f] = (l, n)
    for name, tag in (("gendergap_en_quote_verbs.txt", "g"), ("journalismai_quote_verbs.txt", "j"), ("qsample_krestel_verbs.txt", "k")):
        for w in open(rv + name, encoding="utf-8"):
            w = w.strip().lower()
            if w.isalpha():
                lists["verb", lemma_of.get(w, (w, 0))[0]].add(tag)
    for w in open(rv + "qsample_attribution_nouns.txt", encoding="utf-8"):
        if w.strip().isalpha():
            lists["noun", w.strip().lower()].add("p")
    rows = []
    for key in sorted(set(cues) | set(lists)):
        k, l = key
        n, s = cues[key], max(seen[key], cues[key])
        if not re.fullmatch(r"[a-z][a-z-]*", l) or l in ("be", "have", "do"):
            continue
        if k != "verb" and not (n >= 3 and n * 12 >= s) and not (key in lists and n >= 1):
            continue
        if k == "verb" and n == 0 and key not in lists:
            continue
        f = sorted(set(w for w, c in forms[key].items() if c * 200 >= sum(forms[key].values()) or c > 2) | {l})
        rows.append((k, l, " ".join(f), str(n), str(s), "".join(sorted(lists[key])) or "-"))
    for line in PHRASES.split("\n"):
        if line:
            phrase, end, source = line.split("|")
            rows.append(("phrase", phrase, phrase, source, "1", "-"))
    with open(out, "w", encoding="utf-8") as f:
        f.write("# Words that introduce what somebody says, thinks or wants: kind, lemma, forms, times it was a cue, times it\n"
                "# stood in the text, lists it is in (g Gender Gap Tracker, MIT licence; j JournalismAI, Apache-2.0; k Krestel et al.\n"
                "# 2008; p Pareti 2015).  Counted in PolNeAR train (no licence stated; counts only) by\n"
                "# scripts/lexicons/build_cues.py.  A phrase's count says whether a source follows it.\n")
        for r in rows:
            f.write("\t".join(r) + "\n")
    print(collections.Counter(r[0] for r in rows), os.path.getsize(out))


main()
