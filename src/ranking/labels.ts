import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { finish } from '../vector/steps.ts';
import { fold, isStopWord, type Token, tokenize } from '../words/terms.ts';
import { EMPTY_WORDS } from './emptyWords.ts';

export interface Label {
  /** The first two words or so, with a capital: `Gaussian splatting, compression`. */
  readonly name: string;
  /** Two or three telling words or pairs of words, the most telling first; fewer for very small groups. */
  readonly words: readonly string[];
}

const WORDS_PER_LABEL = 3;
/** Papers read between two yields: some 10 ms. */
const SLICE_PAPERS = 20;
const WORDS_PER_NAME = 2;
/** A pair says more than its halves: `Gaussian splatting` before `splatting`. */
const PAIR_BONUS = 2;
/** A word that a group says in one pair this often is that pair: `language` where it is `language models`. */
const ABSORBED_SHARE = 0.6;
/** A word must be in this share of a group's papers, and in two of them where the group has two; pairs are rarer. */
const LEAST_SHARE = 0.2;
const LEAST_SHARE_OF_PAIRS = 0.1;
/** Share of these from which a word may still be the second of a group that has no other. */
const WEAK = 0.5;
/** And in this share of its titles: what only abstracts say (`rather`, `capabilities`) names nothing, but for abbreviations. */
const LEAST_TITLE_SHARE = 0.05;
/** A word that only says how something is, `visual` or `dynamic`, names less than what is so. */
const QUALITY_WEIGHT = 0.6;
/** A word of an abstract only counts as this much of one of a title, where authors name the thing itself. */
const ABSTRACT_WEIGHT = 0.35;

/** `dynamic`, `visual`, `agentic`, `pretrained`, `robotic`, `unified`. */
const QUALITY = /(?:[^aeiou]al|ual|ic|ive|ous|ful|less|able|ible|ly|ed|ary)$/i;

/** Empty alone, but good before another word, `neural fields`, or after one, `language model`. */
const GOOD_FIRST = new Set('data efficient fast feature neural state task time training'.split(' '));
const GOOD_LAST = new Set('data feature learning model network structure system task training'.split(' '));

/** A word or pair as a label candidate. */
interface Candidate {
  readonly key: string;
  readonly terms: readonly string[];
  /** Weight of the papers that have it, by group. */
  readonly weights: Map<number, number>;
  /** Their number, and the number of those that have it in the title. */
  readonly papers: Map<number, number>;
  readonly titles: Map<number, number>;
  /** How it is written, with how often. */
  readonly written: Map<string, number>;
}

/**
 * Names groups by their telling words: each word and pair of words is scored by how much of the group says it
 * times the logarithm of how much more that is than elsewhere (class-based TF-IDF with shares of papers in the
 * place of counts, so that one long abstract names nothing). A label is given to the group that it says most of, so that no two groups share one, and within a
 * group no two labels share a word. Deterministic in the order of groups and papers.
 */
export function labelGroups(groups: readonly (readonly Paper[])[]): Label[] {
  return finish(labelGroupsSteps(groups));
}

/** The same in steps, a handful of papers each. */
export function* labelGroupsSteps(groups: readonly (readonly Paper[])[]): Generator<number, Label[]> {
  const candidates = yield* countCandidates(groups);
  const total = groups.reduce((sum, papers) => sum + papers.length, 0);
  const claims = [...candidates.values()]
    .flatMap((candidate) => claimsOf(candidate, groups, total))
    .filter(notAbsorbed(candidates));
  yield 1;
  claims.sort((a, b) => b.score - a.score || (a.candidate.key < b.candidate.key ? -1 : 1));
  const labels: Candidate[][] = groups.map(() => []);
  const taken = new Set<string>();
  const give = ({ candidate, group }: Claim, most: number) => {
    const chosen = labels[group] as Candidate[];
    if (taken.has(candidate.key) || chosen.length >= most) return;
    if (chosen.some(({ terms }) => terms.some((term) => candidate.terms.includes(term)))) return;
    chosen.push(candidate);
    taken.add(candidate.key);
  };
  for (const claim of claims) if (!claim.weak) give(claim, WORDS_PER_LABEL);
  // A group whose words others say more of: one word alone would hardly name it.
  for (const claim of claims) if (claim.weak) give(claim, WORDS_PER_NAME);
  return labels.map((chosen, group) => {
    const words = chosen.map(({ written }) => writtenForm(written));
    const name = words.slice(0, WORDS_PER_NAME).join(', ');
    return { name: name ? capitalized(name) : `Group ${group + 1}`, words };
  });
}

/** Tells the words of a group that it does not mostly say in one pair. */
function notAbsorbed(candidates: ReadonlyMap<string, Candidate>) {
  const pairs = new Map<string, number>();
  for (const { terms, weights } of candidates.values()) {
    if (terms.length < 2) continue;
    for (const [group, weight] of weights) {
      for (const term of terms) {
        const key = `${group} ${term}`;
        pairs.set(key, Math.max(weight, pairs.get(key) ?? 0));
      }
    }
  }
  return ({ candidate, group }: Claim) => {
    const own = candidate.weights.get(group) ?? 0;
    return candidate.terms.length > 1 || (pairs.get(`${group} ${candidate.key}`) ?? 0) < own * ABSORBED_SHARE;
  };
}

interface Claim {
  readonly candidate: Candidate;
  readonly group: number;
  readonly score: number;
  /** Fewer of the group's papers say it than a label should have. */
  readonly weak: boolean;
}

