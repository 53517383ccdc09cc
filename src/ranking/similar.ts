import type { KeywordIndex, KeywordScores } from '../words/keyword.ts';
import { fuse } from './fusion.ts';
import type { Hit, KeywordPart, MeaningPart } from './hit.ts';
import { keywordParts, largest, type MeaningScores, meaningParts, RELEVANCE } from './search.ts';

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
  readonly words: KeywordScores;
  readonly meaning: MeaningScores | undefined;
}

/** Share of its own words from which a paper is like another while there are no vectors. */
const LEAST_SHARED = 0.15;

export function likenessTo(parts: SimilarParts, examples: Examples): Likeness {
  return { words: parts.keyword.like(examples.liked, examples.disliked), meaning: parts.measure(examples) };
}

/**
 * Papers like the given ones, without them, best first: by words and meaning together, which finds what papers cite
 * better than either (npm run bench:quality). Papers of which neither says anything are left out.
 */
export function similarPapers(parts: SimilarParts, given: readonly string[]): Hit[] {
  const { words, meaning } = likenessTo(parts, { liked: given, disliked: [] });
  const without = new Set(given);
  const byWords = keywordParts(words.matches.filter(({ id }) => !without.has(id)));
  // The papers asked about are out of the count: the nearest of the others is the first.
  const z = meaning?.z.map((above, index) => (without.has(parts.ids[index] as string) ? Number.NaN : above));
  const byMeaning = meaning && z ? meaningParts({ ...meaning, z }, largest(z)) : [];
  const wordScores = parts.ids.map((id) => (without.has(id) ? Number.NaN : (byWords.get(id)?.score ?? 0)));
  const scores = z ? fuse(wordScores, z) : wordScores;
  const hits = parts.ids.flatMap((id, index): Hit[] => {
    const keyword = byWords.get(id);
    const near = byMeaning[index];
    if (without.has(id) || (!near && !keyword)) return [];
    const said = { ...(keyword ? { keyword } : {}), ...(near ? { meaning: near } : {}) };
    return [{ id, score: scores[index] as number, ...said, relevant: isNear(keyword, near) }];
  });
  hits.sort((a, b) => b.score - a.score);
  // The line stands below as many as meaning finds clearly near: one that it finds farther may be among them by its words.
  const near = hits.filter(({ relevant }) => relevant).length;
  return hits.map((hit, place) => ({ ...hit, relevant: place < near }));
}

function isNear(words: KeywordPart | undefined, meaning: MeaningPart | undefined): boolean {
  return meaning ? meaning.z >= RELEVANCE.z : (words?.coverage ?? 0) >= LEAST_SHARED;
}
