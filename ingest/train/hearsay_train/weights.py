"""The weights file: safetensors (one JSON head, then raw tensors), which a program can map into memory.

usage: python -m hearsay_train.weights average.pt OUT.safetensors [--with other.pt] [--int8] [--name NAME]

Metadata beside the tensors (all strings): `format` hearsay-weights-2; `name`; `config` JSON (sizes, labels, window, features);
`sha256` of everything after the head.  The tensor `vocabulary` holds the pieces, one a line, as bytes.  With --int8 the encoder's
matrices (rounded by rounding.py) and the piece table are int8, symmetric, one scale a row (`NAME.scale`, float32): value = int8 * scale.  Values stay within
[-63, 63]: seven bits, so that pairs of products fit 16 bits on processors without VNNI.  Activations are quantised when the model runs: symmetric int8,
one scale a row (largest magnitude / 127).  Everything else is float32.
"""
import argparse
import hashlib
import json
import struct

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from . import decode, encoder, labels, text
from .model import Model

FORMAT = "hearsay-weights-2"
LIMIT = 63
SAMPLE = 20         # one passage in this many of the own corpus' train part is what matrices are rounded with


def quantised(weight):
    """(int8 matrix, scale of each row)."""
    scale = weight.abs().amax(1).clamp(min=1e-8) / LIMIT
    return torch.clamp(torch.round(weight / scale[:, None]), -LIMIT, LIMIT).to(torch.int8), scale


def restored(q, scale):
    """The float32 matrix that an int8 one stands for."""
    return q.float() * scale[:, None]


def is_int8(name, tensor):
    return tensor.dim() == 2 and (name == "encoder.pieces.weight" or (name.startswith("encoder.layers.") and name.endswith(".weight")))


def steps(x):
    """Size of one int8 step of each row of activations."""
    return x.abs().amax(-1, keepdim=True).clamp(min=1e-8) / 127


class Int8Linear(nn.Module):
    """A Linear as the int8 runtime computes it: exact integer products, in float32 because they fit its mantissa."""

    def __init__(self, q, scale, bias):
        super().__init__()
        self.register_buffer("q", q.float())
        self.register_buffer("scale", scale)
        self.bias = bias

    def forward(self, x):
        s = steps(x)
        return F.linear(torch.round(x / s), self.q) * s * self.scale + self.bias


class LearningInt8Linear(nn.Module):
    """A Linear that computes as in int8 and learns as in float32: rounding has the gradient of the identity (Bengio et al. 2013)."""

    def __init__(self, linear):
        super().__init__()
        self.weight, self.bias = linear.weight, linear.bias

    def forward(self, x):
        with torch.no_grad():
            q, scale = quantised(self.weight)
            s = steps(x)
            lost, error = torch.round(x / s) * s - x, restored(q, scale) - self.weight
        return F.linear(x + lost, self.weight + error, self.bias)


def matrices(model):
    """(layer, name in it, name of its weight) of every matrix of the encoder that int8 holds."""
    for number, layer in enumerate(model.encoder.layers):
        for name in ("qkv", "out", "up", "down"):
            yield layer, name, f"encoder.layers.{number}.{name}.weight"


def learn_as_int8(model):
    """Makes the encoder compute as in int8 while it goes on learning; in place."""
    for layer, name, _ in list(matrices(model)):
        setattr(layer, name, LearningInt8Linear(getattr(layer, name)))
    pieces = model.encoder.pieces.weight
    pieces.data.copy_(restored(*quantised(pieces.detach())))


def config_of(model):
    e = model.encoder
    return {"layers": len(e.layers), "width": e.width, "inner": e.layers[0].up.out_features, "heads": e.layers[0].heads,
            "positions": e.positions.num_embeddings, "pair": model.roles.mix.out_features, "span": model.coreference.span,
            "link": model.coreference.link.in_features,
            "window": decode.WINDOW, "overlap": decode.OVERLAP,
            "features": {k: list(v) for k, v in encoder.FEATURES.items()}, "max_pieces": text.MAX_PIECES,
            "layers_of_tags": {k: list(v) for k, v in labels.LAYERS.items()}, "role_tags": list(labels.ROLE_TAGS),
            "measures": list(labels.MEASURES)}


def write(path, model, vocabulary, name, settings, int8=None):
    """Writes the file; `settings` (thresholds chosen on dev) go into the config.

    int8: {name: (int8 matrix, scales)} of the matrices that rounding.py rounded, the others are by their own; None for a file of float32."""
    from safetensors.torch import save
    tensors = {"vocabulary": torch.from_numpy(np.frombuffer("".join(f"{p}\n" for p in vocabulary.pieces).encode(), np.uint8).copy())}
    for key, value in model.state_dict().items():
        value = value.float().contiguous()
        if int8 is not None and is_int8(key, value):
            tensors[key], tensors[f"{key}.scale"] = int8.get(key) or quantised(value)
        else:
            tensors[key] = value
    meta = {"format": FORMAT, "name": name, "config": json.dumps({**config_of(model), **settings}), "sha256": "0" * 64}
    raw = save(tensors, meta)
    head = struct.unpack("<Q", raw[:8])[0]
    digest = hashlib.sha256(raw[8 + head:]).hexdigest()
    raw = raw[:8] + raw[8:8 + head].replace(b'"' + b"0" * 64 + b'"', f'"{digest}"'.encode()) + raw[8 + head:]
    with open(path, "wb") as f:
        f.write(raw)


