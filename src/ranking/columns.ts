import { orderByScore } from '../vector/order.ts';
import type { KeywordColumns, KeywordIndex } from '../words/keyword.ts';
import { FLAGS, type RankedColumns, type RankingMode } from './hit.ts';

/** The similarity of papers with a query, in the order of the papers. */
export interface MeaningScores {
  /** Cosine; NaN for a paper without a vector. */
  readonly similarities: Float32Array;
  /** Standard deviations above the background; NaN likewise. */
  readonly z: Float32Array;
  /** Places of the papers whose note was nearer than their own text: both numbers are the note's. */
  readonly byNote?: ReadonlySet<number>;
}

/** A z from which the bar of meaning is full: nearer than this is hardly ever seen but in the paper's own words. */
const FULL_BAR_Z = 6;

/** What the words say of papers, by their place; `slots` are -1 for papers that the index does not have. */
export interface WordScores {
  readonly columns: KeywordColumns;
  readonly slots: Int32Array;
}

/** One number a paper, in the library's order, of those by slot; 0 where there is none. */
export function inOrder(
  { columns, slots }: WordScores,
  what: 'scores' | 'coverage' = 'scores',
): Float64Array {
  const bySlot = columns[what];
  const scores = new Float64Array(slots.length);
  for (let place = 0; place < scores.length; place++) scores[place] = bySlot[slots[place] as number] ?? 0;
  return scores;
}

/** What a ranking is made of. */
export interface RankedParts {
  readonly query: string;
  readonly mode: RankingMode;
  /** Best first. */
  readonly places: Uint32Array;
  /** By place. */
  readonly scores: ArrayLike<number>;
  isRelevant(place: number, row: number): boolean;
  readonly exact?: ReadonlyMap<number, 'title' | 'identifier'> | undefined;
  readonly words: WordScores | undefined;
  readonly meaning: MeaningScores | undefined;
  readonly keyword: KeywordIndex;
  /** Papers that take no rank. */
  readonly without?: ReadonlySet<number> | undefined;
}

/** The columns of the places wanted; ranks are among all papers. */
export function rankedColumns(parts: RankedParts): RankedColumns {
  const { query, mode, places, meaning, exact } = parts;
  const count = places.length;
  const flags = new Uint8Array(count);
  const scores = new Float64Array(count);
  const similarities = new Float32Array(count);
  const z = new Float32Array(count);
  const meaningRanks = new Uint32Array(count);
  const ranks = meaning && ranksByMeaning(meaning, parts.without);
  for (let row = 0; row < count; row++) {
    const place = places[row] as number;
    const named = exact?.get(place);
    flags[row] =
      (parts.isRelevant(place, row) ? FLAGS.relevant : 0) |
      (named ? FLAGS[named] : 0) |
      (meaning?.byNote?.has(place) ? FLAGS.byNote : 0);
    scores[row] = parts.scores[place] as number;
    if (!meaning || !ranks) continue;
    similarities[row] = meaning.similarities[place] as number;
    z[row] = meaning.z[place] as number;
    meaningRanks[row] = ranks[place] as number;
  }
  const fullZ = Math.max(meaning ? largest(meaning.z) : 0, FULL_BAR_Z);
  return { query, mode, places, scores, flags, ...wordColumns(parts), meaningRanks, similarities, z, fullZ };
}

type WordColumns = Pick<
  RankedColumns,
  'wordRanks' | 'wordScores' | 'coverage' | 'bestByWords' | 'told' | 'toldEach' | 'words'
>;

function wordColumns({ places, words, keyword, without }: RankedParts): WordColumns {
  const count = places.length;
  const wordRanks = new Uint32Array(count);
  const wordScores = new Float64Array(count);
  const coverage = new Float64Array(count);
  if (!words) {
    const told = new Uint32Array(0);
    return { wordRanks, wordScores, coverage, bestByWords: 1, told, toldEach: 0, words: [''] };
  }
  const { columns, slots } = words;
  const gone = new Set(Array.from(without ?? [], (place) => slots[place] as number));
  const matched = gone.size > 0 ? columns.slots.filter((slot) => !gone.has(slot)) : columns.slots;
  const order = orderByScore(columns.scores, matched);
  const ranks = new Uint32Array(columns.scores.length);
  for (let at = 0; at < order.length; at++) ranks[order[at] as number] = at + 1;
  const list = [''];
  const numbers = new Map<number, number>();
  const toldEach = columns.formsEach;
  const told = new Uint32Array(count * toldEach);
  for (let row = 0; row < count; row++) {
    const slot = slots[places[row] as number] as number;
    const rank = ranks[slot] ?? 0;
    if (rank === 0) continue;
    wordRanks[row] = rank;
    wordScores[row] = columns.scores[slot] as number;
    coverage[row] = columns.coverage[slot] as number;
    for (let word = 0; word < toldEach; word++) {
      const form = columns.formAt(slot, word);
      if (form === 0) continue;
      let number = numbers.get(form);
      if (number === undefined) {
        number = list.push(keyword.form(form)) - 1;
        numbers.set(form, number);
      }
      told[row * toldEach + word] = number;
    }
  }
  const best = order[0];
  const bestByWords = best === undefined ? 1 : (columns.scores[best] as number);
  return { wordRanks, wordScores, coverage, bestByWords, told, toldEach, words: list };
}

/** By place; 0 where there is no vector. */
function ranksByMeaning({ z }: MeaningScores, without?: ReadonlySet<number>): Uint32Array {
  const known = new Uint32Array(z.length);
  let count = 0;
  for (let place = 0; place < z.length; place++) {
    if (!Number.isNaN(z[place]) && !without?.has(place)) known[count++] = place;
  }
  const ranks = new Uint32Array(z.length);
  const order = orderByScore(z, known.subarray(0, count));
  for (let at = 0; at < count; at++) ranks[order[at] as number] = at + 1;
  return ranks;
}

/** The largest of the numbers above 0; 0 where there is none. NaN is passed over. */
export function largest(scores: Float32Array): number {
  let best = 0;
  for (let i = 0; i < scores.length; i++) if ((scores[i] as number) > best) best = scores[i] as number;
  return best;
}
