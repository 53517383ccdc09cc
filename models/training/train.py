"""Trains the token-embedding encoder: one vector and one weight a piece, one weight a place.

    python3 models/training/train.py --work WORK [--epochs 10] [--threads 2]

A text's vector is the weighted sum of its pieces' vectors, made unit length. Weights: the
piece's, its place's (titles stand first), and less for each piece of which the text has several.
Contrast over the batch in both directions, at 64, 128 and 256 dimensions at
once, so that the first dimensions can be used alone. Writes WORK/NAME.pt
(encoder.pt) after every epoch and goes on from it when it is there.
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
PLACES = 64
PEAK_RATE = 5e-3
WARM_UP = 100


class Encoder(torch.nn.Module):
    def __init__(self, vocabulary=VOCABULARY, dimensions=DIMENSIONS):
        super().__init__()
        self.vectors = torch.nn.Parameter(torch.randn(vocabulary, dimensions) * 0.1)
        self.weights = torch.nn.Parameter(torch.zeros(vocabulary))
        # Logarithms, against the places after them.
        self.places = torch.nn.Parameter(torch.zeros(PLACES))
        self.damping = torch.nn.Parameter(torch.tensor(0.5))

    def forward(self, ids, offsets, places, uses):
        weights = F.softplus(self.weights)[ids] * self.place_weights()[places] * uses ** -self.damping
        return F.embedding_bag(ids, self.vectors, offsets, mode="sum", per_sample_weights=weights)

    def place_weights(self):
        """float32 [PLACES + 1]; the last is of every further place."""
        return torch.cat([self.places, torch.zeros(1, device=self.places.device)]).exp()


def surroundings(ids, offsets):
    """Of each piece its place in its text, up to PLACES, and how often the text has it."""
    lengths = np.diff(np.append(offsets, len(ids)))
    places = np.minimum(np.arange(len(ids)) - np.repeat(offsets, lengths), PLACES)
    keys = np.repeat(np.arange(len(offsets)), lengths) * VOCABULARY + ids
    _, which, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return places, counts[which].astype(np.float32)


class Contrast(torch.autograd.Function):
    """Cross entropy of each row and of each column of s against the diagonal, meaned: both directions of one
    exponential, which is most of a step's cost. No entry of s is above `ceiling`."""

    @staticmethod
    def forward(context, s, ceiling):
        e = (s - ceiling).exp_()
        rows, columns = e.sum(1), e.sum(0)
        context.save_for_backward(e, rows, columns)
        return (rows.log().mean() + columns.log().mean()) / 2 + ceiling - s.diagonal().mean()

    @staticmethod
    def backward(context, slope):
        e, rows, columns = context.saved_tensors
        s = e * (1 / rows)[:, None]
        s.add_(e.mul_((1 / columns)[None, :])).mul_(0.5)
        s.diagonal().sub_(1)
        return s.mul_(slope / len(s)), None


def contrast(q, d, scale, shares=(1,) * len(NESTED)):
    """Each query against all documents of the batch and back, at every number of dimensions."""
    loss = 0
    for n, share in zip(NESTED, shares):
        s = F.normalize(q[:, :n], dim=1) @ F.normalize(d[:, :n], dim=1).T * scale
        loss = loss + share * Contrast.apply(s, scale)
    return loss / sum(shares)


def resume(path, asked, device, parts):
    """Where training stood, 0 where it has not begun; `parts` take their states from the checkpoint."""
    if not os.path.exists(path):
        return 0
    saved = torch.load(path, map_location=device)
    if saved["asked"] != asked:
        raise SystemExit(f"{path} is of another run: {saved['asked']}. --name names another place.")
    for name, part in parts.items():
        part.load_state_dict(saved[name])
    return saved["done"]


def save(path, asked, parts, done):
    """Under another name first: a kill must not leave half a checkpoint."""
    states = {name: part.state_dict() for name, part in parts.items()}
    torch.save({**states, "done": done, "asked": asked}, path + ".part")
    os.replace(path + ".part", path)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--work", required=True)
    arguments.add_argument("--epochs", type=int, default=10)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--scale", type=float, default=SCALE)
    arguments.add_argument("--mix", type=float, nargs=len(MIX), default=MIX)
    arguments.add_argument("--name", default="encoder")
    arguments.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    a = arguments.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(SEED)
    papers = Papers(f"{a.work}/papers.npz")
    phrases = Phrases(f"{a.work}/phrases.npz", papers.count)
    model = Encoder().to(a.device)
    optimizer = torch.optim.Adam(model.parameters(), lr=PEAK_RATE)
    steps = papers.count // BATCH * a.epochs
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / WARM_UP, max(0.02, 1 - (s - WARM_UP) / (steps - WARM_UP))))
    checkpoint, parts = f"{a.work}/{a.name}.pt", {"model": model, "optimizer": optimizer, "rate": rate}
    asked = {"scale": a.scale, "mix": list(a.mix), "epochs": a.epochs}
    begin = resume(checkpoint, asked, a.device, parts)
    for epoch in range(begin, a.epochs):
        rng = np.random.default_rng(SEED + epoch)
        order, started, losses = rng.permutation(papers.count), time.time(), []
        for at in range(0, papers.count - BATCH + 1, BATCH):
            pairs = bags(papers, *papers.spans(order[at : at + BATCH], rng, a.mix, phrases))
            q, d = (model(*(torch.from_numpy(part).to(a.device) for part in (*bag, *surroundings(*bag))))
                    for bag in pairs)
            loss = contrast(q, d, a.scale)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            rate.step()
            losses.append(loss.item())
        save(checkpoint, asked, parts, epoch + 1)
        print(f"epoch {epoch + 1} loss {np.mean(losses[-40:]):.4f} {time.time() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
