"""Trains the model.  Resumable: started again with the same --out it goes on from its last checkpoint.

usage: python -m hearsay_train.train --data ../../../shared/data --encoder FILE --layers N --out DIR [--epochs N]
"""
import argparse
import json
import math
import os
import pathlib
import time

import numpy as np
import torch

from . import corpora, encoder, losses, own, text, weights, windows
from .model import Model


def schedule(step, steps, warm=0.06):
    """Linear warm-up, then linear to zero."""
    at = step / max(steps, 1)
    return min(at / warm, max(0.0, (1 - at) / (1 - warm)))


class Epoch:
    """The windows of one epoch in a fixed random order; the same for the same seed and number."""

    def __init__(self, sets, number, options):
        self.rng = np.random.default_rng([options.seed, number])
        self.batches = []
        picked = []
        for name, (documents, passes) in sets.items():
            for round_ in range(math.ceil(passes)):
                part = min(1.0, passes - round_)
                chosen = documents
                if part < 1:
                    chosen = [documents[i] for i in sorted(self.rng.permutation(len(documents))[:int(part * len(documents))])]
                for d in chosen:
                    cut = windows.of(d, options.window, self.rng)
                    # Of a text with coreference as many as a batch holds stay together.
                    together = options.batch if d.clusters is not None else 1
                    picked += [cut[k:k + together] for k in range(0, len(cut), together)]
        # Windows of about one length share a batch: little padding.
        order = self.rng.permutation(len(picked))
        size = [max(sum(len(p) for p in w.document.words.pieces[w.begin:w.end]) for w in group) for group in picked]
        block = options.batch * 32
        for b in range(0, len(order), block):
            batches = [[]]
            for i in sorted(order[b:b + block], key=lambda i: size[i]):
                if len(batches[-1]) + len(picked[i]) > options.batch:
                    batches.append([])
                batches[-1] += picked[i]
            self.batches += batches
        self.batches = [self.batches[i] for i in self.rng.permutation(len(self.batches))]