/** A candidate's score in each group that has it often enough, and more of it than the others. */
function claimsOf(candidate: Candidate, groups: readonly (readonly Paper[])[], total: number): Claim[] {
  const pair = candidate.terms.length > 1;
  const leastShare = pair ? LEAST_SHARE_OF_PAIRS : LEAST_SHARE;
  // Most are said by a paper or two: what follows is asked of few.
  const often = [...candidate.weights].filter(([group]) => {
    const size = groups[group]?.length ?? 0;
    return (candidate.papers.get(group) ?? 0) >= Math.max(Math.min(2, size), size * leastShare * WEAK);
  });
  if (often.length === 0) return [];
  const everywhere = [...candidate.weights.values()].reduce((sum, weight) => sum + weight, 0);
  const bonus = pair ? PAIR_BONUS : isQuality(candidate) ? QUALITY_WEIGHT : 1;
  const abbreviation = [...candidate.written.keys()].some((form) => /\p{Lu}.*\p{Lu}/u.test(form));
  return often.flatMap(([group, weight]) => {
    const size = groups[group]?.length ?? 0;
    const titles = candidate.titles.get(group) ?? 0;
    if (!abbreviation && titles < Math.max(1, size * LEAST_TITLE_SHARE)) return [];
    // Half a paper on either side: what is said nowhere else is not infinitely telling.
    const inside = (weight + 0.5) / (size + 1);
    const outside = (everywhere - weight + 0.5) / (total - size + 1);
    const score = bonus * (weight / size) * Math.log(inside / outside);
    const weak = (candidate.papers.get(group) ?? 0) < size * leastShare;
    return score > 0 ? [{ candidate, group, score, weak }] : [];
  });
}

/** By its ending: English marks adjectives and adverbs by that, and a few nouns with them. */
function isQuality({ written }: Candidate): boolean {
  return [...written.keys()].every((form) => QUALITY.test(form));
}

function* countCandidates(groups: readonly (readonly Paper[])[]): Generator<number, Map<string, Candidate>> {
  const candidates = new Map<string, Candidate>();
  for (const [group, papers] of groups.entries()) {
    for (const [at, paper] of papers.entries()) {
      if (at % SLICE_PAPERS === SLICE_PAPERS - 1) yield (group + at / papers.length) / groups.length;
      const title = plain(paper.title);
      const seen = new Set<string>();
      for (const [text, weight] of [
        [title, 1],
        [plain(paper.abstract), ABSTRACT_WEIGHT],
      ] as const) {
        for (const { key, terms, written } of phrasesOf(text)) {
          let candidate = candidates.get(key);
          if (!candidate) {
            candidate = {
              key,
              terms,
              weights: new Map(),
              papers: new Map(),
              titles: new Map(),
              written: new Map(),
            };
            candidates.set(key, candidate);
          }
          candidate.written.set(written, (candidate.written.get(written) ?? 0) + 1);
          if (seen.has(key)) continue;
          seen.add(key);
          candidate.weights.set(group, (candidate.weights.get(group) ?? 0) + weight);
          candidate.papers.set(group, (candidate.papers.get(group) ?? 0) + 1);
          if (weight === 1) candidate.titles.set(group, (candidate.titles.get(group) ?? 0) + 1);
        }
      }
    }
  }
  return candidates;
}

/** The words, a hyphenated one as one, and the pairs of neighbours with only a space between them. */
function* phrasesOf(text: string): Generator<{ key: string; terms: string[]; written: string }> {
  let before: Token | undefined;
  let end = 0;
  for (const token of tokenize(text)) {
    if (token.start < end) continue;
    end = token.end;
    const speaking = !isStopWord(token.word) && /\p{L}{2}|\d\p{L}/u.test(token.word);
    if (speaking && !isEmptyWord(token)) yield phrase(text, [token]);
    if (before && speaking && text.slice(before.end, token.start) === ' ' && isPair(before, token)) {
      yield phrase(text, [before, token]);
    }
    before = speaking ? token : undefined;
  }
}

function isPair(first: Token, second: Token): boolean {
  if (first.term === second.term || (isEmptyWord(first) && isEmptyWord(second))) return false;
  return (
    (!isEmptyWord(first) || GOOD_FIRST.has(first.word)) &&
    (!isEmptyWord(second) || GOOD_LAST.has(singular(second)))
  );
}

function singular({ word }: Token): string {
  return word.replace(/s$/, '');
}

/** Said of every paper: it tells none apart. */
export function isEmptyWord({ term, word }: Pick<Token, 'term' | 'word'>): boolean {
  return EMPTY_WORDS.has(word) || EMPTY_WORDS.has(term) || EMPTY_WORDS.has(`${term}e`);
}

function phrase(text: string, tokens: readonly Token[]) {
  const written = text.slice((tokens[0] as Token).start, (tokens.at(-1) as Token).end);
  const terms = tokens.map(({ term }) => term);
  return { key: terms.join(' '), terms, written: inRunningText(written) };
}

/** As it stands inside a sentence: `Gaussian Splatting` small, `3DGS`, `NeRF` and `MLPs` as they are. */
function inRunningText(written: string): string {
  return written
    .split(/(?<=[ -])/)
    .map((word) => (/^\p{Lu}?[^\p{Lu}]*$/u.test(word) && !/\d/.test(word) ? word.toLowerCase() : word))
    .join('');
}

/** The commonest way of writing it, the first of equals by the alphabet. */
export function writtenForm(written: ReadonlyMap<string, number>): string {
  const forms = [...written].sort(([a, m], [b, n]) => n - m || (fold(a) < fold(b) || a < b ? -1 : 1));
  return forms[0]?.[0] ?? '';
}

function capitalized(name: string): string {
  const [first = ''] = name.split(/[ ,-]/, 1);
  return /^\p{Ll}+$/u.test(first) ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}
