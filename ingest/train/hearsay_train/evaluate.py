"""Measures a model on every dev set.

usage: python -m hearsay_train.evaluate MODEL --data ../../../shared/data --tools ../../../shared/tools [--split dev] [--set NAME,...]

MODEL is average.pt of a training folder, or a weights file (weights.py).  Prints one line a set and writes nothing.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import torch

from . import coref, corpora, decode, encoder, labels, names, own, polnear, records, text
from .model import Model


def load(path, encoder_path=None):
    """(model, vocabulary) of a training checkpoint or a weights file."""
    if str(path).endswith(".pt"):
        state = torch.load(path, weights_only=True)
        layers = state["options"]["layers"]
        model = Model(encoder.Encoder(layers=layers))
        model.load_state_dict(state["average"])
        vocabulary = text.Vocabulary(encoder.vocabulary_of(encoder_path or state["options"]["encoder"]))
    else:
        from . import weights
        model, vocabulary = weights.read_model(path)
    return model.eval(), vocabulary


def f1(right, predicted, gold):
    p, r = right / max(predicted, 1), right / max(gold, 1)
    return {"p": round(100 * p, 1), "r": round(100 * r, 1), "f1": round(200 * p * r / max(p + r, 1e-9), 1), "gold": gold, "predicted": predicted}


def readings(model, documents, vocabulary, **options):
    return [decode.read(model, d, e, **options) for d, e in zip(documents, decode.encode(model, documents, vocabulary))]


def scored(tool, arguments, lines, options):
    """Output of one of the shared scorers on records, as JSON."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        f.writelines(json.dumps(r) + "\n" for r in lines)
        f.flush()
        done = subprocess.run([sys.executable, str(pathlib.Path(options.tools) / tool), *arguments, f.name, "--json"],
                              capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def attribution(model, vocabulary, options):
    """PolNeAR: exact F1 of source, cue and content, linked and triple."""
    documents = list(polnear.read(f"{options.data}/attribution/polnear", options.split, vocabulary))
    found = readings(model, documents, vocabulary, cue_bias=options.cue_bias)
    lines = [records.record(d, r, d.id.rsplit("_", 1)[0] + ".txt") for d, r in zip(documents, found)]
    out = scored("score_attribution.py", [f"{options.data}/attribution/polnear/{options.split}"], lines, options)
    return {k: (v["exact"] if "exact" in v else v) for k, v in out.items() if isinstance(v, dict)}


def uner(model, vocabulary, options):
    """UNER-EWT: exact F1 of names."""
    path = f"{options.data}/nlp/uner-ewt/en_ewt-ud-dev.iob2"
    documents = list(names.uner(path, vocabulary))
    safe = lambda n: "".join(c if c.isalnum() else "_" for c in n)
    lines = [records.record(d, r, safe(d.id) + ".txt") for d, r in zip(documents, readings(model, documents, vocabulary))]
    return scored("score_uner.py", ["score", path], lines, options)


def mpqa(model, vocabulary, options):
    """MPQA's train fold, none of which was trained on: share of source chains exactly right."""
    gold = f"{options.data}/attribution/mpqa-nested-chains/cross_validation/0/mpqa_extract_data_nested_train.json"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, f"{options.tools}/score_mpqa.py", "text", gold, folder], check=True)
        files = sorted(pathlib.Path(folder).glob("*.txt"))
        documents = []
        for f in files:
            with open(f, encoding="utf-8", newline="") as stream:
                documents.append(labels.Document(f.name, "mpqa", text.read(stream.read(), vocabulary)))
        lines = [records.record(d, r, d.id) for d, r in zip(documents, readings(model, documents, vocabulary, cue_bias=options.cue_bias))]
        return scored("score_mpqa.py", ["score", gold], lines, options)


def overlap(a, b):
    """Whether two sets of spans share a word; two empty ones do."""
    return (not a and not b) or any(x[0] < y[1] and y[0] < x[1] for x in a for y in b)


