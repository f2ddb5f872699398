#!/usr/bin/env python3
"""Writes common_words.tsv: English words that are written small, so that a capital at the start of a sentence names nothing.

usage: make_words.py WORD_LIST OUT_DIR      (WORD_LIST: american-english-small of Debian's wamerican-small, from SCOWL)
"""
import re, sys

words, out = sys.argv[1:]
keep = {w for w in open(words, encoding="utf-8").read().split() if re.fullmatch(r"[a-z]{2,}", w)}
with open(f"{out}/common_words.tsv", "w", encoding="utf-8") as f:
    f.write("# English words written without a capital; made by scripts/lexicons/make_words.py from SCOWL (http://wordlist.aspell.net),\n"
            "# copyright 2000-2020 Kevin Atkinson, free to use, copy, modify and distribute with its notice: docs/gazetteers.md\n"
            "# Licence: SCOWL's own, which asks for its notice: docs/gazetteers.md\n")
    f.writelines(w + "\n" for w in sorted(keep))
print(len(keep), "words")
