import { ranksOf } from '../vector/order.ts';
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
  const ranks = meaning && ranksByMeaning(meaning, places, parts.without);
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
  const { ranks, best } = ranksInOrder(words, places, without) ?? ranksByWords(words, places, without);
  const toldEach = columns.forms.length;
  const told = new Uint32Array(count * toldEach);
  const list = [''];
  /** Places in the list by number of form. */
  const listed = new Uint32Array(keyword.formCount());
  for (let row = 0; row < count; row++) {
    const slot = slots[places[row] as number] as number;
    if (slot < 0 || ranks[slot] === 0) continue;
    wordRanks[row] = ranks[slot] as number;
    wordScores[row] = columns.scores[slot] as number;
    coverage[row] = columns.coverage[slot] as number;
    for (let word = 0; word < toldEach; word++) {
      const form = (columns.forms[word] as Uint32Array)[slot] as number;
      if (form === 0) continue;
      if (listed[form] === 0) listed[form] = list.push(keyword.form(form)) - 1;
      told[row * toldEach + word] = listed[form] as number;
    }
  }
  return { wordRanks, wordScores, coverage, bestByWords: best, told, toldEach, words: list };
}

interface WordRanks {
  /** By slot, among all papers with a match, equals in the order of their slots; of the papers of the ranking, 0 without a match. */
  readonly ranks: Uint32Array;
  /** The score of the best. */
  readonly best: number;
}

/** Where all that words found stands in their order already, as it does without vectors: undefined where not. */
function ranksInOrder(
  { columns, slots }: WordScores,
  places: Uint32Array,
  without?: ReadonlySet<number>,
): WordRanks | undefined {
  if (without && without.size > 0) return undefined;
  const ranks = new Uint32Array(columns.scores.length);
  let best = 1;
  let before = Number.POSITIVE_INFINITY;
  let last = -1;
  let found = 0;
  for (let row = 0; row < places.length; row++) {
    const slot = slots[places[row] as number] as number;
    const score = columns.scores[slot] ?? 0;
    if (score === 0) continue;
    if (score > before || (score === before && slot < last)) return undefined;
    before = score;
    last = slot;
    if (found === 0) best = score;
    ranks[slot] = ++found;
  }
  return found === columns.slots.length ? { ranks, best } : undefined;
}

/** The same in any order, and where it is not all that words found. */
function ranksByWords(
  { columns, slots }: WordScores,
  places: Uint32Array,
  without?: ReadonlySet<number>,
): WordRanks {
  const { scores } = columns;
  const isMatch = new Uint8Array(scores.length);
  for (let at = 0; at < columns.slots.length; at++) isMatch[columns.slots[at] as number] = 1;
  for (const place of without ?? []) isMatch[slots[place] as number] = 0;
  const matched = without ? columns.slots.filter((slot) => isMatch[slot] === 1) : columns.slots;
  const wanted = places.map((place) => slots[place] as number).filter((slot) => isMatch[slot] === 1);
  let best = matched.length === 0 ? 1 : Number.NEGATIVE_INFINITY;
  for (let at = 0; at < matched.length; at++) {
    best = Math.max(best, scores[matched[at] as number] as number);
  }
  return { ranks: ranksOf(scores, matched, wanted), best };
}

/** By place, among all papers with a vector; of those at these places, 0 where there is no vector. */
function ranksByMeaning(
  { z }: MeaningScores,
  places: Uint32Array,
  without?: ReadonlySet<number>,
): Uint32Array {
  const known = new Uint32Array(z.length);
  let count = 0;
  for (let place = 0; place < z.length; place++) {
    if (!Number.isNaN(z[place]) && !without?.has(place)) known[count++] = place;
  }
  const wanted = places.filter((place) => !Number.isNaN(z[place]) && !without?.has(place));
  return ranksOf(z, known.subarray(0, count), wanted);
}

/** The largest of the numbers above 0; 0 where there is none. NaN is passed over. */
export function largest(scores: Float32Array): number {
  let best = 0;
  for (let i = 0; i < scores.length; i++) if ((scores[i] as number) > best) best = scores[i] as number;
  return best;
}
