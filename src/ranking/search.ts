import { parseArxivId } from '../paper/identity.ts';
import { highest, orderByScore } from '../vector/order.ts';
import type { KeywordIndex } from '../words/keyword.ts';
import { foldedTerms, tokenize } from '../words/terms.ts';
import { inOrder, largest, type MeaningScores, rankedColumns } from './columns.ts';
import { exactMatches } from './exact.ts';
import { fillUp } from './feedback.ts';
import { addMeaning, standardized } from './fusion.ts';
import { type RankedColumns, type Ranking, type RankingMode, rankingOf } from './hit.ts';

/**
 * Where the line between shown and not shown lies. Set by hand on about twenty queries by meaning and two
 * dozen by words over the shipped
 * list; one object, so that a fit on judged data can replace it.
 */
export const RELEVANCE = {
  /** Share of the query's idf mass from which words alone are enough, for one word and for several. */
  coverageOfOneWord: 0.5,
  coverageOfSeveral: 0.75,
  /** The same before meaning has joined: rather too much than nothing. */
  coverageAlone: 0.3,
  /** Standard deviations above unrelated papers from which meaning alone is enough: one in a hundred of those by chance. */
  z: 2.5,
  /** The same for one word that papers here have: what it says of meaning is vague, the word itself is not. */
  zOfOneWord: 3,
  /** The same where no paper has any of the words: the model gives nonsense a direction too, some tries of which reached 3.3. */
  zOfUnknownWords: 4.2,
  /** A paper less than half as far above as the best one is only of the same field. */
  shareOfBestZ: 0.5,
  /** Half of the words and half of the meaning are enough together: `coverage / half + z / line` reaches this. */
  halfCoverage: 0.5,
  together: 1.5,
} as const;

export interface SearchRequest {
  readonly text: string;
  /** The query's unit vector, once the model is up. */
  readonly vector?: Float32Array | undefined;
  /** By default hybrid where there is a vector, else keyword. */
  readonly mode?: RankingMode | undefined;
  /** Best hits wanted besides the relevant ones, which all come; by default every paper. Fewer are cheaper to send. */
  readonly limit?: number | undefined;
}

/** What a search runs over. */
export interface SearchParts {
  /** In the library's order, which decides between equals. */
  readonly ids: readonly string[];
  readonly keyword: KeywordIndex;
  /** `titleKey` of each paper's title and its arXiv id, in the same order. */
  readonly titleKeys: readonly string[];
  readonly arxivIds: readonly (string | undefined)[];
  /** Undefined while no paper has a vector that fits the query's. */
  measure(vector: Float32Array): MeaningScores | undefined;
  /** The direction between these papers. */
  directionOf(ids: readonly string[]): Float32Array;
}

/**
 * Ranks all papers, best first; those above the line are `relevant`. The paper whose title or identifier the
 * query is comes first. An empty query gives the library's order, all relevant. A mode that needs vectors
 * falls back to keyword where there are none, and the ranking says so in its `mode`. An arXiv id asks for its
 * paper and no other; a text without a letter or digit asks for nothing.
 */
export function rankPapers(parts: SearchParts, request: SearchRequest): RankedColumns {
  const text = request.text.trim();
  const { keyword, ids } = parts;
  if (text === '') return libraryOrder(parts, request.text);
  const exact = exactMatches(parts, text);
  const exactOnly = parseArxivId(text) !== undefined || tokenize(text).length === 0;
  const wanted = request.mode ?? (request.vector ? 'hybrid' : 'keyword');
  const meaning =
    !exactOnly && wanted !== 'keyword' && request.vector ? parts.measure(request.vector) : undefined;
  const mode = meaning ? wanted : 'keyword';
  // Not trimmed: a space after the last word says that it is whole.
  const found =
    exactOnly || mode === 'semantic' ? undefined : keyword.searchColumns(request.text.trimStart());
  const words = found && { columns: found, slots: keyword.slotsOf(ids) };
  const severalWords = foldedTerms(text).length;
  const byWords = words ? inOrder(words) : new Float64Array(ids.length);
  const scoresOf = scorer(mode, byWords);
  let scores = scoresOf(meaning);
  const asked =
    mode === 'hybrid' &&
    request.vector &&
    fillUp(request.vector, severalWords, scores, ids, parts.directionOf);
  // Only the order goes by the filled-up question: why a paper is here is told by the question itself.
  if (asked) scores = scoresOf(parts.measure(asked));
  const line = lineOf(mode, severalWords > 1, found !== undefined && found.slots.length > 0, meaning);
  const coverage = words && inOrder(words, 'coverage');
  const relevant = new Uint8Array(ids.length);
  for (let place = 0; place < relevant.length; place++) {
    if (isRelevant(line, coverage?.[place] ?? 0, meaning?.z[place] ?? 0)) relevant[place] = 1;
  }
  for (const place of exact.keys()) relevant[place] = 1;
  const places = bestPlaces(scores, relevant, exact, request.limit ?? ids.length);
  const isThere = (place: number) => relevant[place] === 1;
  return rankedColumns({
    ...{ query: request.text, mode, places, scores, isRelevant: isThere, exact, words, meaning, keyword },
  });
}

