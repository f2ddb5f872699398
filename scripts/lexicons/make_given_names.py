#!/usr/bin/env python3
"""Writes given_names.tsv and surnames.tsv from "Popular Names by Country" (CC0) and more_given_names.txt beside this script.

usage: make_given_names.py NAMES_CC0_DIR OUT_DIR
"""
import collections, csv, os, re, sys, unicodedata


def plain(s):
    return "".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c)).replace("’", "'").replace("ı", "i").replace("ł", "l").replace("Ł", "L").replace("ø", "o")


def main(src, out):
    here = os.path.dirname(os.path.abspath(__file__)); sex = collections.defaultdict(collections.Counter)
    for r in csv.DictReader(open(f"{src}/common-forenames-by-country.csv", encoding="utf-8-sig")):
        for n in re.split(r"[\s/]+", plain(r["Romanized Name"])):
            if re.fullmatch(r"[A-Z][a-z'-]+(-[A-Z][a-z]+)*", n) and len(n) > 2:
                sex[n][r["Gender"].lower()] += 1
    for line in open(f"{here}/more_given_names.txt", encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            g, names = line.split(":")
            for n in names.split():
                sex[n][g.strip()] += 3
    with open(f"{out}/given_names.tsv", "w", encoding="utf-8") as f:
        f.write("# Given names with gender (m, f, x both); made by scripts/lexicons/make_given_names.py from \"Popular Names by Country\"\n# (CC0 1.0) and a list of our own\n"
                "# Licence: CC0 1.0\n")
        for n in sorted(sex):
            c = sex[n]; g = "x" if c["x"] or min(c["m"], c["f"]) * 3 > max(c["m"], c["f"]) else max("mf", key=lambda s: c[s])
            f.write(f"{n}\t{g}\n")
    family = set()
    for r in csv.DictReader(open(f"{src}/common-surnames-by-country.csv", encoding="utf-8-sig")):
        n = plain(r["Romanized Name"])
        if re.fullmatch(r"[A-Z][A-Za-z'-]+", n) and len(n) > 2:
            family.add(n)
    with open(f"{out}/surnames.tsv", "w", encoding="utf-8") as f:
        f.write("# Family names; made by scripts/lexicons/make_given_names.py from \"Popular Names by Country\" (CC0 1.0)\n"
                "# Licence: CC0 1.0\n")
        f.writelines(n + "\n" for n in sorted(family))
    print(len(sex), "given names", len(family), "family names")


main(*sys.argv[1:])
