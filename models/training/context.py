"""Trains the contextual encoder, begun as the token-embedding one.

    python3 models/training/context.py --work WORK [--base encoder] [--name context] [--steps 1650] [--window 0]

Of each text the token-embedding model's vector is made first. That vector, through a learned matrix,
asks every piece how much it is to the point, neighbours lend each other their answer, and the pieces are
summed anew by it: a piece's weight is that of this text, not of the language. How much a piece's weight
goes with the text's length and with its own repetitions is learned for each piece.
With --window N there is a hidden layer of N units beside it: each place sees the pieces before and after
it in their order and the text's vector, says more of the piece's weight, and adds what it finds to the sum.

In most pairs what query and document share is dropped from the query in part (DROP_PAIRS, DROP_PIECES):
what is left has to be found by what it means.
Goes on from WORK/NAME.pt when it is there; writes it every SAVE steps.
"""

import argparse
import hashlib
import time

import numpy as np
import torch
import torch.nn.functional as F

from pairs import MIX, Papers, Phrases, bags, shorten, without_shared
from prepare import SEED, VOCABULARY
from train import BATCH, DIMENSIONS, NESTED, PLACES, SCALE, contrast, resume, save, surroundings

SPREAD = 2  # places to each side that lend their answer
REACH = 1  # places to each side that a window sees
SHARPNESS = 4.0  # of the answers, at the start of training
USUAL_LENGTH = 64  # pieces; lengths count as logarithms against it
LONGEST = 160  # pieces of a text in training
DROP_PAIRS, DROP_PIECES = 0.6, 0.7
PEAK_RATE = 2e-3
FAST, SLOW = 3.0, 0.15  # rates of the new weights, and of those that add to the vector itself
WARM_UP, SAVE, REPORT = 60, 330, 55


class Context(torch.nn.Module):
    def __init__(self, window=0, vocabulary=VOCABULARY, dimensions=DIMENSIONS):
        super().__init__()
        def zeros(*shape):
            return torch.nn.Parameter(torch.zeros(*shape))

        self.vectors = zeros(vocabulary, dimensions)
        self.weights = zeros(vocabulary)
        self.lengths = zeros(vocabulary)
        self.dampings = zeros(vocabulary)
        self.places = zeros(PLACES)
        self.question = zeros(dimensions, dimensions)
        self.lending = torch.nn.Parameter(torch.eye(2 * SPREAD + 1)[SPREAD].clone())
        self.window = window
        if window:
            views = 2 * REACH + 1
            self.look = torch.nn.Parameter(torch.randn(views, dimensions, window) / (dimensions * views) ** 0.5)
            self.bias = zeros(window)
            self.about = zeros(dimensions, window)
            self.answer = zeros(window)
            self.find = zeros(window, dimensions)

    def begin(self, state):
        """Takes what a token-embedding or contextual checkpoint has of its weights."""
        state = dict(state)
        if "damping" in state:
            state["dampings"] = torch.full_like(self.dampings, state.pop("damping").item())
        missing = self.load_state_dict(state, strict=False)
        assert not missing.unexpected_keys, missing.unexpected_keys

    def forward(self, ids, offsets, places, uses):
        """Sums [texts, dimensions]; `places` and `uses` as of train.surroundings."""
        on = {"device": ids.device}
        counts = torch.diff(offsets, append=torch.tensor([len(ids)], **on))
        row = torch.repeat_interleave(torch.arange(len(offsets), **on), counts)

        def of(table):
            return F.embedding(ids, table[:, None])[:, 0]

        place_weights = torch.cat([self.places, torch.zeros(1, **on)]).exp()
        given = F.embedding(places, place_weights[:, None])[:, 0] * uses ** -of(self.dampings)
        logits = of(self.weights) + of(self.lengths) * (counts / USUAL_LENGTH).log().index_select(0, row)

        def pool(weights):
            return F.embedding_bag(ids, self.vectors, offsets, mode="sum", per_sample_weights=weights)

        first = F.normalize(pool(F.softplus(logits) * given), dim=1)
        asked = (first @ self.question).index_select(0, row)
        answers = SHARPNESS * (asked * F.embedding(ids, F.normalize(self.vectors, dim=1))).sum(1)
        logits = logits + self.lend(answers, row)
        if not self.window:
            return pool(F.softplus(logits) * given)
        hidden = self.look_around(ids, row, first)
        weights = F.softplus(logits + hidden @ self.answer) * given
        found = F.embedding_bag(torch.arange(len(ids), **on), hidden, offsets, mode="sum", per_sample_weights=weights)
        return pool(weights) + found @ self.find

    def lend(self, answers, row):
        """Each answer with its neighbours' in the same text, by the weights of `lending`."""
        wide, wide_row = F.pad(answers, (SPREAD, SPREAD)), F.pad(row, (SPREAD, SPREAD), value=-1)
        total = 0
        for step, share in enumerate(self.lending):
            part = slice(step, step + len(answers))
            total = total + wide[part] * (wide_row[part] == row) * share
        return total

    def look_around(self, ids, row, first):
        """Hidden units [pieces, window]. The first layer is one product for the vocabulary, then looked up:
        a product for each place of a batch costs ten times as much."""
        normal = F.layer_norm(self.vectors, (self.vectors.shape[1],))
        x = (first * 16 @ self.about).index_select(0, row) + self.bias
        edge = torch.zeros(REACH, dtype=torch.long, device=ids.device)
        wide_ids, wide_row = torch.cat([edge, ids, edge]), torch.cat([edge - 1, row, edge - 1])
        nothing = len(normal)
        for view, look in enumerate(self.look):
            here = wide_row[view : view + len(ids)] == row
            seen = torch.where(here, wide_ids[view : view + len(ids)], torch.full_like(ids, nothing))
            x = x + F.embedding(seen, F.pad(normal @ look, (0, 0, 0, 1)), padding_idx=nothing)
        return F.gelu(x)