def metadata(path):
    """The metadata of a weights file whose checksum and format are right; SystemExit says what is wrong."""
    with open(path, "rb") as f:
        raw = f.read()
    head = struct.unpack("<Q", raw[:8])[0]
    meta = json.loads(raw[8:8 + head])["__metadata__"]
    if meta.get("format") != FORMAT:
        raise SystemExit(f"{path}: format '{meta.get('format')}', this program reads {FORMAT}")
    if hashlib.sha256(raw[8 + head:]).hexdigest() != meta["sha256"]:
        raise SystemExit(f"{path}: the checksum is wrong; the file is damaged, fetch it again")
    return meta


def state_of(path):
    """(state of the model in float32, {name: (int8 matrix, scales)} of what the file holds in int8) of a weights file."""
    from safetensors.torch import load_file
    metadata(path)
    tensors = load_file(path)
    int8 = {k: (v, tensors[f"{k}.scale"]) for k, v in tensors.items() if f"{k}.scale" in tensors}
    state = {k: v for k, v in tensors.items() if k not in int8 and k != "vocabulary" and not k.endswith(".scale")}
    return {**state, **{k: restored(*v) for k, v in int8.items()}}, int8


def state_now(path):
    """The state of a weights file in float32, with today's measures: one that the file does not know was "other" there."""
    state, _ = state_of(path)
    was = json.loads(metadata(path)["config"])["measures"]
    rows = [was.index(m if m in was else "other") for m in labels.MEASURES]
    return {k: v[rows] if k.startswith("figures.measure.") else v for k, v in state.items()}


def read_model(path):
    """(model, vocabulary) of a weights file; an int8 file runs as the int8 runtime computes."""
    from safetensors import safe_open
    config = json.loads(metadata(path)["config"])
    with safe_open(path, "pt") as f:
        pieces = bytes(f.get_tensor("vocabulary").numpy()).decode().split("\n")[:-1]
    model = Model(encoder.Encoder(len(pieces), config["width"], config["inner"], config["heads"], config["layers"], config["positions"]),
                  config["pair"], config["span"], config["link"])
    state, int8 = state_of(path)
    model.load_state_dict(state)
    if int8:
        for layer, name, key in list(matrices(model)):
            setattr(layer, name, Int8Linear(*int8[key], getattr(layer, name).bias))
    model.settings = config
    return model, text.Vocabulary(pieces)


def meet(model, others):
    """Makes the weights of `model` the mean of its own and of other states: what runs from one start learnt goes together (Wortsman et al. 2022).

    Layers that another lacks are the mean of the rest."""
    with torch.no_grad():
        for name, value in model.state_dict().items():
            all_ = [value] + [o[name] for o in others if name in o and o[name].shape == value.shape]
            value.copy_(sum(v.float() for v in all_) / len(all_))


def state_at(path):
    """The state of a training checkpoint or a weights file."""
    return torch.load(path, weights_only=True)["average"] if path.endswith(".pt") else state_now(path)


def main():
    from . import evaluate, own, rounding
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("checkpoint")
    ap.add_argument("out")
    ap.add_argument("--with", dest="others", nargs="+", default=[], metavar="FILE", help="checkpoints or weights files: the mean of the first and these")
    ap.add_argument("--int8", action="store_true")
    ap.add_argument("--name", default="hearsay-en-10")
    ap.add_argument("--encoder")
    ap.add_argument("--cue-bias", type=float, default=0.0)
    ap.add_argument("--mention-threshold", type=float, default=decode.LIKELY)
    ap.add_argument("--link-bias", type=float, default=0.0)
    ap.add_argument("--confidence", type=float, nargs=2, default=(1.0, 0.0), metavar=("SLOPE", "BIAS"), help="of calibrate.py")
    options = ap.parse_args()
    model, vocabulary = evaluate.load(options.checkpoint, options.encoder)
    if options.others:
        meet(model, [state_at(f) for f in options.others])
    settings = {"cue_bias": options.cue_bias, "mention_threshold": options.mention_threshold, "link_bias": options.link_bias,
                "confidence_slope": options.confidence[0], "confidence_bias": options.confidence[1]}
    int8 = rounding.matrices(model, list(own.read("train", vocabulary))[::SAMPLE], vocabulary) if options.int8 else None
    write(options.out, model, vocabulary, options.name, settings, int8)


if __name__ == "__main__":
    main()
