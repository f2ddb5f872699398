"""Writes a split as texts and gold for scoring whole extraction records (statements with chains, figures, entities).

usage: python3 gold.py SPLIT OUT      writes OUT/texts/*.txt and OUT/gold.json; offsets there are UTF-8 bytes

The gold's form: one object a text with `statements` (source, cue, content, chain of names from the innermost speaker outward),
`figures` (what, value, span, chain) and `entities` (name, type, mentions that must be one).
"""
import json
import pathlib
import sys

import markup

TYPES = {"per": "person", "org": "organization", "med": "media", "for": "force", "cit": "city", "reg": "region", "cou": "country",
         "fac": "facility", "unn": "unnamed"}
OPEN = {"at_least": ">=", "more_than": ">", "at_most": "<=", "fewer_than": "<", "about": "~"}


def passage(p):
    at = [0]
    for c in p.text:
        at.append(at[-1] + len(c.encode("utf-8")))
    span = lambda s: {"begin": at[s[0]], "end": at[s[1]], "text": p.text[s[0]:s[1]]}
    entities = {}
    for m in p.mentions:
        entities.setdefault((m.type, m.entity), []).append(m)

    def named(mentions):
        return [m for m in mentions if m.form == "n"]
    names, taken = {}, set()
    for key, mentions in entities.items():
        best = max(named(mentions) or mentions, key=lambda m: m.end - m.begin)
        name = p.text[best.begin:best.end]
        names[key] = name if name not in taken else f"{name} ({key[0]}{key[1]})"
        taken.add(names[key])

    def entity_at(spans):
        """Key of the entity whose mention is the first of the spans, or begins it."""
        if not spans:
            return None
        b, e = spans[0]
        inside = [m for m in p.mentions if b <= m.begin and m.end <= e]
        exact = [m for m in inside if (m.begin, m.end) == (b, e)]
        best = exact or sorted(inside, key=lambda m: (m.begin, -m.end))
        return (best[0].type, best[0].entity) if best else None

    def chain(number, seen=()):
        if number is None or number in seen:
            return []
        hops = [entity_at(p.spans.get(f"src{number}"))]
        addressee = entity_at(p.spans.get(f"adr{number}"))
        hops += [addressee if addressee and addressee[0] == "med" else None]
        hops += [entity_at([s]) for s in p.spans.get(f"hop{number}", [])]
        out = []
        for name in [names[h] for h in hops if h] + chain(p.parent(number), (*seen, number)):
            if name not in out:
                out.append(name)
        return out

    statements = []
    for n in p.statements():
        content = p.spans.get(f"con{n}")
        if not content:
            continue
        statement = {"id": str(n), "content": [span(s) for s in content], "chain": chain(n)}
        for role, key in (("src", "source"), ("cue", "cue")):
            if p.spans.get(f"{role}{n}"):
                statement[key] = span(p.spans[f"{role}{n}"][0])
        if p.parent(n):
            statement["parent"] = str(p.parent(n))
        statements.append(statement)
    figures = []
    for n, f in sorted(p.figures.items()):
        at_figure = p.spans.get(f"fig{n}")
        if not at_figure:
            continue
        holders = [(sum(e - b for b, e in p.spans[f"con{s}"]), s) for s in p.statements()
                   if any(b <= at_figure[0][0] and at_figure[0][1] <= e for b, e in p.spans.get(f"con{s}", []))]
        whole = lambda x: int(x) if x is not None and x == int(x) else x
        value = {"vague": True} if f.bound == "vague" else {"value": whole(f.low)} if f.bound == "exact" else \
            {k: whole(v) for k, v in (("min", f.low), ("max", f.high)) if v is not None}
        if f.bound == "about":
            value = {"value": whole(f.low)}
        if f.bound in OPEN:
            value["open"] = OPEN[f.bound]
        figures.append({"what": f.measure, "value": value, "span": span(at_figure[0]), "chain": chain(min(holders)[1]) if holders else []})
    return {"file": f"{p.id}.txt", "meta": {"outlet": None}, "statements": statements, "figures": figures,
            "entities": [{"name": names[key], "type": TYPES[key[0]], "mentions_include": [span((m.begin, m.end)) for m in named(mentions) or mentions[:1]]}
                         for key, mentions in entities.items()]}


def main(split, out):
    out = pathlib.Path(out)
    (out / "texts").mkdir(parents=True, exist_ok=True)
    gold = {}
    for p in markup.read_split(split):
        (out / "texts" / f"{p.id}.txt").write_text(p.text, encoding="utf-8")
        gold[f"{p.id}.txt"] = passage(p)
    (out / "gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
