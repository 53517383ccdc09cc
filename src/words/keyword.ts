import { type TermUse, TOLD_TERMS, tellingTerms, weighTerms } from './like.ts';
import { type QueryOptions, type QueryWord, readQuery } from './query.ts';
import { type Board, createBoard, createTally, type NotedPaper } from './tally.ts';
import { createVocabulary } from './vocabulary.ts';

/** BM25's saturation: how much a word's second and third use still add. */
export const BM25_K1 = 1.2;
/** BM25's length correction: 0 none, 1 full. */
export const BM25_B = 0.75;

/** What the words of a query say of one paper. */
export interface KeywordMatch {
  readonly id: string;
  /** BM25, above 0; of papers like others, about 1 for the likest and below 0 for those like the disliked. */
  readonly score: number;
  /** Share of the query's idf mass that the paper has, 0 to 1. */
  readonly coverage: number;
  /** The paper's words that matched, as they stand in it, each once. */
  readonly words: readonly string[];
}

export interface KeywordScores {
  /** Papers with a match, best first, equal ones in the order they were put. */
  readonly matches: readonly KeywordMatch[];
  /** Number of papers searched, with and without a match. */
  readonly papers: number;
}

/** An inverted index over titles, abstracts, authors, organisations and the reader's notes. */
export interface KeywordIndex {
  /** Adds papers, or replaces those with the same id. In slices of a few hundred a query can come between. */
  put(papers: readonly NotedPaper[]): void;
  /** Unknown ids are passed over. */
  remove(ids: Iterable<string>): void;
  search(query: string, options?: QueryOptions): KeywordScores;
  /**
   * Papers by the words that they share with some papers and not with others, best first, with the most telling of
   * those words. A paper has about 1 when it is like each of them as that one is like itself; unlike ones are below
   * 0. Unknown ids are passed over. What is only in the note of one of them tells nothing of its like.
   */
  like(liked: readonly string[], disliked?: readonly string[]): KeywordScores;
  /** Rarity of a stemmed term, `ln(1 + (N - n + 0.5) / (n + 0.5))`: 0 for one in every paper of many. */
  idf(term: string): number;
  /** How many papers have a stemmed term. */
  papersWith(term: string): number;
  /** Number of papers. */
  size(): number;
}

/** Where a term occurs; parallel arrays, one entry a paper, in slot order. */
interface Postings {
  slots: number[];
  /** Weighted count of the term in the paper. */
  counts: number[];
  /** The word as it stands in the paper, at its first place. */
  words: string[];
  /** Papers that have it now: removed ones keep their entries until the index is packed. */
  papers: number;
}

/** One paper's place in the index. */
interface Slot {
  readonly paper: NotedPaper;
  /** Weighted number of words. */
  readonly length: number;
  readonly terms: Uint32Array;
  /** So many of them, the first, are the paper's own; the rest only its note has. */
  readonly own: number;
  removed: boolean;
}

/** The index is packed when this share of its slots, and at least this many, are of removed papers. */
const PACK_SHARE = 0.25;
const PACK_LEAST = 64;

