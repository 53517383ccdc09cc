import type { Token } from './terms.ts';

/** A word of the vocabulary that a query's word may stand for. */
export interface Candidate {
  readonly word: string;
  readonly term: number;
}

/** The folded words of the indexed papers, and the ways a reader may half know them. */
export interface Vocabulary {
  /** The number of a token's term, counted from 0; a new word becomes known. */
  put(token: Pick<Token, 'word' | 'term'>): number;
  /** The number of a term, or undefined for one that no paper has had. */
  find(term: string): number | undefined;
  /** Words that begin with `prefix` (two characters or more) and are longer. */
  withPrefix(prefix: string): Candidate[];
  /** Words at most `distance` typing slips away, the word itself left out. */
  near(word: string, distance: number): Candidate[];
  /** As it can be kept. */
  dump(): VocabularyDump;
}

/** Neither words nor terms have line ends in them. */
export interface VocabularyDump {
  /** In the order of their numbers, a line each. */
  readonly terms: string;
  /** A line each. */
  readonly words: string;
  /** The number of each word's term. */
  readonly termOf: Uint32Array;
}

const PREFIX_BUCKET_CHARACTERS = 2;

/** Words of one length, with the letters of each as a set of bits. */
interface LengthBucket {
  readonly candidates: Candidate[];
  readonly letters: number[];
}

/**
 * Looks words up by linear scans over small buckets: over the 70,000 words of 10,000 papers a prefix costs
 * some 50 microseconds and a typo about a millisecond, with nothing to keep sorted while papers come in.
 */
export function createVocabulary(from?: VocabularyDump): Vocabulary {
  const terms = new Map<string, number>();
  const words = new Map<string, number>();
  const byBeginning = new Map<string, Candidate[]>();
  const byLength = new Map<number, LengthBucket>();

  function put({ word, term: name }: Pick<Token, 'word' | 'term'>): number {
    const known = words.get(word);
    if (known !== undefined) return known;
    const term = terms.get(name) ?? terms.size;
    terms.set(name, term);
    know(word, term);
    return term;
  }

  function know(word: string, term: number): void {
    words.set(word, term);
    const candidate = { word, term };
    const beginning = word.slice(0, PREFIX_BUCKET_CHARACTERS);
    const alike = byBeginning.get(beginning);
    if (alike) alike.push(candidate);
    else byBeginning.set(beginning, [candidate]);
    let bucket = byLength.get(word.length);
    if (!bucket) {
      bucket = { candidates: [], letters: [] };
      byLength.set(word.length, bucket);
    }
    bucket.candidates.push(candidate);
    bucket.letters.push(letterBits(word));
  }

  if (from) {
    for (const [number, name] of linesOf(from.terms).entries()) terms.set(name, number);
    for (const [at, word] of linesOf(from.words).entries()) know(word, from.termOf[at] as number);
  }

  function withPrefix(prefix: string): Candidate[] {
    const alike = byBeginning.get(prefix.slice(0, PREFIX_BUCKET_CHARACTERS)) ?? [];
    return alike.filter(({ word }) => word.length > prefix.length && word.startsWith(prefix));
  }

  function near(word: string, distance: number): Candidate[] {
    const found: Candidate[] = [];
    const bits = letterBits(word);
    for (let length = word.length - distance; length <= word.length + distance; length++) {
      const bucket = byLength.get(length);
      if (!bucket) continue;
      for (let index = 0; index < bucket.letters.length; index++) {
        // One slip changes the set of letters by at most two: nearly all words fall here.
        if (bitCount((bucket.letters[index] as number) ^ bits) > 2 * distance) continue;
        const candidate = bucket.candidates[index] as Candidate;
        if (candidate.word !== word && editDistance(word, candidate.word, distance) <= distance) {
          found.push(candidate);
        }
      }
    }
    return found;
  }

  const dump = () => ({
    terms: [...terms.keys()].join('\n'),
    words: [...words.keys()].join('\n'),
    termOf: Uint32Array.from(words.values()),
  });

  return { put, find: (term) => terms.get(term), withPrefix, near, dump };
}

/** The lines of a text; none of an empty one. */
export function linesOf(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

/** Which of 32 kinds of character occur. */
function letterBits(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}

function bitCount(bits: number): number {
  let pairs = bits - ((bits >>> 1) & 0x55555555);
  pairs = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((pairs + (pairs >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * Slips between two words: a letter wrong, missing, too many, or two neighbours exchanged (optimal string
 * alignment). Stops early and returns `limit + 1` when there are more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a.charCodeAt(row - 1) === b.charCodeAt(column - 1);
      let slips = Math.min(
        (above[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (above[column - 1] as number) + (same ? 0 : 1),
      );
      const exchanged =
        row > 1 &&
        column > 1 &&
        a.charCodeAt(row - 1) === b.charCodeAt(column - 2) &&
        a.charCodeAt(row - 2) === b.charCodeAt(column - 1);
      if (exchanged) slips = Math.min(slips, (before[column - 2] as number) + 1);
      current.push(slips);
      if (slips < least) least = slips;
    }
    if (least > limit) return limit + 1;
    before = above;
    above = current;
  }
  return above[b.length] as number;
}
