"""Training pairs, drawn without labels from the papers themselves.

A pair is a query and a document that should be near:
  title      the title                     with the abstract
  sentence   one sentence of the abstract  with the title and the other sentences
  snippet    four to eight pieces in a row with the title and the other sentences
  phrase     a phrase of the title         with the abstract of another paper whose title has it
  kin        the title, or all of a paper  with another paper whose title shares a phrase
"""

import numpy as np

KINDS = TITLE, SENTENCE, SNIPPET, PHRASE, KIN = range(5)
#: Share of each kind, in the order of KINDS.
MIX = (0.36, 0.28, 0.16, 0.06, 0.14)


class Papers:
    def __init__(self, path):
        data = np.load(path)
        self.ids = data["ids"].astype(np.int64)
        self.starts = data["starts"]
        self.firsts = data["papers"]
        self.count = len(self.firsts) - 1

    def whole(self, papers):
        """Where a paper's pieces begin, where its abstract does, and where they end."""
        first = self.firsts[papers]
        return self.starts[first], self.starts[first + 1], self.starts[self.firsts[papers + 1]]

    def spans(self, chosen, rng, mix=MIX, phrases=None):
        """Per paper: query [q0, q1) and document [d0, d1) less the hole [h0, h1)."""
        first, last = self.firsts[chosen], self.firsts[chosen + 1]
        start, body, end = self.whole(chosen)
        kind = rng.choice(len(mix), len(chosen), p=np.array(mix) / sum(mix))
        kind[(kind <= SNIPPET) & (last - first < 3)] = TITLE  # one sentence only: nothing would be left
        # Any sentence of the abstract; texts first+1 … last-1.
        pick = first + 1 + (rng.random(len(chosen)) * (last - first - 1)).astype(np.int64)
        pick = np.minimum(pick, last - 1)
        s0, s1 = self.starts[pick], self.starts[pick + 1]
        length = np.minimum(4 + (rng.random(len(chosen)) * 5).astype(np.int64), s1 - s0)
        offset = (rng.random(len(chosen)) * (s1 - s0 - length + 1)).astype(np.int64)
        title, snippet = kind == TITLE, kind == SNIPPET
        q0 = np.where(title, start, np.where(snippet, s0 + offset, s0))
        q1 = np.where(title, body, np.where(snippet, s0 + offset + length, s1))
        d0 = np.where(title, body, start)
        h0, h1 = np.where(title, d0, s0), np.where(title, d0, s1)
        if phrases is not None:
            self._share(chosen, kind, rng, phrases, q0, q1, d0, end, h0, h1)
        return (q0, q1), (d0, end, h0, h1)

    def _share(self, chosen, kind, rng, phrases, q0, q1, d0, d1, h0, h1):
        """Puts the pairs of two papers in; a paper that shares nothing keeps its title."""
        at = np.flatnonzero(kind > SNIPPET)
        begin, length, other = phrases.draw(chosen[at], rng)
        first = self.firsts[chosen[at]]
        start, body, end = self.starts[first], self.starts[first + 1], self.starts[self.firsts[chosen[at] + 1]]
        alone, phrase = other < 0, kind[at] == PHRASE
        other = np.where(alone, chosen[at], other)
        theirs = self.firsts[other]
        whole = rng.random(len(at)) < 0.5
        q0[at] = np.where(phrase & ~alone, start + begin, start)
        q1[at] = np.where(alone, body, np.where(phrase, start + begin + length, np.where(whole, end, body)))
        d0[at] = h0[at] = h1[at] = self.starts[np.where(phrase | alone, theirs + 1, theirs)]
        d1[at] = self.starts[self.firsts[other + 1]]


class Phrases:
    """Which titles share which phrases (phrases.py)."""

    def __init__(self, path, count):
        data = np.load(path)
        self.paper, self.begin, self.length, self.starts = (data[n] for n in ("paper", "begin", "length", "starts"))
        self.phrase = np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))
        self.by_paper = np.argsort(self.paper, kind="stable")
        self.bounds = np.searchsorted(self.paper[self.by_paper], np.arange(count + 1))

    def draw(self, papers, rng):
        """Per paper one of its phrases, as first piece and length, and another paper with it, or -1."""
        low, high = self.bounds[papers], self.bounds[papers + 1]
        place = low + (rng.random(len(papers)) * (high - low)).astype(np.int64)
        found = self.by_paper[np.minimum(place, len(self.by_paper) - 1)]
        begin, size = self.starts[self.phrase[found]], np.diff(self.starts)[self.phrase[found]]
        # Any of the others: one of size - 1 steps onward, around the end.
        step = 1 + (rng.random(len(papers)) * (size - 1)).astype(np.int64)
        partner = begin + (found - begin + step) % size
        return self.begin[found], self.length[found], np.where(high > low, self.paper[partner], -1).astype(np.int64)


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


def lengths_of(offsets, total):
    return np.diff(np.append(offsets, total))


def shorten(bag, rng, longest):
    """At most `longest` pieces of each text: mostly its beginning, sometimes a later part."""
    ids, offsets = bag
    lengths = lengths_of(offsets, len(ids))
    kept = np.minimum(lengths, longest)
    later = (rng.random(len(lengths)) * (lengths - kept + 1)).astype(np.int64)
    start = offsets + np.where(rng.random(len(lengths)) < 0.6, 0, later)
    positions, starts = ranges(start, start + kept)
    return ids[positions], starts


def without_shared(query, document, rng, pairs, pieces):
    """The queries, of a share `pairs` of which a share `pieces` of what their document has too is left out; one
    that would keep fewer than four pieces stays whole."""
    ids, offsets = query
    lengths = lengths_of(offsets, len(ids))
    row = np.repeat(np.arange(len(offsets)), lengths)
    document_row = np.repeat(np.arange(len(document[1])), lengths_of(document[1], len(document[0])))
    width = 1 << 16
    shared = np.isin(row * width + ids, document_row * width + document[0])
    out = shared & (rng.random(len(ids)) < pieces) & (rng.random(len(offsets)) < pairs)[row]
    left = np.bincount(row[~out], minlength=len(offsets))
    whole = left < 4
    out &= ~whole[row]
    counts = np.where(whole, lengths, left)
    return ids[~out], np.concatenate([[0], np.cumsum(counts)[:-1]])
