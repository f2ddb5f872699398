"""Compares ingest/model/words.cc with ingest/train/hearsay_train/text.py: spans, pieces, features.

usage: words_parity.py DUMP_WORDS [VOCABULARY] [--all] [--seed N]

DUMP_WORDS is the program built from dump_words.cc.  VOCABULARY has one piece a line; vocabulary.txt
beside this file if none is named.  The texts are adversarial ones written here, every character in
a few places of a word (of the large alphabets, whose characters behave alike, one in 41, without
--all), random ones, and the sample articles.  All are read with a second vocabulary, in which every
character is a piece, so that pieces show how a word is spelt; and, but for the texts that bring
every character, with VOCABULARY.
"""
import argparse
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import types
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "ingest/train"))
try:
    import numpy  # noqa: F401
except ImportError:  # text.py packs features with it and no more: lists do as well
    sys.modules["numpy"] = types.SimpleNamespace(
        array=lambda values, kind: values, ndarray=list, uint8=int)
from hearsay_train import text as rules  # noqa: E402

MODEL_UNICODE = "14.0.0"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
TIED = ("\u0301", "\u00ad", "'", "\u00b7", "\u02b0", "\u0345", ".", "\u2019", "\ufffd", "\x07")
SIGMAS = [before + middle + "Σ" + behind + after
          for before in ("", "α", "A", "1", "-", "ª", "ǅ") for middle in ("",) + TIED
          for behind in ("",) + TIED for after in ("", "α", "B", "2", " α", "Σ")]
# Combining characters that are no nonspacing marks, of many classes; and marks of class 0.
ORDERED = "\u302e\u302f\u1b44\ua953\ua9c0\U0001d165\U0001d166\U0001d16d\U00016ff0\u0e31\u0301\u0327\u0903\u200d"
POOLS = {
    "space": "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2003\u200a\u2028\u2029\u202f\u205f\u3000",
    "break": "\n\r",
    "quote": "\"'`\u00ab\u00bb\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u300c\u300d\uff02\uff07",
    "dropped": "\0\x01\x07\x08\x0e\x1b\x7f\x80\x9f\u00ad\u0600\u061c\u180e\u200b\u200c\u200d\u200e\u2060\ufeff"
               "\ufff9\ufffd\U000e0001\U000e0041\U000110bd",
    "ascii": "".join(map(chr, range(0x21, 0x7f))),
    "letters": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "digits": "0123456789\u00b2\u00b9\u00bd\u0663\u0967\u2460\u2167\u3007\u4e00\U0001d7d8\U0001f101",
    "latin": "\u00c0\u00c9\u00df\u00e9\u00f1\u0130\u0131\u0132\u01c4\u01c5\u01c6\u1e9e\u1e9b\ufb01\u212a\u212b\u2126\u00aa\u00ba",
    "greek": "\u0391\u03a3\u03c3\u03c2\u0386\u0390\u1f88\u1fbc\u1fef\u1ffd\u037e\u0387\u0345\u03d2",
    "cyrillic": "\u0410\u0419\u0451\u0457\u0404\u0456\u0301",
    "rtl": "\u05d0\u05dd\u05b0\u05be\u0627\u0622\u0651\u0640\u066b\u06d4",
    "indic": "\u0915\u093c\u094d\u0903\u0958\u0964\u0e01\u0e31\u0f43\u0f0b\u1b44",
    "east": "\u3042\u304c\u30ac\u4e00\u9fff\u3400\u4dbf\uf900\ufaff\u2e80\u3001\uac00\uac01\ud7a3\u1100\u1161\u11a8\uff21"
            "\U00020000\U0002ceaf\U0002ceb0\U0002f800\U0002fa1d\U00030000",
    "marks": "\u0300\u0301\u0308\u0323\u0327\u0338\u034f\u0483\u20d0\u20dd\ufe0f\u0903\u302e",
    "ordered": ORDERED,
    "sigma": "\u03a3\u03a3\u0391a1" + "".join(TIED),
    "emoji": "\u263a\ufe0f\U0001f600\U0001f44d\U0001f3fd\U0001f468\u200d\U0001f469\u20e3\U0001f1ec\U0001f1e7",
    "unassigned": "\u0378\u0530\u2fe0\ufdd0\uffff\U0001ffff\U0010ffff\ue000\U00011b00\U0001e030\U0001d2c0"
                  "\U00010efd\U00013439\U00031350\U00011f00\U0001e4d0",
}
WRITTEN = [
    "", " ", "\n", "a", ".", "\"", "\ufffd", "\u00ad", "\u0301", "\r\n", "\r", "a\r\nb", "a\r\n\r\nb", "a\n\rb", "a\n \t\nb", "\n\na",
    "a\u2028b\u2029c", "a\x1cb", "a\x85b", "a\u200bb \u200bc", "a\u200b\nb", "Don't -- ever -- say \"never\".", "“a “b” c” d", "“a\n“b” c",
    "\"a\" \"b\n\"c\" d", "«a» „b“ ‟c”", "＂a＂ ＂b", "” a “", "``a''", "‘a’ ‚b‛", "U.S.-led; £5m, 3.5% (AFP)", "[PAD] [UNK] [CLS] ##s",
    "İSTANBUL ıİI", "STRASSE straße STRAẞE", "ΟΔΟΣ ΣΟΦΟΣ Σ ΣΣ", "ﬁn ﬂ ﬀ", "Ångström Å", "e\u0301e\u0301 é É", "각 각 가", "中国新聞abc",
    "日本語のテキスト。「引用」", "שלום, עולם", "العربية ٣٤٥", "हिन्दी में", "ภาษาไทย", "👨\u200d👩\u200d👧 🇬🇧 👍🏽 ❤️ 1️⃣",
    "ǅ ǄǅǆA ʰA ªA", "½ ² ٣ Ⅷ ① 一", "A a AB Ab aB aBc ABc A1 1A 1", "\x00a\x00 \x00", "\ufeffa", "x" * 99, "x" * 100, "x" * 101, "x" * 5000,
    "X" * 100 + "\u0301", "x" * 100 + "\u00ad" * 50, "\u0301" * 300, "a" + "\u0301" * 3000 + "b", "가" * 33, "각" * 34, "é" * 100, "é" * 101,
    "\u0344" * 60 + "a", "1" * 13, "ab" * 13, "Σ" * 101, "Σ\u0301" * 99, "ΑΣ" + "\u0301" * 500 + "Α", "." * 3000, "\n" * 1000 + "a", "a " * 5000,
    "\U0001d15e\U0001d160 \U0001d1bb", "\u0958\u0f43\ufb2c\u2adc", "\u1fef\u037e\u0387\u2260", "\u212a\u212b\u2126", "≠a a≠ #≠",
]


