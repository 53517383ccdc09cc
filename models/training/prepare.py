"""Corpora -> vocabulary and token ids, once, for train.py.

    python3 models/training/prepare.py --corpora DIR --judged DIR --seed FILE --out WORK

Reads papers-*.jsonl.gz and hfdaily.jsonl.gz, leaves out by normalized title
every paper of the judged sets and of the shipped list, learns a unigram
vocabulary and writes WORK/vocabulary.model and WORK/papers.npz:
  ids      uint16 [pieces]     all texts end to end
  starts   int64  [texts + 1]  where each text begins; a paper is its title
                               followed by the sentences of its abstract
  papers   int64  [papers + 1] the first text of each paper
"""

import argparse
import glob
import gzip
import json
import os
import random

import numpy as np
import sentencepiece as spm

from text import normalize, plain, sentences, title_key

VOCABULARY = 24000
TRAINING_SENTENCES = 1_000_000
SEED = 20261123


def lines(path):
    with (gzip.open(path, "rt") if path.endswith(".gz") else open(path)) as file:
        for line in file:
            yield json.loads(line)


def left_out(judged, seed):
    keys = set()
    for path in glob.glob(f"{judged}/*/papers.jsonl.gz") + glob.glob(f"{judged}/*.jsonl.gz"):
        keys.update(title_key(p["title"]) for p in lines(path) if p["title"])
    # The seed is a page of text: each title is a line of its own, so every line is a key.
    with open(seed) as file:
        keys.update(title_key(line) for line in file if line.strip())
    return keys - {""}


def read_papers(corpora, skip):
    seen, dropped = set(), 0
    for path in sorted(glob.glob(f"{corpora}/*.jsonl.gz")):
        for paper in lines(path):
            key = title_key(paper["title"])
            if key in skip:
                dropped += 1
            elif key and key not in seen and len(paper.get("abstract") or "") > 120:
                seen.add(key)
                yield [normalize(plain(paper["title"]))] + [
                    normalize(s) for s in sentences(plain(paper["abstract"]))
                ]
    print(f"{len(seen)} papers kept, {dropped} left out (judged sets and the shipped list)")


def learn_vocabulary(papers, out):
    rng = random.Random(SEED)
    sample = [text for paper in papers for text in paper if rng.random() < 0.5]
    rng.shuffle(sample)
    path = os.path.join(out, "sentences.txt")
    with open(path, "w") as file:
        file.write("\n".join(sample[:TRAINING_SENTENCES]))
    spm.SentencePieceTrainer.train(
        input=path, model_prefix=os.path.join(out, "vocabulary"), vocab_size=VOCABULARY,
        model_type="unigram", normalization_rule_name="identity", split_by_number=False,
        character_coverage=0.9998, unk_id=0, bos_id=-1, eos_id=-1, pad_id=1, num_threads=2,
        input_sentence_size=TRAINING_SENTENCES, train_extremely_large_corpus=False,
    )
    os.remove(path)


def main():
    arguments = argparse.ArgumentParser()
    for name in ("corpora", "judged", "seed", "out"):
        arguments.add_argument(f"--{name}", required=True)
    a = arguments.parse_args()
    os.makedirs(a.out, exist_ok=True)
    papers = list(read_papers(a.corpora, left_out(a.judged, a.seed)))
    if not os.path.exists(f"{a.out}/vocabulary.model"):
        learn_vocabulary(papers, a.out)
    processor = spm.SentencePieceProcessor(model_file=f"{a.out}/vocabulary.model")
    ids, starts, firsts = [], [0], [0]
    total = 0
    for paper in papers:
        for text in processor.encode(paper):
            ids.append(np.array(text, dtype=np.uint16))
            total += len(text)
            starts.append(total)
        firsts.append(len(starts) - 1)
    # Under another name first: a file that a kill cut short must not pass for whole.
    np.savez(f"{a.out}/papers.part.npz", ids=np.concatenate(ids),
             starts=np.array(starts), papers=np.array(firsts))
    os.replace(f"{a.out}/papers.part.npz", f"{a.out}/papers.npz")
    print(f"{len(papers)} papers, {len(starts) - 1} texts, {total} pieces")


if __name__ == "__main__":
    main()
