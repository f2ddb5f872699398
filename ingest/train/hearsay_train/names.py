"""Corpora of names: Universal NER on EWT (PER ORG LOC), the entities of GUM, and Re-DocRED (also dates and quantities).

None tells media or forces from other organisations, nor cities from countries: their labels allow several of ours.
"""
import dataclasses
import json
import pathlib
import re

import numpy as np

from . import labels, text

FINE = {"PER": ("per",), "ORG": ("org", "med", "for"), "LOC": ("cit", "reg", "cou", "fac"), "TIME": ("dat",), "NUM": ("qty",),
        "BODY": ("org", "med", "for", "cit", "reg", "cou", "fac")}
NAME = labels.LAYERS["name"]


def allowed_of(spans, length, also_outside):
    """The mask of coarse spans [(begin, end, type)]; a type we have no label for allows anything, "TITLED" a person's name at the end."""
    out = np.zeros((length, len(NAME)), bool)
    out[:, 0] = True
    for t in also_outside:
        for p in "BI":
            out[:, NAME.index(f"{p}-{t}")] = True
    for b, e, t in spans:
        if t == "TITLED":
            out[b:e - 1, 0] = True
            out[e - 1, 0] = False
            out[b:e, [NAME.index("B-per"), NAME.index("I-per")]] = True
            continue
        if t not in FINE:
            out[b:e] = True
            continue
        out[b:e] = False
        for fine in FINE[t]:
            out[b, NAME.index(f"B-{fine}")] = True
            out[b + 1:e, NAME.index(f"I-{fine}")] = True
    return out


def document(id, corpus, body, spans, vocabulary, also_outside=()):
    words = text.read(body, vocabulary)
    at = [(s, t) for b, e, t in spans if (s := words.span(b, e))]
    return labels.Document(id, corpus, words, {"name": allowed_of([(*s, t) for s, t in at], len(words), also_outside)})


def uner(path, vocabulary):
    """Documents of an iob2 file, a sentence a line; dates and quantities are unknown there."""
    def close(name, body, spans):
        return document(name, "uner", body, spans, vocabulary, ("dat", "qty"))
    name, body, spans, position, line_begin, sentence = None, "", [], 0, 0, ""
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            if name and body:
                yield close(name, body, spans)
            name, body, spans = line[14:], "", []
        elif line.startswith("# text = "):
            sentence, line_begin, position = line[9:], len(body), 0
            body += sentence + "\n"
        elif line and not line.startswith("#"):
            _, form, tag = line.split("\t")[:3]
            at = max(sentence.find(form, position), position)
            position = at + len(form)
            b, e = line_begin + at, line_begin + position
            if tag.startswith("B-"):
                spans.append((b, e, tag[2:]))
            elif tag.startswith("I-") and spans:
                spans[-1] = (spans[-1][0], e, spans[-1][2])
    if name and body:
        yield close(name, body, spans)


GUM_TYPES = {"person": "PER", "organization": "BODY", "place": "LOC"}      # a country that acts is an organization there
INSIDE = ("NNP", "NNPS", "IN", "DT", "POS", "CD", "HYPH")                      # of a name's words


@dataclasses.dataclass
class Phrase:
    """An entity of a GUM file: words [begin, end), the number of what it refers to, its type."""
    begin: int
    end: int
    number: str
    type: str


def gum(conllu):
    """(part-of-speech tags, Phrases) of a GUM file (Zeldes 2017)."""
    tags, opened, phrases = [], {}, []
    for line in open(conllu, encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) < 10 or not cells[0].isdigit():
            continue
        tags.append(cells[4])
        marks = re.search(r"(?:^|\|)Entity=([^|]*)", cells[9])
        for m in re.finditer(r"\((\d+)-([a-z]+)[^()]*(\)?)|(\d+)\)", marks[1] if marks else ""):
            if m[1]:
                opened.setdefault(m[1], []).append((len(tags) - 1, m[2]))
            number = m[1] or m[4]
            if (m[3] or m[4]) and opened.get(number):
                begin, kind = opened[number].pop()
                phrases.append(Phrase(begin, len(tags), number, kind))
    return tags, phrases


def gum_names(tags, phrases):
    """What the entities of a GUM file say of names: [(first word, word behind the last, type)].

    The longest that begin and end with a proper noun and hold little else are names; of other proper nouns nothing is known
    (type ""), and where a person's title may belong to the phrase it is "TITLED"."""
    proper = lambda i: tags[i].startswith("NNP")
    out, taken = [], set()
    for phrase in sorted(phrases, key=lambda p: p.begin - p.end):
        b, e = phrase.begin, phrase.end
        while b < e and tags[b] == "DT":
            b += 1
        if b < e and proper(b) and proper(e - 1) and all(t in INSIDE for t in tags[b:e]) and not taken & set(range(b, e)):
            taken |= set(range(b, e))
            known = GUM_TYPES.get(phrase.type, "")
            out.append((b, e, "TITLED" if known == "PER" and e - b > 1 else known))
    return sorted(out + [(i, i + 1, "") for i in range(len(tags)) if proper(i) and i not in taken])


def joined(tokens):
    """Tokens as a line of text and their offsets: no blank before closing marks, none after opening ones."""
    out, at, glue = "", [], True
    for t in tokens:
        if not glue and not (t in ",.;:!?%)]}’”" or t.startswith(("'s", "’s", "n't"))):
            out += " "
        at.append((len(out), len(out) + len(t)))
        out += t
        glue = t in "([{“$£€"
    return out, at


def redocred(path, vocabulary):
    for number, item in enumerate(json.load(open(path, encoding="utf-8"))):
        body, at = joined([t for s in item["sents"] for t in s])
        first = np.cumsum([0] + [len(s) for s in item["sents"]])
        spans = []
        for entity in item["vertexSet"]:
            for m in entity:
                b, e = first[m["sent_id"]] + m["pos"][0], first[m["sent_id"]] + m["pos"][1] - 1
                spans.append((at[b][0], at[e][1], m["type"]))
        yield document(f"redocred-{number}", "redocred", body, spans, vocabulary)
