"""Rounds the encoder's matrices to int8 so that what they compute changes least, not they themselves (GPTQ: Frantar and others 2023).

A matrix is rounded column by column; what one column loses, those not yet rounded make up for, as far as the texts' inputs go together.
"""
import copy

import torch

from . import decode, weights

DAMP = 0.01         # of the mean square of an input, added to each: keeps the inverse tame


def rounded(weight, inputs):
    """(int8 matrix, scale of each row) of a float32 matrix (out, in); inputs (in, in): sum of x xᵀ over inputs x as int8 sees them."""
    _, scale = weights.quantised(weight)
    n = weight.shape[1]
    square = inputs.double() + DAMP * inputs.diagonal().mean().double() * torch.eye(n, dtype=torch.double)
    order = torch.argsort(square.diagonal(), descending=True)       # what weighs most is rounded first
    square, left = square[order][:, order], weight.double()[:, order]
    share = torch.linalg.cholesky(torch.cholesky_inverse(torch.linalg.cholesky(square)), upper=True)
    out = torch.zeros_like(left)
    for i in range(n):
        out[:, i] = torch.clamp(torch.round(left[:, i] / scale), -weights.LIMIT, weights.LIMIT)
        lost = (left[:, i] - out[:, i] * scale) / share[i, i]
        left[:, i + 1:] -= lost[:, None] * share[i, i + 1:][None]
    return out[:, torch.argsort(order)].to(torch.int8), scale


@torch.no_grad()
def matrices(model, documents, vocabulary):
    """{name of the weight: (int8 matrix, scales)} of the encoder, first layer first, each seeing what those before it compute in int8.

    documents: texts to compute with, a few thousand words; one pass over them a matrix."""
    model = copy.deepcopy(model)
    model.encoder.pieces.weight.copy_(weights.restored(*weights.quantised(model.encoder.pieces.weight)))
    found = {}
    for layer, name, key in list(weights.matrices(model)):
        linear = getattr(layer, name)
        inputs = torch.zeros(linear.in_features, linear.in_features)

        def add(_, arguments):
            x = arguments[0].reshape(-1, linear.in_features)
            x = torch.round(x / weights.steps(x)) * weights.steps(x)
            inputs.add_(x.T @ x)
        hook = linear.register_forward_pre_hook(add)
        decode.encode(model, documents, vocabulary)
        hook.remove()
        found[key] = rounded(linear.weight, inputs)
        setattr(layer, name, weights.Int8Linear(*found[key], linear.bias))
    return found
