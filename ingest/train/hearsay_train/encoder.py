"""A BERT encoder (Devlin et al. 2019) in plain PyTorch, with features of case, layout and quotation marks beside the pieces.

The uncased encoders that install from a registry lose capitals and line breaks; three small tables, zero before training, give
them back.  `load` takes all-MiniLM-L6-v2 (safetensors) or bge-small-en-v1.5 (ONNX inside a Maven jar); a number of layers
below the encoder's own keeps the lowest ones.
"""
import pathlib
import zipfile

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from . import text

FEATURES = {"shape": text.SHAPES, "layout": text.LAYOUTS, "quote": text.QUOTES}


class Layer(nn.Module):
    """One block, norms after the sums.  GELU in its tanh form, which differs from the pretrained one by less than 0.001."""

    def __init__(self, width, inner, heads, dropout):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask):
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        a = F.scaled_dot_product_attention(q, k, v, mask).transpose(1, 2).reshape(b, t, d)
        x = self.norm1(x + self.out(a))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x), approximate="tanh"))))


class Encoder(nn.Module):
    def __init__(self, vocabulary=30522, width=384, inner=1536, heads=12, layers=6, positions=512, dropout=0.1):
        super().__init__()
        self.width = width
        self.pieces = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(positions, width)
        self.features = nn.ModuleDict({name: nn.Embedding(len(values), width) for name, values in FEATURES.items()})
        for table in self.features.values():
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, inner, heads, dropout) for _ in range(layers))

    def forward(self, pieces, features, mask):
        """pieces (batch, time) int64, features {name: (batch, time)}, mask (batch, time) bool -> (batch, time, width)."""
        x = self.pieces(pieces) + self.positions.weight[:pieces.shape[1]]
        for name, table in self.features.items():
            x = x + table(features[name])
        x = self.norm(x)
        mask = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x


def _minilm(path):
    from safetensors.numpy import load_file
    return load_file(path)


def _bge(jar):
    """Tensors of the ONNX graph under BERT's names; a Linear's weight is the MatMul beside its named bias, transposed."""
    import onnx
    from onnx import numpy_helper
    with zipfile.ZipFile(jar) as z:
        name = next(n for n in z.namelist() if n.endswith(".onnx"))
        graph = onnx.load_from_string(z.read(name)).graph
    tensors = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    made_by = {out: node for node in graph.node for out in node.output}
    out = dict(tensors)
    for node in graph.node:
        if node.op_type != "Add":
            continue
        bias = next((x for x in node.input if x in tensors and x.endswith(".bias")), None)
        other = next((made_by[x] for x in node.input if x in made_by), None)
        if bias and other is not None and other.op_type == "MatMul":
            weight = next((x for x in other.input if x in tensors), None)
            if weight:
                out[bias[:-len("bias")] + "weight"] = tensors[weight].T
    return out


def vocabulary_of(path):
    """The file of pieces beside the weights, written out of the jar where need be."""
    path = pathlib.Path(path)
    if path.suffix == ".jar":
        import json
        target = path.with_suffix(".vocab.txt")
        if not target.exists():
            with zipfile.ZipFile(path) as z:
                name = next(n for n in z.namelist() if n.endswith("tokenizer.json"))
                ids = json.loads(z.read(name))["model"]["vocab"]
            target.write_text("".join(f"{p}\n" for p in sorted(ids, key=ids.get)), encoding="utf-8")
        return target
    return path.parent / "vocab.txt"


def load(path, layers, dropout=0.1):
    """The pretrained encoder at `path` with its lowest `layers` layers."""
    tensors = _bge(path) if str(path).endswith(".jar") else _minilm(path)
    get = lambda name: torch.tensor(np.ascontiguousarray(tensors[name], np.float32))
    prefix = next(n[:-len("embeddings.word_embeddings.weight")] for n in tensors if n.endswith("embeddings.word_embeddings.weight"))
    encoder = Encoder(layers=layers, dropout=dropout)
    with torch.no_grad():
        encoder.pieces.weight.copy_(get(f"{prefix}embeddings.word_embeddings.weight"))
        # The one segment that is used is a constant: it goes into the positions.
        encoder.positions.weight.copy_(get(f"{prefix}embeddings.position_embeddings.weight") +
                                       get(f"{prefix}embeddings.token_type_embeddings.weight")[0])
        encoder.norm.weight.copy_(get(f"{prefix}embeddings.LayerNorm.weight"))
        encoder.norm.bias.copy_(get(f"{prefix}embeddings.LayerNorm.bias"))
        for i, layer in enumerate(encoder.layers):
            at = f"{prefix}encoder.layer.{i}."
            for kind in ("weight", "bias"):
                getattr(layer.qkv, kind).copy_(torch.cat([get(f"{at}attention.self.{x}.{kind}") for x in ("query", "key", "value")]))
                for module, name in ((layer.out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"),
                                     (layer.up, "intermediate.dense"), (layer.down, "output.dense"),
                                     (layer.norm2, "output.LayerNorm")):
                    getattr(module, kind).copy_(get(f"{at}{name}.{kind}"))
    return encoder