export function createKeywordIndex(): KeywordIndex {
  let vocabulary = createVocabulary();
  let tally = createTally(vocabulary.put);
  let postings: Postings[] = [];
  let slots: Slot[] = [];
  let slotOf = new Map<string, number>();
  let totalLength = 0;

  const rarity = (papers: number) => idfOf(papers, slotOf.size);
  const papersWith = (term: number | undefined) => (term === undefined ? 0 : (postings[term]?.papers ?? 0));

  function put(papers: readonly NotedPaper[]): void {
    remove(papers.map(({ id }) => id));
    for (const paper of papers) {
      // The same paper twice in one slice: the later one stays.
      if (slotOf.has(paper.id)) remove([paper.id]);
      add(paper);
    }
  }

  function add(paper: NotedPaper): void {
    const slot = slots.length;
    const { terms, own, length } = tally.count(paper);
    for (const term of terms) {
      const { count, word } = tally.take(term);
      let list = postings[term];
      if (!list) {
        list = { slots: [], counts: [], words: [], papers: 0 };
        postings[term] = list;
      }
      list.slots.push(slot);
      list.counts.push(count);
      list.words.push(word);
      list.papers++;
    }
    slots.push({ paper, length, terms: Uint32Array.from(terms), own, removed: false });
    slotOf.set(paper.id, slot);
    totalLength += length;
  }

  function remove(ids: Iterable<string>): void {
    for (const id of ids) {
      const place = slotOf.get(id);
      if (place === undefined) continue;
      const slot = slots[place] as Slot;
      slot.removed = true;
      for (const term of slot.terms) (postings[term] as Postings).papers--;
      totalLength -= slot.length;
      slotOf.delete(id);
    }
    const dead = slots.length - slotOf.size;
    if (dead >= PACK_LEAST && dead > slots.length * PACK_SHARE) pack();
  }

  /** Reads the living papers again: the only way to be rid of words that nobody has any more. */
  function pack(): void {
    const living = slots.filter(({ removed }) => !removed);
    vocabulary = createVocabulary();
    tally = createTally(vocabulary.put);
    postings = [];
    slots = [];
    slotOf = new Map();
    totalLength = 0;
    for (const { paper } of living) add(paper);
  }

  /** How many papers have a query's word: itself where it is known, else any that it may stand for. */
  function papersOf({ alternatives }: QueryWord): number {
    const exact = alternatives.find(({ weight }) => weight === 1);
    if (exact) return papersWith(exact.term);
    // A paper may have several of them: a sum of their papers could exceed all papers there are.
    const having = new Uint8Array(slots.length);
    let papers = 0;
    for (const { term } of alternatives) {
      for (const place of (postings[term] as Postings).slots) {
        if (having[place] || (slots[place] as Slot).removed) continue;
        having[place] = 1;
        papers++;
      }
    }
    return papers;
  }

  function search(query: string, options: QueryOptions = {}): KeywordScores {
    const words = readQuery(query, vocabulary, papersWith, options);
    const board = createBoard(slots.length);
    const averageLength = totalLength / Math.max(1, slotOf.size);
    let mass = 0;
    for (const word of words) {
      const idf = rarity(papersOf(word));
      mass += idf * word.count;
      for (const { term, weight } of word.alternatives) {
        // A rare word's common neighbour must not inherit its rarity.
        const value = weight * Math.min(idf, rarity(papersWith(term))) * word.count;
        scoreTerm(postings[term] as Postings, slots, averageLength, value, weight * idf * word.count, board);
      }
      board.closeWord();
    }
    const matches = ranked(board, (_, slot) =>
      mass > 0 ? Math.min(1, (board.covered[slot] as number) / mass) : 0,
    );
    return { matches, papers: slotOf.size };
  }

  function usesOf(id: string): TermUse[] {
    const place = slotOf.get(id) as number;
    const slot = slots[place] as Slot;
    const average = totalLength / Math.max(1, slotOf.size);
    return [...slot.terms.subarray(0, slot.own)].map((term) => {
      const list = postings[term] as Postings;
      const count = list.counts[findSorted(list.slots, place)] as number;
      return { term, count, idf: rarity(list.papers), saturation: saturate(count, slot.length, average) };
    });
  }

  function like(liked: readonly string[], disliked: readonly string[] = []): KeywordScores {
    const known = (ids: readonly string[]) =>
      ids.filter((id) => slotOf.has(id)).map((id) => weighTerms(usesOf(id)));
    const terms = tellingTerms(known(liked), known(disliked));
    const board = createBoard(slots.length);
    const average = totalLength / Math.max(1, slotOf.size);
    for (const [index, [term, weight]] of terms.entries()) {
      const list = postings[term] as Postings;
      const told = index < TOLD_TERMS && weight > 0;
      list.slots.forEach((place, entry) => {
        const slot = slots[place] as Slot;
        if (slot.removed) return;
        const score = weight * saturate(list.counts[entry] as number, slot.length, average);
        board.add(place, score, told ? list.words[entry] : undefined);
      });
    }
    return { matches: ranked(board, (score) => Math.min(1, Math.max(0, score))), papers: slotOf.size };
  }

  /** What a board has, best first. */
  function ranked(board: Board, coverageOf: (score: number, slot: number) => number): KeywordMatch[] {
    return board.touched
      .map((slot) => ({
        id: (slots[slot] as Slot).paper.id,
        score: board.scores[slot] as number,
        coverage: coverageOf(board.scores[slot] as number, slot),
        words: [...new Set(board.words[slot])],
        slot,
      }))
      .sort((a, b) => b.score - a.score || a.slot - b.slot)
      .map(({ slot: _, ...match }) => match);
  }

  return {
    put,
    remove,
    search,
    like,
    idf: (term) => rarity(papersWith(vocabulary.find(term))),
    papersWith: (term) => papersWith(vocabulary.find(term)),
    size: () => slotOf.size,
  };
}

/** Rarity of a term that `papers` of `total` papers have, above 0. */
export function idfOf(papers: number, total: number): number {
  return Math.log(1 + (total - papers + 0.5) / (papers + 0.5));
}

/** The share of a term's highest possible score that `count` uses in a paper of this length reach, times k1 + 1. */
export function saturate(count: number, length: number, averageLength: number): number {
  const norm = BM25_K1 * (1 - BM25_B + (BM25_B * length) / (averageLength || 1));
  return (count * (BM25_K1 + 1)) / (count + norm);
}

/** Where a number stands in rising ones that have it. */
function findSorted(numbers: readonly number[], wanted: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function scoreTerm(
  list: Postings,
  slots: readonly Slot[],
  averageLength: number,
  value: number,
  covered: number,
  board: Board,
): void {
  for (let entry = 0; entry < list.slots.length; entry++) {
    const place = list.slots[entry] as number;
    const slot = slots[place] as Slot;
    if (slot.removed) continue;
    const score = value * saturate(list.counts[entry] as number, slot.length, averageLength);
    board.offer(place, score, covered, list.words[entry] as string);
  }
}
