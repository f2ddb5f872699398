"""Linear-chain conditional random fields with partial labels (Lafferty et al. 2001; Tsuboi et al. 2008)."""
import torch
from torch import nn

NEVER = -1e4


def legal(tags):
    """(begin, transition) masks of BIO: I-x follows B-x or I-x.  True where legal."""
    n = len(tags)
    begin = torch.tensor([not t.startswith("I-") for t in tags])
    step = torch.ones(n, n, dtype=torch.bool)
    for j, t in enumerate(tags):
        if t.startswith("I-"):
            for i, s in enumerate(tags):
                step[i, j] = s[2:] == t[2:] and s != "O"
    return begin, step


class _Loss(torch.autograd.Function):
    """-log P(allowed) by the scaled forward-backward algorithm (Rabiner 1989), whose marginals are the gradient.

    Written out because autograd through hundreds of small logsumexp steps costs more than the encoder."""

    @staticmethod
    def forward(ctx, emissions, allowed, mask, begin, step):
        n, time, _ = emissions.shape
        both = torch.cat([emissions.masked_fill(~allowed, NEVER), emissions]).detach()
        keep = torch.cat([mask, mask])[..., None]
        top = both.amax(-1, keepdim=True)
        x = torch.exp(both - top)
        move = torch.exp(step.detach())
        alpha, scale = torch.empty_like(x), torch.ones(2 * n, time, 1, device=x.device)
        a = torch.exp(begin.detach()) * x[:, 0]
        for t in range(time):
            if t:
                a = torch.where(keep[:, t], (a @ move) * x[:, t], a)
            scale[:, t] = c = a.sum(-1, keepdim=True).clamp(min=1e-30)
            alpha[:, t] = a = a / c
        beta = torch.ones_like(x)
        flow = torch.zeros_like(x)      # what enters each step from behind: x * beta / scale
        back = move.T.contiguous()
        b = beta[:, -1]
        for t in range(time - 1, 0, -1):
            flow[:, t] = f = x[:, t] * b / scale[:, t]
            b = torch.where(keep[:, t], f @ back, b)
            beta[:, t - 1] = b
        log_z = (torch.log(scale) * keep + top * keep).sum((1, 2))
        gamma = alpha * beta * keep
        gamma = gamma / gamma.sum(-1, keepdim=True).clamp(min=1e-30)
        ctx.save_for_backward(gamma[n:] - gamma[:n], alpha[:, :-1], (flow * keep)[:, 1:], move)
        return log_z[n:] - log_z[:n]

    @staticmethod
    def backward(ctx, out):
        gamma, alpha, flow, move = ctx.saved_tensors
        gamma = gamma * out[:, None, None]
        weight = torch.cat([-out, out])[:, None, None]
        k = alpha.shape[-1]
        step = (alpha * weight).reshape(-1, k).T @ flow.reshape(-1, k) * move
        return gamma, None, None, gamma[:, 0].sum(0), step


class Crf(nn.Module):
    """Learnt transitions between tags; windows may begin inside a span, so every beginning is legal when training."""

    def __init__(self, tags):
        super().__init__()
        begin, step = legal(tags)
        self.register_buffer("begin_legal", begin, persistent=False)
        self.register_buffer("step_legal", step, persistent=False)
        self.begin = nn.Parameter(torch.zeros(len(tags)))
        self.step = nn.Parameter(torch.zeros(len(tags), len(tags)))

    def scores(self):
        return self.step.masked_fill(~self.step_legal, NEVER)

    def loss(self, emissions, allowed, mask):
        """-log P(allowed) of each sequence.  emissions (n, time, tags), allowed the same shape bool, mask (n, time)."""
        return _Loss.apply(emissions.float(), allowed, mask, self.begin, self.scores())

    @torch.no_grad()
    def best(self, emissions):
        """The most probable legal tags of each sequence of one length: (n, time, tags) -> (n, time)."""
        step = self.scores()
        alpha = self.begin.masked_fill(~self.begin_legal, NEVER) + emissions[:, 0]
        back = []
        for t in range(1, emissions.shape[1]):
            value, index = (alpha[:, :, None] + step).max(1)
            alpha = value + emissions[:, t]
            back.append(index)
        tags = [alpha.argmax(1)]
        for index in reversed(back):
            tags.append(index.gather(1, tags[-1][:, None])[:, 0])
        return torch.stack(tags[::-1], 1)

    @torch.no_grad()
    def marginals(self, emissions):
        """P(tag | sequence) of sequences of one length: (n, time, tags)."""
        step, n = self.scores(), emissions.shape[1]
        forward = [self.begin + emissions[:, 0]]
        for t in range(1, n):
            forward.append(torch.logsumexp(forward[-1][:, :, None] + step, 1) + emissions[:, t])
        backward = [torch.zeros_like(forward[-1])]
        for t in range(n - 1, 0, -1):
            backward.append(torch.logsumexp(step + (emissions[:, t] + backward[-1])[:, None, :], 2))
        both = torch.stack(forward, 1) + torch.stack(backward[::-1], 1)
        return torch.softmax(both, 2)
