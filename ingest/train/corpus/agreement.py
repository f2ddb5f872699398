#!/usr/bin/env python3
"""How far two annotators agree: the passages of second/ against the same ones of dev/ and test/.

usage: agreement.py [SPLIT...]     dev, test; both without

Exact: F1 of spans that are the same to the character (of the two annotators either may be called gold).  Linked: statements matched one to
one whose cues and sources overlap and whose contents cover each other with a Jaccard of at least 0.5.  Parent: of the linked ones,
the share whose parents are linked as well.  Parent and chain: of all statements those that are linked, as are their parents, and whose
sources, media told and hops overlap one by one, the parents' with them.  Figures: number and counted people overlap and measure, bound and
number are the same.  Figures as the model's are scored: its measures (of a list, or other), the span of the number the same, counted people that overlap.
"""
import pathlib
import sys

import markup

HERE = pathlib.Path(__file__).parent


def spans(p, role):
    return {s for label, at in p.spans.items() if label.rstrip("0123456789") == role for s in at}


def overlap(a, b):
    return (not a and not b) or any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def jaccard(a, b):
    x, y = ({i for s in side for i in range(*s)} for side in (a, b))
    return len(x & y) / max(len(x | y), 1)


def linked(a, b):
    """{statement of a: statement of b}, best content first."""
    get = lambda p, role, n: p.spans.get(f"{role}{n}", [])
    pairs = sorted(((jaccard(get(a, "con", i), get(b, "con", j)), -i, -j) for i in a.statements() for j in b.statements()
                    if overlap(get(a, "cue", i), get(b, "cue", j)) and overlap(get(a, "src", i), get(b, "src", j))), reverse=True)
    out = {}
    for score, i, j in pairs:
        if score >= 0.5 and -i not in out and -j not in out.values():
            out[-i] = -j
    return out


def chain(p, i):
    """Spans of who passed statement i on, innermost first: its source, the media told, its hops, and so on with its parent."""
    media = [(m.begin, m.end) for m in p.mentions if m.type == "med"]
    told = [s for s in p.spans.get(f"adr{i}", []) if any(s[0] <= b and e <= s[1] for b, e in media)]
    parent = p.parent(i)
    return p.spans.get(f"src{i}", [])[:1] + told + p.spans.get(f"hop{i}", []) + (chain(p, parent) if parent is not None else [])


def same_chain(p, i, q, j):
    a, b = chain(p, i), chain(q, j)
    return len(a) == len(b) and all(overlap([x], [y]) for x, y in zip(a, b))


def same_figure(p, i, q, j):
    f, g = p.figures[i], q.figures[j]
    return overlap(p.spans.get(f"fig{i}", []), q.spans.get(f"fig{j}", [])) and \
        (f.measure, f.bound, f.low, f.high) == (g.measure, g.bound, g.low, g.high) and \
        (not p.spans.get(f"pop{i}") or not q.spans.get(f"pop{j}") or overlap(p.spans[f"pop{i}"], q.spans[f"pop{j}"]))


def scored_figure(p, i, q, j):
    """As hearsay_train/evaluate.py compares a figure that was read with the marked one, but that it joins a number marked in two parts."""
    get = lambda p, role, n: p.spans.get(f"{role}{n}", [])
    measure = lambda f: f.measure if f.measure in markup.MEASURES else "other"
    who = get(p, "pop", i), get(q, "pop", j)
    return overlap(get(p, "fig", i), get(q, "fig", j)) and measure(p.figures[i]) == measure(q.figures[j]) and \
        get(p, "num", i) == get(q, "num", j) and all(map(bool, who)) == any(map(bool, who)) and overlap(*who)


def main(splits):
    n = {}

    def add(key, both, a, b):
        old = n.get(key, (0, 0, 0))
        n[key] = (old[0] + both, old[1] + a, old[2] + b)
    passages = 0
    for split in splits:
        first = {p.id: p for p in markup.read_split(split)}
        for q in markup.read_file(HERE / "second" / f"{split}.txt"):
            p = first[q.id]
            if p.text != q.text:
                raise SystemExit(f"{q.where}: the text differs from that of {p.where}; copy it again")
            passages += 1
            for role, name in (("src", "source"), ("cue", "cue"), ("con", "content")):
                a, b = spans(p, role), spans(q, role)
                add(f"{name} exact", len(a & b), len(a), len(b))
            match = linked(p, q)
            add("statements linked", len(match), len(p.statements()), len(q.statements()))
            add("parent of linked", sum(match.get(p.parent(i)) == q.parent(j) for i, j in match.items()), len(match), len(match))
            same = {i: j for i, j in match.items() if match.get(p.parent(i)) == q.parent(j) and same_chain(p, i, q, j)}
            nests = lambda x, of: sum(x.parent(i) is not None for i in of)
            add("with parent and chain", len(same), len(p.statements()), len(q.statements()))
            add("of them nested", nests(p, same), nests(p, p.statements()), nests(q, q.statements()))
            for form, name in (("n", "names"), ("d", "descriptions"), ("p", "pronouns")):
                a, b = ({(m.begin, m.end, m.type) for m in x.mentions if m.form == form} for x in (p, q))
                add(f"{name} exact with type", len(a & b), len(a), len(b))
            for name, same in (("figures", same_figure), ("figures as scored", scored_figure)):
                used = set()
                for i in p.figures:
                    used.update([j for j in q.figures if j not in used and same(p, i, q, j)][:1])
                add(name, len(used), len(p.figures), len(q.figures))
    print(f"{passages} passages marked twice")
    for key, (both, a, b) in n.items():
        print(f"{key:28} F1 {200 * both / max(a + b, 1):5.1f}   first {a:4} second {b:4} same {both:4}")


if __name__ == "__main__":
    main(sys.argv[1:] or ("dev", "test"))
