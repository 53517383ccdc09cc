"""What words say of the pairs of a batch: BM25 over pieces, as the site's hybrid standardizes it."""

import numpy as np
import scipy.sparse as sparse

K1, B = 1.2, 0.75
#: Deviations above the mean at which words are as sure as they can be.
MOST = 8


class Words:
    def __init__(self, papers):
        """Rarity by the papers that have a piece."""
        begin, end = papers.starts[papers.firsts[:-1]], papers.starts[papers.firsts[1:]]
        size = int(papers.ids.max()) + 1
        row = np.repeat(np.arange(papers.count), end - begin)
        once = np.unique(row * size + papers.ids[: end[-1]])
        uses = np.bincount(once % size, minlength=size)
        self.rarity = np.log(1 + (papers.count - uses + 0.5) / (uses + 0.5)).astype(np.float32)
        self.length = float((end - begin).mean())

    def counts(self, ids, offsets):
        ends = np.append(offsets, len(ids))
        matrix = sparse.csr_matrix((np.ones(len(ids), np.float32), ids, ends), (len(offsets), len(self.rarity)))
        matrix.sum_duplicates()
        return matrix

    def scores(self, query, document):
        """float32 [queries, documents], standardized over each query's documents."""
        q, d = self.counts(*query), self.counts(*document)
        row = np.repeat(np.arange(d.shape[0]), np.diff(d.indptr))
        lengths = np.asarray(d.sum(axis=1)).ravel()
        norm = K1 * (1 - B + B * lengths[row] / self.length)
        d.data = d.data * (K1 + 1) / (d.data + norm)
        # Pieces that every other document has say nothing and cost the most.
        q.data = np.where(self.rarity[q.indices] > 1, np.minimum(q.data, 3) * self.rarity[q.indices], 0)
        q.eliminate_zeros()
        s = (q @ d.T).toarray()
        z = (s - s.mean(axis=1, keepdims=True)) / np.maximum(s.std(axis=1, keepdims=True), 1e-6)
        return np.minimum(z, MOST)