def assigned():
    """Every character, with those that the large alphabets have plenty of marked: (c, many)."""
    for o in range(0x110000):
        if 0xD800 <= o < 0xE000:
            continue
        kind = unicodedata.category(chr(o))
        many = kind in ("Cn", "Co") or 0x3400 <= o < 0xA000 or 0xAC00 <= o < 0xD800 or \
            0x17000 <= o < 0x19000 or 0x1B170 <= o < 0x1B300 or 0x20000 <= o < 0x32000
        yield chr(o), many


def differing(dump_words):
    """Characters whose category this Python and words.cc, which reads as Unicode 14, do not share."""
    ranges = subprocess.run([dump_words, "--categories"], check=True, capture_output=True, text=True)
    return {chr(o) for line in ranges.stdout.splitlines()
            for begin, end, kind in [line.split()]
            for o in range(int(begin), int(end)) if unicodedata.category(chr(o)) != kind}


def in_places(characters):
    """Texts of a few characters each, which stand in several places of a word."""
    for at in range(0, len(characters), 16):
        yield " ".join(f"{c} a{c} {c}B A{c}b x{c}{c}. ΑΣ{c} ΑΣ{c}Α {c}Σ" for c in characters[at:at + 16])


def random_texts(rng, characters, pieces):
    """Texts of characters of a few pools, of all characters, and of pieces put together."""
    pools = list(POOLS.values())
    for _ in range(5000):
        some = rng.choices(pools, k=rng.randint(1, 4)) + [" "] * rng.randint(0, 2)
        yield "".join(rng.choice(rng.choice(some)) for _ in range(rng.choice((3, 10, 40, 150))))
    for _ in range(500):
        yield "".join(rng.choices(characters, k=rng.randint(1, 60)))
    for _ in range(1500):
        words = ("".join(p.removeprefix("##") for p in rng.choices(pieces, k=rng.randint(1, 6)))
                 for _ in range(rng.randint(1, 12)))
        yield rng.choice((" ", "", "\n", ", ")).join(
            rng.choice((str, str.upper, str.title))(word) for word in words)
    for _ in range(300):
        yield "a" + "".join(rng.choices(ORDERED, k=rng.randint(2, 30))) + "b"
    for _ in range(100):
        letters = rng.choice(("a", "aé", "가나", "ΑΣ", "a\u0301", "а1", "x\u00ad"))
        yield "".join(rng.choices(letters, k=rng.randint(30, 260)))


