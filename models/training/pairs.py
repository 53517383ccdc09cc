"""Training pairs, drawn without labels from the papers themselves.

A pair is a query and a document that should be near:
  title      the title                     with the abstract
  sentence   one sentence of the abstract  with the title and the other sentences
  snippet    four to eight pieces in a row with the title and the other sentences
"""

import numpy as np


class Papers:
    def __init__(self, path):
        data = np.load(path)
        self.ids = data["ids"].astype(np.int64)
        self.starts = data["starts"]
        self.firsts = data["papers"]
        self.count = len(self.firsts) - 1

    def spans(self, chosen, rng, mix=(0.45, 0.35, 0.20)):
        """Per paper: query [q0, q1) and document [d0, d1) less the hole [h0, h1)."""
        first, last = self.firsts[chosen], self.firsts[chosen + 1]
        start, body, end = self.starts[first], self.starts[first + 1], self.starts[last]
        kind = rng.choice(3, len(chosen), p=mix)
        kind[last - first < 3] = 0  # one sentence only: nothing would be left
        # Any sentence of the abstract; texts first+1 … last-1.
        pick = first + 1 + (rng.random(len(chosen)) * (last - first - 1)).astype(np.int64)
        pick = np.minimum(pick, last - 1)
        s0, s1 = self.starts[pick], self.starts[pick + 1]
        length = np.minimum(4 + (rng.random(len(chosen)) * 5).astype(np.int64), s1 - s0)
        offset = (rng.random(len(chosen)) * (s1 - s0 - length + 1)).astype(np.int64)
        title, snippet = kind == 0, kind == 2
        q0 = np.where(title, start, np.where(snippet, s0 + offset, s0))
        q1 = np.where(title, body, np.where(snippet, s0 + offset + length, s1))
        d0 = np.where(title, body, start)
        h0, h1 = np.where(title, d0, s0), np.where(title, d0, s1)
        return (q0, q1), (d0, end, h0, h1)


def ranges(begin, end):
    """Concatenated aranges, and where each begins."""
    lengths = end - begin
    offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    positions = np.arange(lengths.sum()) - np.repeat(offsets - begin, lengths)
    return positions, offsets


def bags(papers, query, document):
    """Flat ids and bag offsets for queries and documents."""
    positions, q_offsets = ranges(*query)
    q_ids = papers.ids[positions]
    d0, d1, h0, h1 = document
    positions, offsets = ranges(d0, d1)
    row = np.repeat(np.arange(len(d0)), d1 - d0)
    keep = (positions < h0[row]) | (positions >= h1[row])
    counts = np.bincount(row[keep], minlength=len(d0))
    d_offsets = np.concatenate([[0], np.cumsum(counts)[:-1]])
    return (q_ids, q_offsets), (papers.ids[positions[keep]], d_offsets)
