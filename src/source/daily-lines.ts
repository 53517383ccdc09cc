import { isoDay, parseMonth } from '../paper/date.ts';

/** A day as a page writes it; the year is often left out. Month from 1. */
export interface PageDay {
  readonly month: number;
  readonly day: number;
  readonly year?: number;
}

/** What one line of a Daily Papers page is. `number` is its line, from 1. */
export type PageLine = { readonly number: number } & (
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'authors'; readonly count: number }
  | { readonly kind: 'date'; readonly day: PageDay; readonly comments?: number }
  | { readonly kind: 'bullet' }
  | { readonly kind: 'heading' }
);

/** Words of the page itself: navigation, buttons, footer. Compared without case and end punctuation. */
const PAGE_WORDS = new Set(
  `new|hot|today|yesterday|daily|weekly|monthly|trending|trending papers|papers|hugging face|hugging face's logo|models|
  datasets|spaces|buckets|storage|inference endpoints|docs|enterprise|pricing|log in|sign up|login|search|subscribe|submit|
  submit a paper|get trending papers in your email inbox|get trending papers in your email inbox once a day|
  get trending papers in your email inbox once a day!|by ak and the research community|byak and the research community|
  ak and the research community|previous|next|company|tos|terms of service|privacy|about|careers|jobs|website|upvote|
  view all|view all papers|view all activity|view paper|system theme|light|dark|github|arxiv page|arxiv|pdf|load more|
  show more|back to top|community|solutions|video|comments|collections|blog`
    .split('|')
    .map((word) => word.trim()),
);

const AUTHORS = /^(\d{1,5}) authors?$/i;
const DATE =
  /^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? ((?:19|20)\d{2}))?(?: +(\d{1,6}))?(?: comments?)?$/;
const BULLETS = /^[\s•·∙‧・|]+$/;
const WEEK = /^[a-z]{3,9} \d{1,2}(?:, \d{4})? ?[-–—] ?(?:[a-z]{3,9} )?\d{1,2}(?:, \d{4})?$/;
/** Longest line that may hold several facts: an organisation's name, a count and a date. */
const LONGEST_FACTS_CHARACTERS = 160;

/**
 * The lines of a page that say something, in order: page words, upvote counts and "Submitted by" are left
 * out, `4 authors · Feb 23` on one line becomes one line a fact.
 */
export function pageLines(page: string): PageLine[] {
  const lines: PageLine[] = [];
  let submitter = false;
  for (const [index, raw] of page.split(/\r\n|\r|\n|\u2028|\u2029/).entries()) {
    const text = cleanLine(raw);
    if (text === '') continue;
    const number = index + 1;
    if (/^submitted by\b/i.test(text)) {
      submitter = /^submitted by:?$/i.test(text);
    } else if (submitter && isName(text)) {
      submitter = false;
    } else {
      submitter = false;
      lines.push(...readLine(text, number));
    }
  }
  return lines;
}

/** No-break and other odd spaces, tabs and invisible characters out; the words as they stand. */
function cleanLine(raw: string): string {
  return raw
    .replace(/[\u200b\u200e\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[\t\v\f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ')
    .trim();
}

/** A submitter's handle stands alone under "Submitted by"; a title has more words. */
function isName(text: string): boolean {
  return text.split(/ +/).length <= 3 && text.length <= 40 && !readFact(text, 0);
}

function readLine(text: string, number: number): PageLine[] {
  if (/^daily papers$/i.test(text)) return [{ kind: 'heading', number }];
  if (isPageWord(text)) return [];
  if (BULLETS.test(text)) return [{ kind: 'bullet', number }];
  return readFacts(text, number) ?? [{ kind: 'text', text, number }];
}

function isPageWord(text: string): boolean {
  const word = text.toLowerCase().replace(/(?<![!.:…])[!.:…]+$/, '');
  // "Mar 2 - Mar 8" heads a week's page; "© 2026" ends one.
  if (WEEK.test(word) || word.startsWith('©')) return true;
  // Counts: upvotes, "+12" more authors, "1.2k" stars, the pages "1 2 3 … 10" of a list.
  return (
    PAGE_WORDS.has(word) ||
    /^[+-]?[\d.,]+k?$/i.test(word) ||
    /^(?:\d+|…|\.{3})(?: (?:\d+|…|\.{3}))+$/.test(word)
  );
}

/** The facts of a line such as `• 4 authors`, `Zyphra Zyphra · Nov 21, 2025 1`; undefined when it is none. */
function readFacts(text: string, number: number): PageLine[] | undefined {
  if (text.length > LONGEST_FACTS_CHARACTERS) return undefined;
  const parts = text.split(/[•·]/).map((part) => part.replace(/ +/g, ' ').trim());
  const facts = parts.map((part) => readFact(part, number));
  if (!facts.some(Boolean)) return undefined;
  const lines = parts.flatMap((part, index): PageLine[] => {
    const fact = facts[index];
    if (fact) return [fact];
    return part === '' || /^\d+$/.test(part) ? [] : [{ kind: 'text', text: part, number }];
  });
  // "Dates · Jan 1" is a title with a dot in it, unless what is beside the fact is one name at its front.
  const names = lines.filter(({ kind }) => kind === 'text');
  return names.length === 0 || (names.length === 1 && lines[0]?.kind === 'text') ? lines : undefined;
}

function readFact(part: string, number: number): PageLine | undefined {
  const count = AUTHORS.exec(part)?.[1];
  if (count) return { kind: 'authors', count: Number(count), number };
  const [, name, day, year, comments] = DATE.exec(part) ?? [];
  const month = name && parseMonth(name);
  if (!month || !day) return undefined;
  return {
    kind: 'date',
    number,
    day: { month, day: Number(day), ...(year ? { year: Number(year) } : {}) },
    ...(comments ? { comments: Number(comments) } : {}),
  };
}

/** How far back a year that has the day is looked for: 29 February comes every 8 years at worst. */
const YEARS_BACK = 8;

/** The ISO day that a page means: its latest year that is not after `latest`; undefined for no day at all. */
export function resolveDay({ month, day, year }: PageDay, latest: string): string | undefined {
  if (year !== undefined) return isoDay(year, month, day);
  const newest = Number(latest.slice(0, 4));
  for (let candidate = newest; candidate >= newest - YEARS_BACK; candidate--) {
    const iso = isoDay(candidate, month, day);
    if (iso && iso <= latest) return iso;
  }
  return undefined;
}