def tensors(bag):
    return [torch.from_numpy(part) for part in (*bag, *surroundings(*bag))]


def optimizer_of(model, rate):
    known = [model.vectors, model.weights, model.places, model.dampings]
    slow = [model.find] if model.window else []
    fast = [p for p in model.parameters() if all(p is not q for q in known + slow)]
    groups = [(known, rate), (fast, rate * FAST), (slow, rate * SLOW)]
    return torch.optim.Adam([{"params": p, "lr": r} for p, r in groups if p], betas=(0.9, 0.98)), fast


def batches(papers, phrases, begin):
    """Endless bags of queries and documents; what comes after a resumption depends on where it resumes."""
    rng = np.random.default_rng(SEED + begin)
    while True:
        order = rng.permutation(papers.count)
        for at in range(0, papers.count - BATCH + 1, BATCH):
            query, document = bags(papers, *papers.spans(order[at : at + BATCH], rng, MIX, phrases))
            query = without_shared(query, document, rng, DROP_PAIRS, DROP_PIECES)
            yield tensors(shorten(query, rng, LONGEST)), tensors(shorten(document, rng, LONGEST))


def digest(path):
    """A base that is trained anew is another base."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--work", required=True)
    arguments.add_argument("--base", default="encoder")
    arguments.add_argument("--name", default="context")
    arguments.add_argument("--steps", type=int, default=1650)
    arguments.add_argument("--rate", type=float, default=PEAK_RATE)
    arguments.add_argument("--window", type=int, default=0)
    arguments.add_argument("--scale", type=float, default=SCALE)
    arguments.add_argument("--shares", type=float, nargs=len(NESTED), default=[1, 1, 1],
                           help="of 256, 128 and 64 dimensions in the loss")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    a = arguments.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(SEED)
    papers = Papers(f"{a.work}/papers.npz")
    phrases = Phrases(f"{a.work}/phrases.npz", papers.count)
    model = Context(a.window)
    model.begin(torch.load(f"{a.work}/{a.base}.pt", map_location="cpu")["model"])
    model.to(a.device)
    optimizer, fast = optimizer_of(model, a.rate)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / WARM_UP, max(0.02, 1 - s / a.steps)))
    checkpoint, parts = f"{a.work}/{a.name}.pt", {"model": model, "optimizer": optimizer, "rate": rate}
    asked = {"base": digest(f"{a.work}/{a.base}.pt"), "steps": a.steps, "rate": a.rate, "window": a.window,
             "scale": a.scale, "shares": a.shares}
    begin = resume(checkpoint, asked, a.device, parts)
    started, losses = time.time(), []
    for step, (query, document) in zip(range(begin + 1, a.steps + 1), batches(papers, phrases, begin)):
        query, document = ([part.to(a.device) for part in bag] for bag in (query, document))
        loss = contrast(model(*query), model(*document), a.scale, a.shares)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(fast, 1.0)
        optimizer.step()
        rate.step()
        losses.append(loss.item())
        if step % REPORT == 0:
            print(f"step {step} loss {np.mean(losses[-REPORT:]):.4f} {time.time() - started:.0f} s", flush=True)
        if step % SAVE == 0 or step == a.steps:
            save(checkpoint, asked, parts, step)


if __name__ == "__main__":
    main()