def articles():
    for path in sorted((ROOT / "samples/articles").iterdir()):
        yield path.read_bytes().decode("utf-8")


def expected(text, vocabulary):
    """The line dump_words prints of a text."""
    words = rules.read(text, vocabulary)
    byte, offsets = 0, []
    for c in text:
        offsets.append(byte)
        byte += len(c.encode())
    offsets.append(byte)
    return " ".join(
        f"{offsets[b]}-{offsets[e]}:{words.shape[i]},{words.layout[i]},{words.quote[i]}:"
        + ",".join(map(str, words.pieces[i])) for i, (b, e) in enumerate(words.at))


def compare(dump_words, path, texts):
    """Number of texts that the two read differently; prints the first few."""
    vocabulary = rules.Vocabulary(path)
    encoded = [text.encode() for text in texts]
    printed = subprocess.run([dump_words, path], check=True, stdout=subprocess.PIPE,
                             input=b"".join(struct.pack("<I", len(t)) + t for t in encoded))
    lines = printed.stdout.decode().split("\n")[:-1]
    assert len(lines) == len(texts), (len(lines), len(texts))
    wrong = 0
    for text, line in zip(texts, lines):
        right = expected(text, vocabulary)
        if line == right:
            continue
        wrong += 1
        if wrong <= 5:
            theirs, ours = line.split(" "), right.split(" ")
            n = next((n for n, pair in enumerate(zip(theirs, ours)) if pair[0] != pair[1]),
                     min(len(theirs), len(ours)))
            place = text.encode()[int(ours[min(n, len(ours) - 1)].split("-")[0] or 0):][:80]
            print(f"word {n} of {len(ours)}: words.cc {theirs[n:n + 2]}, text.py {ours[n:n + 2]}: "
                  f"{place.decode(errors='ignore')!a} of {text[:60]!a}")
    return wrong


def alphabet(texts):
    """A vocabulary with every character that a word of the texts may be spelt with."""
    spelt = set(rules.normal("".join(sorted(set("".join(texts)))))) | set("ςσ")
    spelt = sorted(spelt - {"\n"})
    return SPECIAL + spelt + ["##" + c for c in spelt]


def main():
    ap = argparse.ArgumentParser(description=__doc__,
                                 formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("dump_words")
    ap.add_argument("vocabulary", nargs="?",
                    default=str(pathlib.Path(__file__).with_name("vocabulary.txt")))
    ap.add_argument("--all", action="store_true")
    ap.add_argument("--seed", type=int, default=1)
    options = ap.parse_args()
    if not pathlib.Path(options.vocabulary).is_file():
        print(f"skipped: no vocabulary {options.vocabulary}")
        return 77

    characters = [c for n, (c, many) in enumerate(assigned()) if options.all or not many or n % 41 == 0]
    pieces = rules.Vocabulary(options.vocabulary).pieces[len(SPECIAL):]
    alone = list(in_places(characters))
    texts = WRITTEN + SIGMAS + list(random_texts(random.Random(options.seed), characters, pieces))
    if unicodedata.unidata_version != MODEL_UNICODE:
        left_out = differing(options.dump_words)
        strange = str.maketrans(dict.fromkeys(left_out, ""))
        alone, texts = ([t.translate(strange) for t in some] for some in (alone, texts))
        print(f"{len(left_out)} characters left out: this Python's Unicode is "
              f"{unicodedata.unidata_version}, the model's {MODEL_UNICODE}")
    texts += articles()

    wrong = compare(options.dump_words, options.vocabulary, texts)
    texts += alone
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", suffix=".txt") as file:
        file.writelines(piece + "\n" for piece in alphabet(texts))
        file.flush()
        wrong += compare(options.dump_words, file.name, texts)
    print(f"{len(texts)} texts, {len(characters)} characters, two vocabularies: {wrong} differ")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
