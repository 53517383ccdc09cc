"""Trains the token-embedding encoder: one vector and one weight a piece.

    python3 models/training/train.py --work WORK [--epochs 10] [--threads 2]

A text's vector is the weighted sum of its pieces' vectors, made unit length.
Contrast over the batch in both directions, at 64, 128 and 256 dimensions at
once, so that the first dimensions can be used alone. Writes WORK/encoder.pt
after every epoch and goes on from it when it is there.
"""

import argparse
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

from pairs import MIX, Papers, Phrases, bags
from prepare import SEED, VOCABULARY

DIMENSIONS = 256
NESTED = (256, 128, 64)
BATCH = 2048
SCALE = 16.0  # similarity scale; a gentler one keeps papers on one topic near
PEAK_RATE = 5e-3
WARM_UP = 100


class Encoder(torch.nn.Module):
    def __init__(self, vocabulary=VOCABULARY, dimensions=DIMENSIONS):
        super().__init__()
        self.vectors = torch.nn.Parameter(torch.randn(vocabulary, dimensions) * 0.1)
        self.weights = torch.nn.Parameter(torch.zeros(vocabulary))

    def forward(self, ids, offsets):
        weights = F.softplus(self.weights)[ids]
        return F.embedding_bag(ids, self.vectors, offsets, mode="sum", per_sample_weights=weights)

    def table(self):
        """Each piece's vector times its weight, float32 [vocabulary, dimensions]."""
        return (self.vectors * F.softplus(self.weights)[:, None]).detach().numpy()


def contrast(q, d, scale):
    loss = 0
    target = torch.arange(len(q))
    for n in NESTED:
        s = F.normalize(q[:, :n], dim=1) @ F.normalize(d[:, :n], dim=1).T * scale
        loss = loss + (F.cross_entropy(s, target) + F.cross_entropy(s.T, target)) / 2
    return loss / len(NESTED)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--work", required=True)
    arguments.add_argument("--epochs", type=int, default=10)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--scale", type=float, default=SCALE)
    arguments.add_argument("--mix", type=float, nargs=len(MIX), default=MIX)
    arguments.add_argument("--name", default="encoder")
    a = arguments.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(SEED)
    papers = Papers(f"{a.work}/papers.npz")
    phrases = Phrases(f"{a.work}/phrases.npz", papers.count)
    model = Encoder()
    optimizer = torch.optim.Adam(model.parameters(), lr=PEAK_RATE)
    steps = papers.count // BATCH * a.epochs
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / WARM_UP, max(0.02, 1 - (s - WARM_UP) / (steps - WARM_UP))))
    checkpoint, begin = f"{a.work}/{a.name}.pt", 0
    if os.path.exists(checkpoint):
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        rate.load_state_dict(saved["rate"])
        begin = saved["epoch"]
    for epoch in range(begin, a.epochs):
        rng = np.random.default_rng(SEED + epoch)
        order, started, losses = rng.permutation(papers.count), time.time(), []
        for at in range(0, papers.count - BATCH + 1, BATCH):
            chosen = order[at : at + BATCH]
            (qi, qo), (di, do) = (tuple(map(torch.from_numpy, b)) for b in bags(papers, *papers.spans(chosen, rng, a.mix, phrases)))
            loss = contrast(model(qi, qo), model(di, do), a.scale)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            rate.step()
            losses.append(loss.item())
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                    "rate": rate.state_dict(), "epoch": epoch + 1}, checkpoint + ".part")
        os.replace(checkpoint + ".part", checkpoint)
        print(f"epoch {epoch + 1} loss {np.mean(losses[-40:]):.4f} {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
