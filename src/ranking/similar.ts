import { highest } from '../vector/order.ts';
import type { KeywordIndex } from '../words/keyword.ts';
import { inOrder, type MeaningScores, rankedColumns, type WordScores } from './columns.ts';
import { fuse } from './fusion.ts';
import type { RankedColumns } from './hit.ts';
import { RELEVANCE } from './search.ts';

/** Papers that something is to be like, and papers that it is not to be like. */
export interface Examples {
  readonly liked: readonly string[];
  readonly disliked: readonly string[];
}

/** What a comparison of papers runs over. */
export interface SimilarParts {
  /** In the library's order, which decides between equals. */
  readonly ids: readonly string[];
  readonly keyword: KeywordIndex;
  /** The similarity of papers with the direction in which examples lie; undefined while they have no vectors. */
  measure(examples: Examples): MeaningScores | undefined;
}

/** How like the examples every paper is, in the order of the papers. */
export interface Likeness {
  readonly words: WordScores;
  readonly meaning: MeaningScores | undefined;
}

/** Share of its own words from which a paper is like another while there are no vectors. */
const LEAST_SHARED = 0.15;

/** @param telling that words which papers share can be asked for. */
export function likenessTo(parts: SimilarParts, examples: Examples, telling = true): Likeness {
  const columns = parts.keyword.likeColumns(examples.liked, examples.disliked, telling);
  return { words: { columns, slots: parts.keyword.slotsOf(parts.ids) }, meaning: parts.measure(examples) };
}

/**
 * Papers like the given ones, without them, best first, `limit` of them: by words and meaning together, which finds
 * what papers cite better than either (npm run bench:quality). Papers of which neither says anything are left out.
 */
export function similarPapers(parts: SimilarParts, given: readonly string[], limit: number): RankedColumns {
  const { words, meaning } = likenessTo(parts, { liked: given, disliked: [] });
  const asked = new Set(given);
  const without = new Set(parts.ids.flatMap((id, place) => (asked.has(id) ? [place] : [])));
  // The papers asked about are out of the count: the nearest of the others is the first.
  const z = meaning?.z.slice();
  const wordScores = inOrder(words);
  for (const place of without) {
    wordScores[place] = Number.NaN;
    if (z) z[place] = Number.NaN;
  }
  const matched = new Uint8Array(words.columns.scores.length);
  for (const slot of words.columns.slots) matched[slot] = 1;
  const scores = z ? fuse(wordScores, z) : wordScores;
  let near = 0;
  for (let place = 0; place < scores.length; place++) {
    const slot = words.slots[place] as number;
    const byMeaning = z !== undefined && !Number.isNaN(z[place]);
    if (without.has(place) || (!byMeaning && !matched[slot])) scores[place] = Number.NaN;
    else if (byMeaning ? (z[place] as number) >= RELEVANCE.z : sharesEnough(words, slot)) near++;
  }
  return rankedColumns({
    query: '',
    mode: z ? 'hybrid' : 'keyword',
    places: highest(scores, limit),
    scores,
    // The line stands below as many as meaning finds clearly near: one that it finds farther may be among them by its words.
    isRelevant: (_, row) => row < near,
    words,
    meaning: meaning && z ? { ...meaning, z } : undefined,
    keyword: parts.keyword,
    without,
  });
}

function sharesEnough({ columns }: WordScores, slot: number): boolean {
  return (columns.coverage[slot] ?? 0) >= LEAST_SHARED;
}
