import { parseArxivId, titleKey } from '../paper/identity.ts';
import type { KeywordIndex, KeywordMatch } from '../words/keyword.ts';
import { foldedTerms, tokenize } from '../words/terms.ts';
import { fillUp } from './feedback.ts';
import { fuse } from './fusion.ts';
import type { Hit, KeywordPart, MeaningPart, Ranking } from './hit.ts';

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

/** A z from which the bar of meaning is full: nearer than this is hardly ever seen but in the paper's own words. */
const FULL_BAR_Z = 6;
/** A title's beginning names its paper from this many words on, if it is the only one. */
const TITLE_BEGINNING_WORDS = 3;

export interface SearchRequest {
  readonly text: string;
  /** The query's unit vector, once the model is up. */
  readonly vector?: Float32Array | undefined;
  /** By default hybrid where there is a vector, else keyword. */
  readonly mode?: Ranking['mode'] | undefined;
  /** Best hits wanted besides the relevant ones, which all come; by default every paper. Fewer are cheaper to send. */
  readonly limit?: number | undefined;
}

/** The similarity of papers with a query, in the order of the papers. */
export interface MeaningScores {
  /** Cosine; NaN for a paper without a vector. */
  readonly similarities: Float32Array;
  /** Standard deviations above the background; NaN likewise. */
  readonly z: Float32Array;
  /** Places of the papers whose note was nearer than their own text: both numbers are the note's. */
  readonly byNote?: ReadonlySet<number>;
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
export function searchPapers(parts: SearchParts, request: SearchRequest): Ranking {
  const text = request.text.trim();
  if (text === '') {
    const hits = parts.ids.map((id) => ({ id, score: 0, relevant: true }));
    return { query: request.text, mode: 'keyword', hits };
  }
  const exact = exactMatches(parts, text);
  const exactOnly = parseArxivId(text) !== undefined || tokenize(text).length === 0;
  const wanted = request.mode ?? (request.vector ? 'hybrid' : 'keyword');
  const meaning =
    !exactOnly && wanted !== 'keyword' && request.vector ? parts.measure(request.vector) : undefined;
  const mode = meaning ? wanted : 'keyword';
  // Not trimmed: a space after the last word says that it is whole.
  const matches =
    exactOnly || mode === 'semantic' ? [] : parts.keyword.search(request.text.trimStart()).matches;
  const keyword = keywordParts(matches);
  const bestZ = meaning ? largest(meaning.z) : 0;
  const meanings = meaning ? meaningParts(meaning, bestZ) : [];
  const words = foldedTerms(text).length;
  let scores = scoresOf(parts, mode, keyword, meaning);
  const asked =
    mode === 'hybrid' &&
    request.vector &&
    fillUp(request.vector, words, scores, parts.ids, parts.directionOf);
  // Only the order goes by the filled-up question: why a paper is here is told by the question itself.
  if (asked) scores = scoresOf(parts, mode, keyword, parts.measure(asked));
  const severalWords = words > 1;
  const line = {
    mode,
    severalWords,
    z: Math.max(leastZ(mode, severalWords, matches.length > 0), bestZ * RELEVANCE.shareOfBestZ),
  };
  const hits = parts.ids.map((id, index): Hit => {
    const byWords = keyword.get(id);
    const byMeaning = meanings[index];
    const named = exact.get(index);
    return {
      id,
      score: scores[index] as number,
      ...(named ? { exact: named } : {}),
      ...(byWords ? { keyword: byWords } : {}),
      ...(byMeaning ? { meaning: byMeaning } : {}),
      relevant: named !== undefined || isRelevant(line, byWords, byMeaning),
    };
  });
  // Array sort is stable: equals stay in the library's order.
  hits.sort((a, b) => Number(Boolean(b.exact)) - Number(Boolean(a.exact)) || b.score - a.score);
  const { limit } = request;
  const wantedHits = limit === undefined ? hits : hits.filter((hit, index) => hit.relevant || index < limit);
  return { query: request.text, mode, hits: wantedHits };
}

/** Matches, best first, as the parts of hits. */
export function keywordParts(matches: readonly KeywordMatch[]): Map<string, KeywordPart> {
  const best = matches[0]?.score ?? 1;
  return new Map(
    matches.map(({ id, score, words, coverage }, index) => [
      id,
      { rank: index + 1, score, strength: score / best, words, coverage },
    ]),
  );
}

/** One part a paper, in the order of the papers; undefined where there is no vector. */
export function meaningParts(
  { similarities, z, byNote }: MeaningScores,
  bestZ: number,
): (MeaningPart | undefined)[] {
  const known = [...z.keys()].filter((index) => !Number.isNaN(z[index]));
  known.sort((a, b) => (z[b] as number) - (z[a] as number) || a - b);
  const full = Math.max(bestZ, FULL_BAR_Z);
  const parts: (MeaningPart | undefined)[] = new Array(z.length).fill(undefined);
  known.forEach((index, place) => {
    parts[index] = {
      rank: place + 1,
      similarity: similarities[index] as number,
      z: z[index] as number,
      strength: Math.max(0, (z[index] as number) / full),
      ...(byNote?.has(index) ? { byNote: true } : {}),
    };
  });
  return parts;
}

function scoresOf(
  parts: SearchParts,
  mode: Ranking['mode'],
  keyword: ReadonlyMap<string, KeywordPart>,
  meaning: MeaningScores | undefined,
): ArrayLike<number> {
  const words = parts.ids.map((id) => keyword.get(id)?.score ?? 0);
  if (!meaning) return words;
  if (mode === 'hybrid') return fuse(words, meaning.similarities);
  // By meaning alone a paper without a vector can only come last.
  return meaning.similarities.map((similarity) => (Number.isNaN(similarity) ? -1 : similarity));
}

/** From where meaning alone is enough. By meaning alone nothing is known of the words. */
function leastZ(mode: Ranking['mode'], severalWords: boolean, anyWord: boolean): number {
  if (mode !== 'hybrid') return RELEVANCE.z;
  if (!anyWord) return RELEVANCE.zOfUnknownWords;
  return severalWords ? RELEVANCE.z : RELEVANCE.zOfOneWord;
}

interface Line {
  readonly mode: Ranking['mode'];
  readonly severalWords: boolean;
  readonly z: number;
}

function isRelevant(line: Line, words: KeywordPart | undefined, meaning: MeaningPart | undefined): boolean {
  const coverage = words?.coverage ?? 0;
  if (line.mode === 'keyword')
    return coverage > 0 && (!line.severalWords || coverage >= RELEVANCE.coverageAlone);
  const above = (meaning?.z ?? 0) / line.z;
  const enough = line.severalWords ? RELEVANCE.coverageOfSeveral : RELEVANCE.coverageOfOneWord;
  return above >= 1 || coverage >= enough || coverage / RELEVANCE.halfCoverage + above >= RELEVANCE.together;
}

/** Papers that the query names, by their place. */
function exactMatches(parts: SearchParts, text: string): Map<number, 'title' | 'identifier'> {
  const found = new Map<number, 'title' | 'identifier'>();
  const arxivId = parseArxivId(text);
  if (arxivId !== undefined) {
    parts.arxivIds.forEach((id, index) => {
      if (id === arxivId) found.set(index, 'identifier');
    });
    return found;
  }
  const key = titleKey(text);
  if (key === '') return found;
  parts.titleKeys.forEach((title, index) => {
    if (title === key) found.set(index, 'title');
  });
  if (found.size > 0 || text.split(/\s+/).length < TITLE_BEGINNING_WORDS) return found;
  const begun = [...parts.titleKeys.keys()].filter((index) => parts.titleKeys[index]?.startsWith(key));
  if (begun.length === 1) found.set(begun[0] as number, 'title');
  return found;
}

/** The largest of the numbers above 0; 0 where there is none. NaN is passed over. */
export function largest(scores: Float32Array): number {
  let best = 0;
  for (const score of scores) if (score > best) best = score;
  return best;
}
