"""Quick look at a checkpoint on the judged sets, vectors alone, float and int8.

    python3 models/training/evaluate.py --work WORK --judged DIR

For choosing between training runs; the figures of record come from the site's
own code.
"""

import argparse
import gzip
import hashlib
import json
import sys

import numpy as np
import sentencepiece as spm

from export import embed, load, stored


def lines(path):
    with (gzip.open(path, "rt") if path.endswith(".gz") else open(path)) as file:
        return [json.loads(line) for line in file]


def qrels(path):
    judged = {}
    with open(path) as file:
        for line in file:
            query, _, paper, grade = line.split()
            judged.setdefault(query, {})[paper] = int(grade)
    return judged


def text(paper):
    return f"{paper['title']}. {paper['abstract']}"


def ndcg10(gains, ideal):
    discounts = 1 / np.log2(np.arange(2, 12))
    best = sorted(ideal, reverse=True)[:10]
    return (gains * discounts[: len(gains)]).sum() / (np.array(best) * discounts[: len(best)]).sum()


def is_in(part, query):
    """The half of the queries that choices are made on, or that is reported, as tests/bench/quality/judged.ts."""
    even = hashlib.sha256(query.encode()).digest()[0] % 2 == 0
    return part == "all" or even == (part == "fitting")


def measure(judged_dir, name, pooled, encode, part):
    papers = lines(f"{judged_dir}/{name}/papers.jsonl.gz") + (lines(f"{judged_dir}/pool.jsonl.gz") if pooled else [])
    judged, ids = qrels(f"{judged_dir}/{name}/qrels.txt"), [p["id"] for p in papers]
    position = {id_: i for i, id_ in enumerate(ids)}
    matrix = encode([text(p) for p in papers])
    mrr, ndcg = [], []
    for query in lines(f"{judged_dir}/{name}/queries.jsonl"):
        relevant = judged.get(query["id"])
        if not relevant or not is_in(part, query["id"]):
            continue
        vector = encode([query["text"]])[0] if "text" in query else matrix[position[query["paper"]]]
        scores = matrix @ vector
        if "paper" in query:
            scores[position[query["paper"]]] = -9
        order = np.argsort(-scores)[:1000]
        gains = np.array([relevant.get(ids[i], 0) for i in order])
        hit = np.flatnonzero(gains)
        mrr.append(1 / (hit[0] + 1) if len(hit) else 0)
        ndcg.append(ndcg10(gains[:10], list(relevant.values())))
    return 100 * np.mean(mrr), 100 * np.mean(ndcg)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--work", required=True)
    arguments.add_argument("--judged", required=True)
    arguments.add_argument("--name", default="encoder")
    arguments.add_argument("--part", choices=("fitting", "reporting", "all"), default="fitting")
    a = arguments.parse_args()
    processor = spm.SentencePieceProcessor(model_file=f"{a.work}/vocabulary.model")
    model = load(a.work, a.name)
    for label, read, n in (("float 256", model, 256), ("int8 256", stored(model)[0], 256),
                           ("float 128", model, 128), ("float 64", model, 64)):
        def encode(texts):
            rows = embed(processor, read, texts)[:, :n]
            return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        row = [measure(a.judged, name, pooled, encode, a.part) for name, pooled in (("scitldr", True), ("topics", True), ("citations", False))]
        print(f"{label:10s} summaries MRR {row[0][0]:.1f}  topics nDCG@10 {row[1][1]:.1f}  citations nDCG@10 {row[2][1]:.1f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
