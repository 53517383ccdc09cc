"""Phrases of titles that several papers share, once, for pairs.py.

    python3 models/training/phrases.py --work WORK

A phrase is one to three words in a row of a title, without a stop word at either
end, that FEWEST to MOST papers have in their titles; a single word must be rare.
Writes WORK/phrases.npz, one entry an occurrence, those of a phrase together:
  paper   int32 [occurrences]     the paper
  begin   int32 [occurrences]     its first piece, counted from the title's
  length  int16 [occurrences]     its pieces
  starts  int64 [phrases + 1]     where each phrase's occurrences begin
"""

import argparse
import collections
import os

import numpy as np
import sentencepiece as spm

WORDS = 3
FEWEST, MOST, MOST_OF_ONE_WORD = 2, 200, 40
STOP = set(
    "a an and are as at be by can do does for from how in into is it its of on or our that the their this to "
    "toward towards under up using via we what when where which who why with without new novel based approach "
    "approaches method methods framework model models learning system systems study analysis".split()
)


def words_of(ids, pieces, starts_word):
    """The words of a title with the place of their first piece."""
    found = []
    for at, i in enumerate(ids):
        if starts_word[i] or not found:
            found.append([pieces[i], at])
        else:
            found[-1][0] += pieces[i]
    return [(word.strip("▁:;,.!?()[]\"'"), at) for word, at in found]


def occurrences(papers, processor):
    """phrase -> [(paper, first piece, pieces)], each paper once."""
    pieces = [processor.id_to_piece(i) for i in range(len(processor))]
    starts_word = [piece.startswith("▁") for piece in pieces]
    table = collections.defaultdict(list)
    for paper in range(papers.count):
        first = papers.firsts[paper]
        ids = papers.ids[papers.starts[first] : papers.starts[first + 1]]
        words = words_of(ids, pieces, starts_word)
        ends = [at for _, at in words[1:]] + [len(ids)]
        seen = set()
        for i, (word, begin) in enumerate(words):
            if len(word) < 2 or word in STOP:
                continue
            phrase = []
            for j in range(i, min(i + WORDS, len(words))):
                phrase.append(words[j][0])
                key = " ".join(phrase)
                if words[j][0] in STOP or len(words[j][0]) < 2 or key in seen:
                    continue
                seen.add(key)
                table[key].append((paper, begin, ends[j] - begin))
    return table


def main():
    from pairs import Papers

    arguments = argparse.ArgumentParser()
    arguments.add_argument("--work", required=True)
    a = arguments.parse_args()
    papers = Papers(f"{a.work}/papers.npz")
    table = occurrences(papers, spm.SentencePieceProcessor(model_file=f"{a.work}/vocabulary.model"))
    kept = [rows for key, rows in table.items()
            if FEWEST <= len(rows) <= (MOST if " " in key else MOST_OF_ONE_WORD)]
    flat = np.array([row for rows in kept for row in rows])
    np.savez(f"{a.work}/phrases.part.npz", paper=flat[:, 0].astype(np.int32), begin=flat[:, 1].astype(np.int32),
             length=flat[:, 2].astype(np.int16), starts=np.cumsum([0] + [len(rows) for rows in kept]))
    os.replace(f"{a.work}/phrases.part.npz", f"{a.work}/phrases.npz")
    print(f"{len(kept)} phrases, {len(flat)} occurrences in {len(np.unique(flat[:, 0]))} of {papers.count} papers")


if __name__ == "__main__":
    main()