def decayed(model):
    """Parameter groups: the encoder slower than the heads, no decay on biases and norms; the piece table stays as it is."""
    groups = {}
    for name, p in model.named_parameters():
        if name.startswith("encoder.pieces"):
            p.requires_grad_(False)
            continue
        part = "encoder" if name.startswith("encoder.") and "features" not in name else "heads"
        groups.setdefault((part, p.dim() > 1), []).append(p)
    return groups


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--data", required=True)
    ap.add_argument("--encoder", required=True)
    ap.add_argument("--layers", type=int, default=6)
    ap.add_argument("--out", required=True)
    ap.add_argument("--epochs", type=float, default=3.5)
    ap.add_argument("--batch", type=int, default=12)
    ap.add_argument("--window", type=int, default=250, help="pieces")
    ap.add_argument("--rate", type=float, default=2e-4)
    ap.add_argument("--head-rate", type=float, default=1e-3)
    ap.add_argument("--average", type=float, default=0.998, help="decay of the averaged weights")
    ap.add_argument("--hide", type=float, default=0.03, help="share of words hidden while training")
    ap.add_argument("--vary", action="store_true", help="read other numbers, family names, places and media in most texts of the own corpus")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--only", default="", help="corpora to use, by commas")
    ap.add_argument("--plan", default="whole", choices=corpora.PLANS, help="how often an epoch reads each corpus")
    ap.add_argument("--start", help="weights file to go on from; heads that it lacks begin anew")
    ap.add_argument("--int8", action="store_true", help="compute the encoder's products as the int8 runtime does")
    ap.add_argument("--threads", type=int, default=os.cpu_count())
    ap.add_argument("--bf16", action="store_true", help="the encoder's products in bfloat16, where the processor has it")
    ap.add_argument("--save-minutes", type=float, default=5)
    options = ap.parse_args()

    out = pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    vocabulary = text.Vocabulary(encoder.vocabulary_of(options.encoder))
    sets = corpora.train(options.data, vocabulary, options.plan)
    if options.only:
        sets = {k: v for k, v in sets.items() if k in options.only.split(",")}
    variation = own.variation(sets["own"][0]) if options.vary else None
    model = Model(encoder.load(options.encoder, options.layers))
    if options.start:
        state = weights.state_now(options.start)
        fresh = model.state_dict()
        known = {k: v for k, v in state.items() if k in fresh and v.shape == fresh[k].shape}
        print("begin anew:", *sorted(fresh.keys() - known))
        model.load_state_dict({**fresh, **known})
    if options.int8:
        weights.learn_as_int8(model)
    model.to(device)
    average = {k: v.detach().clone() for k, v in model.state_dict().items()}
    rates = {"encoder": options.rate, "heads": options.head_rate}
    groups = decayed(model)
    optimizer = torch.optim.AdamW([{"params": p, "lr": rates[part], "rate": rates[part], "weight_decay": 0.01 if decay else 0.0}
                                   for (part, decay), p in groups.items()], betas=(0.9, 0.98), fused=True)
    whole = math.ceil(options.epochs)
    per_epoch = len(Epoch(sets, 0, options).batches)
    steps = int(per_epoch * options.epochs)
    step, log = 0, open(out / "log.jsonl", "a", encoding="utf-8")
    last = out / "last.pt"
    if last.exists():
        state = torch.load(last, weights_only=True, map_location=device)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        average, step = state["average"], state["step"]
        print(f"goes on at step {step} of {steps}")
    else:
        (out / "options.json").write_text(json.dumps(vars(options), indent=1) + "\n")

    def save():
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "average": average, "step": step}, last.with_suffix(".tmp"))
        last.with_suffix(".tmp").rename(last)
        torch.save({"average": {k: v.cpu() for k, v in average.items()}, "options": vars(options)}, out / "average.pt")

    model.train()
    mask_id = vocabulary.id["[MASK]"]
    started, saved, pieces, sums, seen = time.time(), time.time(), 0, {}, 0
    for number in range(step // per_epoch, whole):
        epoch = Epoch(sets, number, options)
        for k, chosen in enumerate(epoch.batches):
            if number * per_epoch + k < step or step >= steps:
                continue
            rng = np.random.default_rng([options.seed, number, k])
            batch = windows.to(device, windows.inputs(chosen, vocabulary, mask_id, rng, options.hide, variation))
            target = windows.to(device, windows.targets(chosen, batch["first"].shape[1]))
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * schedule(step, steps)
            with torch.autocast(device.type, torch.bfloat16, enabled=options.bf16):
                words = model.words(batch)
            parts = losses.of(model, words, batch, target)
            loss = losses.total(parts)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for g in groups.values() for p in g], 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            decay = min(options.average, (1 + step) / (10 + step))
            with torch.no_grad():
                state = model.state_dict()
                for name, p in model.named_parameters():
                    if p.requires_grad:
                        average[name].lerp_(state[name], 1 - decay)
            pieces += int(batch["piece_mask"].sum())
            seen += 1
            for task, value in parts.items():
                total, count = sums.get(task, (0.0, 0))
                sums[task] = (total + value.detach(), count + 1)
            if step % 50 == 0 or step == steps:
                rate = pieces / (time.time() - started)
                left = (steps - step) * (time.time() - started) / seen / 60
                line = {"step": step, "epoch": round(step / per_epoch, 3), "pieces_s": round(rate), "left_min": round(left, 1),
                        **{t: round(float(total) / count, 4) for t, (total, count) in sorted(sums.items())}}
                print(json.dumps(line), flush=True)
                log.write(json.dumps(line) + "\n")
                log.flush()
                sums = {}
            if time.time() - saved > 60 * options.save_minutes or step == steps:
                save()
                saved = time.time()


if __name__ == "__main__":
    main()
