"""What a weights file makes of texts, in Python: what ingest/model/ is compared with.

usage: python -m hearsay_train.reference WEIGHTS OUT.jsonl TEXTS.txt            one text a line, in which \\n is a line break
       python -m hearsay_train.reference WEIGHTS OUT.jsonl TEXT.txt... --whole  each file one text
       python -m hearsay_train.reference --tiny VOCABULARY.txt OUT              writes OUT-f32.safetensors and OUT-int8.safetensors

OUT.jsonl has one JSON object a text: the text; `words`, byte offsets; `scores`, one row a word, the tags of all layers one behind
the other; the fields of decode.Reading in words; `mentions`, all names, descriptions and pronouns in order, and `clusters`, the
number of each one's cluster.  --tiny makes a model of random weights, small enough to stand beside the tests.
"""
import argparse
import json
import pathlib

import torch

from . import decode, encoder, labels, records, text, weights
from .model import Model


def reference(model, vocabulary, content):
    settings = model.settings
    document = labels.Document("text", "reference", text.read(content, vocabulary))
    encoded = decode.encode(model, [document], vocabulary)[0]
    reading = decode.read(model, document, encoded, cue_bias=settings["cue_bias"],
                          confidence=(settings.get("confidence_slope", 1.0), settings.get("confidence_bias", 0.0)))
    scores = torch.cat([model.tag[layer](reading.vectors) for layer in labels.LAYERS], -1).tolist() if document.words.at else []
    for row in scores:      # `read` adds the bias to scores of its own
        for tag in ("B-cue", "B-ncue"):
            row[labels.LAYERS["cue"].index(tag)] += settings["cue_bias"]
    mentions = sorted({s[:2] for s in reading.names + reading.described} | {(i, i + 1) for i, _ in reading.pronouns})
    groups = decode.clusters(model, document.words, reading.vectors, mentions, settings["link_bias"])
    number = {span: k for k, group in enumerate(groups) for span in group}
    at = records.byte_offsets(content)
    return {"text": content, "words": [[at[b], at[e]] for b, e in document.words.at],
            "scores": [[round(x, 5) for x in row] for row in scores],
            "statements": [{"cue": s.cue, "src": s.src, "con": s.con, "adr": s.adr, "hop": s.hop, "nested": s.nested,
                            "confidence": round(s.confidence, 5), "parent": s.parent} for s in reading.statements],
            "names": reading.names, "described": reading.described, "pronouns": reading.pronouns, "figures": reading.figures,
            "parts": reading.parts, "mentions": mentions, "clusters": [number[m] for m in mentions]}


def tiny(vocabulary, out):
    """A model of random weights whose tags are many, and far enough apart that rounding does not change them."""
    torch.manual_seed(8)
    pieces = text.Vocabulary(vocabulary)
    model = Model(encoder.Encoder(len(pieces.pieces), width=48, inner=96, heads=4, layers=2, positions=64), pair=32, span=16, link=16)
    with torch.no_grad():
        for name, value in model.named_parameters():
            if "norm" in name:
                value += 0.1 * torch.randn_like(value)
            elif name.startswith(("crf", "encoder.features")):
                value += 0.5 * torch.randn_like(value)
            elif name.startswith(("tag", "roles.tag", "figures.measure", "figures.look", "coreference.link")):
                value *= 8
        for layer in model.tag.values():
            layer.bias[0] += 6
        model.roles.tag.bias[0] -= 3
    settings = {"window": 40, "overlap": 10, "cue_bias": 0.75, "mention_threshold": 0.0, "link_bias": 4.5}
    for kind in ("f32", "int8"):
        weights.write(f"{out}-{kind}.safetensors", model, pieces, f"tiny-{kind}", settings, {} if kind == "int8" else None)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("paths", nargs="+")
    ap.add_argument("--whole", action="store_true")
    ap.add_argument("--tiny", action="store_true")
    options = ap.parse_args()
    torch.set_num_threads(1)
    if options.tiny:
        return tiny(*options.paths)
    path, out, *files = options.paths
    model, vocabulary = weights.read_model(path)
    model.eval()
    decode.WINDOW, decode.OVERLAP = model.settings["window"], model.settings["overlap"]
    texts = [pathlib.Path(f).read_bytes().decode("utf-8") for f in files]
    if not options.whole:
        texts = [line.replace("\\n", "\n") for t in texts for line in t.splitlines()]
    with open(out, "w", encoding="utf-8") as f:
        for content in texts:
            json.dump(reference(model, vocabulary, content), f, ensure_ascii=False, separators=(",", ":"))
            f.write("\n")


if __name__ == "__main__":
    main()