def jaccard(a, b):
    """Words that both sets of spans hold, of those that either holds."""
    x, y = ({i for s in spans for i in range(*s)} for spans in (a, b))
    return len(x & y) / max(len(x | y), 1)


def _gold_statements(document):
    out = []
    for a in document.attributions:
        out.append(decode.Statement([a.cue] + a.spans.get("cue", []), a.spans["src"], a.spans["con"], a.spans.get("adr", []),
                                    a.spans.get("hop", []), bool(a.parent), 1.0))
    decode.link(out)
    return out


def _media_of(spans):
    """Whether a span holds the name or description of a medium."""
    media = [s for s in spans if s[2] == "med"]
    return lambda at: any(at[0] <= b and e <= at[1] for b, e, _ in media)


PRONOUNS = frozenset("them whom us you they we its their our your his her".split())


def own_corpus(model, vocabulary, options):
    """The own corpus: statements (linked as in score_attribution.py; nested: parent and chain right as well), names, figures."""
    documents = list(own.read(options.split, vocabulary, options.passages))
    found = readings(model, documents, vocabulary, cue_bias=options.cue_bias)
    rare = options.other.split(",")
    named = lambda measure: "other" if measure in rare else measure
    n = {k: [0, 0, 0] for k in ("linked", "nested", "nested only", "names", "descriptions", "pronouns", "figure spans", "figures", "place")}
    for d, r in zip(documents, found):
        gold, got = _gold_statements(d), r.statements
        gold_media = _media_of(d.spans("name") + d.spans("outer") + d.spans("inner"))
        got_media = _media_of(r.names + r.described)
        match = {}
        for i, g in enumerate(gold):
            best = max(((jaccard(g.con, p.con), k) for k, p in enumerate(got)
                        if k not in match.values() and overlap(g.cue, p.cue) and overlap(g.src, p.src)), default=(0, None))
            if best[0] >= 0.5:
                match[i] = best[1]
        worded = lambda at: d.words.text[d.words.at[at[0]][0]:d.words.at[at[1] - 1][1]].lower()
        whole = lambda i: match.get(gold[i].parent) == got[match[i]].parent and \
            len(a := decode.chain(gold, i, gold_media, worded)) == len(b := decode.chain(got, match[i], got_media, worded)) and \
            all(overlap([x], [y]) for x, y in zip(a, b))
        counts = {"linked": (len(match), len(got), len(gold)),
                  "nested": (sum(map(whole, match)), len(got), len(gold)),
                  "nested only": (sum(whole(i) for i in match if gold[i].parent is not None), sum(p.parent is not None for p in got),
                                  sum(g.parent is not None for g in gold))}
        for key, layers, mine in (("names", ("name",), r.names), ("descriptions", ("outer", "inner"), r.described)):
            g = {s for layer in layers for s in d.spans(layer)}
            counts[key] = (len(g & set(mine)), len(set(mine)), len(g))
        g = {(i, labels.LAYERS["pronoun"][t]) for i, t in enumerate(d.allowed["pronoun"].argmax(1).tolist()) if t}
        counts["pronouns"] = (len(g & set(r.pronouns)), len(r.pronouns), len(g))
        gold_parts, figures = d.spans("part"), {f[0]: f for f in d.figures}
        counts["figure spans"] = (sum(overlap([f[:2]], list(figures)) for f in r.figures), len(r.figures), len(figures))

        def part(parts, at, kind):
            inside = sorted(s for s in parts if s[2] == kind and at[0] <= s[0] and s[1] <= at[1] and (kind == "num" or not is_pronoun(s)))
            if not inside:
                return None
            begin, end = inside[0][:2]
            for b, e, _ in inside[1:]:        # as the product reads them: "up to" and "2,300" are one
                end = e if kind == "num" and b == end else end
            return begin, end

        def is_pronoun(span):                 # "two of them": says not who is counted
            return span[1] == span[0] + 1 and d.words.text[slice(*d.words.at[span[0]])].lower() in PRONOUNS
        right = where = placed = claimed = 0
        for at, measure, places in d.figures:
            mine = next((f for f in r.figures if overlap([f[:2]], [at])), None)
            if mine and named(mine[2]) == named(labels.MEASURES[measure]) and part(gold_parts, at, "num") == part(r.parts, mine[:2], "num"):
                pop, my_pop = part(gold_parts, at, "pop"), part(r.parts, mine[:2], "pop")
                right += (pop is None and my_pop is None) or bool(pop and my_pop and overlap([pop], [my_pop]))
            placed += bool(places)
            where += bool(places and mine and mine[3] in places)
        claimed = sum(f[3] is not None for f in r.figures)
        counts["figures"] = (right, len(r.figures), len(figures))
        counts["place"] = (where, claimed, placed)
        for key, c in counts.items():
            n[key] = [x + y for x, y in zip(n[key], c)]
    return {k: f1(*c) for k, c in n.items()}


