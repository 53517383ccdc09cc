import { dateOf, resolveDate } from '../paper/calendar.ts';
import { compareDates } from '../paper/date.ts';
import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import type { Comparison, Filter } from './question.ts';
import { fold, type Token, tokenize } from './terms.ts';

/** What a condition asks of a paper besides what stands in it. */
export interface About {
  has(mark: 'starred' | 'read' | 'later' | 'note', paperId: string): boolean;
  /** The reader's own words for it. */
  tagsOf(paperId: string): readonly string[];
  /** Names of the topics that it belongs to. */
  topicsOf(paperId: string): readonly string[];
  /** Ids of the papers near the one that is named; none while they are not known. */
  near(asked: string): ReadonlySet<string>;
}

/** Hosts that keep code. */
const CODE_HOSTS = /(?:^|\.)(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|sr\.ht)$/;

/** The same with times ago as dates: once a question, not once a paper. */
export function resolveDates(filters: readonly Filter[], today: string): readonly Filter[] {
  return filters.map((filter) => {
    const { condition } = filter;
    if (condition.kind !== 'after' && condition.kind !== 'before') return filter;
    return { ...filter, condition: { ...condition, date: resolveDate(condition.date, today) } };
  });
}

/** Whether a paper passes all filters, of which the dates are resolved. What a paper does not have (a date, comments) meets no condition on it. */
export function passes(paper: Paper, filters: readonly Filter[], about: About): boolean {
  return filters.every((filter) => meets(paper, filter, about) !== filter.not);
}

function meets(paper: Paper, { condition, open }: Filter, about: About): boolean {
  const has = (text: string, asked: string, exact = false) => hasWords(text, asked, { exact, open });
  switch (condition.kind) {
    case 'phrase':
      return has(paper.title, condition.phrase, true) || has(paper.abstract, condition.phrase, true);
    case 'word':
      return has(paper.title, condition.word) || has(paper.abstract, condition.word);
    case 'title':
      return has(paper.title, condition.value);
    case 'author':
      return (paper.authors ?? []).some((name) => has(name, condition.value));
    case 'org':
      return has(paper.organization ?? '', condition.value);
    case 'topic':
      return about.topicsOf(paper.id).some((name) => isNamed(name, condition.value));
    case 'tag':
      return about.tagsOf(paper.id).some((tag) => isTagged(tag, condition.value, open));
    case 'cat':
      return (paper.categories ?? []).some((category) => isInCategory(category, condition.value));
    case 'like':
      return about.near(condition.value).has(paper.id);
    case 'after':
      return isDated(paper, (date) => compareDates(date, condition.date) >= 0);
    case 'before':
      return isDated(paper, (date) => compareDates(date, condition.date) < 0);
    case 'comments':
    case 'upvotes': {
      const number = paper[condition.kind];
      return number !== undefined && compare(number, condition.comparison, condition.number);
    }
    case 'has':
      if (condition.what === 'note') return about.has('note', paper.id);
      return condition.what === 'abstract' ? paper.abstract.trim() !== '' : hasCode(paper);
    case 'is':
      return condition.what === 'unread' ? !about.has('read', paper.id) : about.has(condition.what, paper.id);
  }
}

function isDated(paper: Paper, meets: (date: string) => boolean): boolean {
  const date = dateOf(paper);
  return date !== undefined && meets(date);
}

/** Whether a topic's name is what was asked for: accents and case do not matter, and its beginning is enough. */
export function isNamed(name: string, asked: string): boolean {
  return fold(name).startsWith(fold(asked));
}

/** `cs` holds `cs.CV` and not `csx.AI`; half a class, `cs.c`, holds what begins so. */
function isInCategory(category: string, asked: string): boolean {
  const [whole, beginning] = [category.toLowerCase(), asked.toLowerCase()];
  if (!whole.startsWith(beginning)) return false;
  return (
    beginning.includes('.') ||
    whole.length === beginning.length ||
    /^[.-]/.test(whole.slice(beginning.length))
  );
}

/** Whether a tag is what was asked for: whole, or, while it is being typed, by its beginning. */
export function isTagged(tag: string, asked: string, open: boolean): boolean {
  return open ? isNamed(tag, asked) : fold(tag) === fold(asked);
}

interface Closeness {
  /** A single word as it is written, too; several always are. */
  readonly exact: boolean;
  /** The last word may be the beginning of a longer one. */
  readonly open: boolean;
}

/** One word in any of its forms; several one after another, as they are written but for accents and case. */
function hasWords(text: string, asked: string, { exact, open }: Closeness): boolean {
  const wanted = wordsOf(asked);
  if (wanted.length === 0 || !wanted.every((token) => mayHave(text, token))) return false;
  const words = wordsOf(plain(text));
  const forms = wanted.length === 1 && !exact;
  const last = wanted.length - 1;
  return words.some((_, at) =>
    wanted.every((token, step) => {
      const here = words[at + step];
      if (here === undefined) return false;
      if (here.word === token.word || (forms && here.term === token.term)) return true;
      return open && step === last && here.word.startsWith(token.word);
    }),
  );
}

/** What `fold` changes (accents, signs that are letters to it, apostrophes), and LaTeX, which may hide letters. */
const NOT_PLAIN = /[^\0-\u007f\u2010-\u2018\u201a-\u2026]|[$\\{}']/;
/** What a stem may lose or change at its end. */
const ENDING = 2;
const SHORTEST_BEGINNING = 3;

/** False where a text certainly has no form of the word: taking ten thousand abstracts apart would be felt. */
function mayHave(text: string, { word, term }: Token): boolean {
  if (NOT_PLAIN.test(word) || NOT_PLAIN.test(text)) return true;
  const beginning = word.slice(0, Math.max(SHORTEST_BEGINNING, term.length - ENDING));
  return text.toLowerCase().includes(beginning);
}

/** Without the hyphenated words as one: their parts stand for them, in the paper and in what is asked. */
function wordsOf(text: string) {
  return tokenize(text).filter(({ joined }) => !joined);
}

function hasCode({ links = [] }: Paper): boolean {
  return links.some(({ url, label }) => CODE_HOSTS.test(hostOf(url)) || /\bcode\b/i.test(label));
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function compare(number: number, comparison: Comparison, wanted: number): boolean {
  switch (comparison) {
    case '=':
      return number === wanted;
    case '>':
      return number > wanted;
    case '>=':
      return number >= wanted;
    case '<':
      return number < wanted;
    case '<=':
      return number <= wanted;
  }
}
