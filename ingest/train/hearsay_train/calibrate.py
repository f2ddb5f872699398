"""Fits the confidence of statements to how often they are right, on dev sets, and draws how well it then fits.

usage: python -m hearsay_train.calibrate MODEL --data ../../../shared/data [--svg FILE]

Right is a statement of which cue and source overlap those of a marked one and whose content has a Jaccard index of 0.5 or more with
it.  p becomes sigmoid(slope * logit(p) + bias) (Platt 1999); prints both numbers, for weights.py, and a table of bins.
"""
import argparse
import math
import os

import numpy as np
import torch

from . import evaluate, own, polnear

EDGES = np.linspace(0, 1, 11)


def outcomes(model, vocabulary, data, split):
    """[(confidence, right)] of all statements of PolNeAR (outermost) and the own corpus."""
    rows = []
    sets = ((list(polnear.read(f"{data}/attribution/polnear", split, vocabulary)), True), (list(own.read(split, vocabulary)), False))
    for documents, outermost in sets:
        for d, r in zip(documents, evaluate.readings(model, documents, vocabulary)):
            gold = [(a.cue, a.spans["src"], a.spans["con"]) for a in d.attributions]
            for s in r.statements:
                if outermost and s.parent is not None:
                    continue
                right = any(evaluate.overlap([cue], s.cue) and evaluate.overlap(src, s.src) and evaluate.jaccard(con, s.con) >= 0.5
                            for cue, src, con in gold)
                rows.append((s.confidence, right))
    return np.array([p for p, _ in rows]), np.array([r for _, r in rows], float)


def logit(p):
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def fit(p, right):
    """(slope, bias) of the least log loss."""
    x, y = torch.tensor(logit(p)), torch.tensor(right)
    w = torch.tensor([1.0, 0.0], dtype=x.dtype, requires_grad=True)
    optimizer = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(w[0] * x + w[1], y)
        value.backward()
        return value
    optimizer.step(loss)
    return w.tolist()


def bins(p, right):
    """[(number, mean confidence, share that is right)] of tenths."""
    at = np.clip(np.digitize(p, EDGES) - 1, 0, 9)
    return [(int((at == k).sum()), float(p[at == k].mean()), float(right[at == k].mean())) if (at == k).any() else (0, math.nan, math.nan)
            for k in range(10)]


def error(table):
    """Expected calibration error."""
    total = sum(n for n, _, _ in table)
    return sum(n * abs(p - r) for n, p, r in table if n) / total


def drawing(table):
    """The reliability diagram as SVG: a bar a tenth, as high as its share that is right, a tick at its mean confidence."""
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 360" font-family="sans-serif" font-size="11">',
           '<title>Share of statements that are right, by confidence</title>',
           '<rect x="40" y="20" width="300" height="300" fill="none" stroke="#999"/>',
           '<line x1="40" y1="320" x2="340" y2="20" stroke="#999" stroke-dasharray="4 4"/>']
    for k, (n, p, r) in enumerate(table):
        if n:
            out.append(f'<rect x="{42 + 30 * k}" y="{320 - 300 * r:.1f}" width="26" height="{300 * r:.1f}" fill="#4878a8"/>')
            out.append(f'<circle cx="{40 + 300 * p:.1f}" cy="{320 - 300 * r:.1f}" r="3" fill="#d1495b"/>')
            out.append(f'<text x="{55 + 30 * k}" y="{314 - 300 * r:.1f}" text-anchor="middle">{n}</text>')
    out += ['<text x="190" y="350" text-anchor="middle">confidence</text>',
            '<text x="14" y="170" text-anchor="middle" transform="rotate(-90 14 170)">share right</text>']
    for v in (0, 0.5, 1):
        out.append(f'<text x="{40 + 300 * v}" y="334" text-anchor="middle">{v:g}</text>')
        out.append(f'<text x="34" y="{324 - 300 * v}" text-anchor="end">{v:g}</text>')
    return "\n".join([*out, "</svg>", ""])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("model")
    ap.add_argument("--data", required=True)
    ap.add_argument("--svg")
    ap.add_argument("--numbers", action="store_true", help="print nothing but slope and bias")
    ap.add_argument("--encoder", help="where the vocabulary is, if not where training found it")
    options = ap.parse_args()
    torch.set_num_threads(os.cpu_count())
    model, vocabulary = evaluate.load(options.model, options.encoder)
    p, right = outcomes(model, vocabulary, options.data, "dev")
    slope, bias = fit(p, right)
    if options.numbers:
        print(f"{slope:.4f} {bias:.4f}")
        return
    q = 1 / (1 + np.exp(-(slope * logit(p) + bias)))
    print(f"slope {slope:.3f}, bias {bias:.3f}; {len(p)} statements; calibration error {error(bins(p, right)):.3f} before, {error(bins(q, right)):.3f} after")
    for name, values in (("before", p), ("after", q)):
        print(name, *(f"{n}:{a:.2f}/{b:.2f}" for n, a, b in bins(values, right)))
    if options.svg:
        with open(options.svg, "w", encoding="utf-8") as f:
            f.write(drawing(bins(q, right)))


if __name__ == "__main__":
    main()