def _conll(pairs):
    """CoNLL F1 of [(gold clusters, predicted clusters)], groups of one left out, over all documents at once; scorer: PyPI scorch."""
    from scorch import scores
    def joined(side):
        return [{(k, s) for s in c} for k, pair in enumerate(pairs) for c in pair[side] if len(c) > 1]
    key, response = joined(0), joined(1)
    out = {name: round(100 * float(f(key, response)[2]), 1) for name, f in
           (("muc", scores.muc), ("b_cubed", scores.b_cubed), ("ceaf_e", scores.ceaf_e))}
    gold, got = set().union(*key), set().union(*response)
    return {"conll": round(sum(out.values()) / 3, 1), **out, "mentions": f1(len(gold & got), len(got), len(gold))}


def coreference(model, vocabulary, options):
    """OntoGUM (news, interview, speech, court): mentions found and grouped."""
    documents = list(coref.ontogum(f"{options.data}/nlp/ontogum", f"{options.data}/nlp/gum", options.split, vocabulary, corpora.DEV_GENRES))
    pairs = []
    for d, r in zip(documents, readings(model, documents, vocabulary)):
        spans = decode.propose(model, d.words, r.vectors, options.mention_threshold)
        pairs.append((d.clusters, decode.clusters(model, d.words, r.vectors, spans, options.link_bias)))
    return _conll(pairs)


def own_coreference(model, vocabulary, options):
    """The own corpus: its gold mentions grouped."""
    documents = list(own.read(options.split, vocabulary, options.passages))
    pairs = []
    for d, r in zip(documents, readings(model, documents, vocabulary)):
        spans = sorted({s for c in d.clusters for s in c})
        pairs.append((d.clusters, decode.clusters(model, d.words, r.vectors, spans, options.link_bias)))
    return _conll(pairs)


SETS = {"polnear": attribution, "own": own_corpus, "uner": uner, "mpqa": mpqa, "ontogum": coreference, "own_coref": own_coreference}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model")
    ap.add_argument("--data", required=True)
    ap.add_argument("--tools", required=True)
    ap.add_argument("--split", default="dev")
    ap.add_argument("--set", default=",".join(SETS))
    ap.add_argument("--cue-bias", type=float, default=0.0)
    ap.add_argument("--mention-threshold", type=float, default=decode.LIKELY)
    ap.add_argument("--link-bias", type=float, default=0.0)
    ap.add_argument("--passages", type=lambda files: files.split(","), default=(), metavar="FILE,...",
                    help="of the own corpus only these, such as 'ledger' for ledger_a.txt and on: those that a model has not read measure it")
    ap.add_argument("--other", default="", metavar="MEASURE,...", help="measures that count as 'other', as weights took them that did not know them")
    ap.add_argument("--encoder", help="where the vocabulary is, if not where training found it")
    options = ap.parse_args()
    torch.set_num_threads(os.cpu_count())
    model, vocabulary = load(options.model, options.encoder)
    for name in options.set.split(","):
        print(name, json.dumps(SETS[name](model, vocabulary, options)), flush=True)


if __name__ == "__main__":
    main()