/** The same as objects. */
export const searchPapers = (parts: SearchParts, request: SearchRequest): Ranking =>
  rankingOf(rankPapers(parts, request), parts.ids);

function libraryOrder({ ids, keyword }: SearchParts, query: string): RankedColumns {
  const places = Uint32Array.from(ids.keys());
  const none = { words: undefined, meaning: undefined };
  const scores = new Float64Array(ids.length);
  return rankedColumns({ query, mode: 'keyword', places, scores, isRelevant: () => true, keyword, ...none });
}

/** Those named, and then, best first, the relevant ones and what else there is among the first `limit`. */
function bestPlaces(
  scores: Float64Array,
  relevant: Uint8Array,
  exact: ReadonlyMap<number, unknown>,
  limit: number,
): Uint32Array {
  const wanted = relevant.slice();
  const others = scores.slice();
  for (const place of exact.keys()) others[place] = Number.NaN;
  for (const place of highest(others, Math.max(0, limit - exact.size))) wanted[place] = 1;
  for (const place of exact.keys()) wanted[place] = 0;
  const first = orderByScore(scores, Uint32Array.from(exact.keys()).sort());
  const rest = orderByScore(scores, placesOf(wanted));
  const places = new Uint32Array(first.length + rest.length);
  places.set(first);
  places.set(rest, first.length);
  return places;
}

/** Where the numbers are not 0. */
function placesOf(marked: Uint8Array): Uint32Array {
  const places = new Uint32Array(marked.length);
  let count = 0;
  for (let place = 0; place < marked.length; place++) if (marked[place]) places[count++] = place;
  return places.subarray(0, count);
}

/** One number a paper from what meaning says; what words say is the same for each question that is asked with it. */
function scorer(
  mode: RankingMode,
  byWords: Float64Array,
): (meaning: MeaningScores | undefined) => Float64Array {
  const words = mode === 'hybrid' ? standardized(byWords) : byWords;
  return (meaning) => {
    if (!meaning) return byWords;
    if (mode === 'hybrid') return addMeaning(words, meaning.similarities);
    // By meaning alone a paper without a vector can only come last.
    return Float64Array.from(meaning.similarities, (similarity) =>
      Number.isNaN(similarity) ? -1 : similarity,
    );
  };
}

/** From where meaning alone is enough. By meaning alone nothing is known of the words. */
function leastZ(mode: RankingMode, severalWords: boolean, anyWord: boolean): number {
  if (mode !== 'hybrid') return RELEVANCE.z;
  if (!anyWord) return RELEVANCE.zOfUnknownWords;
  return severalWords ? RELEVANCE.z : RELEVANCE.zOfOneWord;
}

interface Line {
  readonly mode: RankingMode;
  readonly severalWords: boolean;
  readonly z: number;
}

function lineOf(
  mode: RankingMode,
  severalWords: boolean,
  anyWord: boolean,
  meaning: MeaningScores | undefined,
): Line {
  const bestZ = meaning ? largest(meaning.z) : 0;
  const z = Math.max(leastZ(mode, severalWords, anyWord), bestZ * RELEVANCE.shareOfBestZ);
  return { mode, severalWords, z };
}

/** @param z of a paper without a vector NaN, which is above nothing. */
function isRelevant(line: Line, coverage: number, z: number): boolean {
  if (line.mode === 'keyword')
    return coverage > 0 && (!line.severalWords || coverage >= RELEVANCE.coverageAlone);
  const above = Number.isNaN(z) ? 0 : z / line.z;
  const enough = line.severalWords ? RELEVANCE.coverageOfSeveral : RELEVANCE.coverageOfOneWord;
  return above >= 1 || coverage >= enough || coverage / RELEVANCE.halfCoverage + above >= RELEVANCE.together;
}
