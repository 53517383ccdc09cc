import { httpUrl, parseDoi } from '../paper/addresses.ts';
import { isCategory } from '../paper/categories.ts';
import { cutText, wellFormed } from '../paper/cut.ts';
import { parseIsoDate } from '../paper/date.ts';
import { parseArxivId } from '../paper/identity.ts';
import { MOST_LINKS, MOST_WORDS } from '../paper/limits.ts';
import type { PaperLink } from '../paper/paper.ts';

/*
 * Single fields of a record, of which no type is trusted: each gives what makes sense, or undefined.
 */

export type Fields = Record<string, unknown>;

/** The largest collaborations sign with some 5,000 names. */
const MOST_AUTHORS = 6_000;
const LONGEST_NAME_CHARACTERS = 200;
/** Of links as a record has them so many are looked at: some are none, some stand there twice. */
const MOST_WRITTEN = 1_000;
const LONGEST_URL_CHARACTERS = 2_000;
/** Beyond it a count is no count of people or comments. */
const LARGEST_COUNT = 1e9;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function firstOf<Value>(values: readonly unknown[], read: (value: unknown) => Value | undefined) {
  for (const value of values) {
    const known = read(value);
    if (known !== undefined) return known;
  }
  return undefined;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Not cut within a sign, and without halves of signs. */
function shortName(text: string): string {
  const name = oneLine(text).slice(0, 2 * LONGEST_NAME_CHARACTERS);
  // One letter under a thousand marks is no sign that could stay whole.
  return wellFormed(cutText(name, LONGEST_NAME_CHARACTERS) || name.slice(0, LONGEST_NAME_CHARACTERS)).trim();
}

/** A year may be a number; a time is cut to its day. */
export function readDate(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parseIsoDate(String(value)) : undefined;
}

export function readDay(value: unknown): string | undefined {
  const date = readDate(value);
  return date?.length === '2026-03-10'.length ? date : undefined;
}

export function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
  return Number.isInteger(count) && (count as number) >= 0 && (count as number) < LARGEST_COUNT
    ? (count as number)
    : undefined;
}

export function readArxivId(value: unknown): string | undefined {
  return typeof value === 'string' ? parseArxivId(value) : undefined;
}

/** Names from strings, from objects with a `name`, or from one text: `Ada Lovelace, Alan Turing and others`. */
export function readAuthors(value: unknown): string[] | undefined {
  const listed = typeof value === 'string' ? value.split(value.includes(';') ? ';' : /,|\sand\s/) : value;
  if (!Array.isArray(listed)) return undefined;
  const names = listed
    .map((author) => (isObject(author) ? nameOf(author) : author))
    .filter(isText)
    .map((name) => shortName(name))
    .slice(0, MOST_AUTHORS);
  return names.length > 0 ? names : undefined;
}

/** Under `name`, or as CSL-JSON has it. */
function nameOf(author: Fields): unknown {
  const { given, 'dropping-particle': of, 'non-dropping-particle': particle, family, suffix } = author;
  const parts = [given, of, particle, family, suffix].filter(isText).join(' ');
  return author.name ?? author.fullname ?? author.literal ?? parts;
}

/** `{"date-parts": [[2026, 3, 10]]}` of CSL-JSON. */
export function readIssued(value: unknown): string | undefined {
  const parts = isObject(value) && Array.isArray(value['date-parts']) ? value['date-parts'][0] : undefined;
  if (!Array.isArray(parts)) return undefined;
  // Whatever else stands there is not asked to become a text: it may be made to throw, or lie in itself too deep.
  const date = parts.slice(0, 3).map((part) => (typeof part === 'number' || isText(part) ? `${part}` : '?'));
  return readDate(date.map((part, at) => part.padStart(at === 0 ? 4 : 2, '0')).join('-'));
}

export function readOrganization(value: unknown): string | undefined {
  const name = isObject(value) ? [value.fullname, value.name].find(isText) : value;
  return isText(name) ? shortName(name) : undefined;
}

/** Links that are http or https; a record's own page only where it is not the page that its arXiv id or DOI gives. */
export function readLinks(
  lists: readonly unknown[],
  code: readonly unknown[],
  projects: readonly unknown[],
  pages: readonly unknown[],
): PaperLink[] | undefined {
  const named = lists
    .filter(Array.isArray)
    .flat()
    .slice(0, MOST_WRITTEN)
    .map((link) => (isObject(link) ? readLink(link.url, link.label) : readLink(link, undefined)));
  const found = [
    ...named,
    firstOf(code, (value) => readLink(value, 'Code')),
    firstOf(projects, (value) => readLink(value, 'Project')),
    firstOf(pages, (value) => (readArxivId(value) || readDoi(value) ? undefined : readLink(value, 'Page'))),
  ].filter((link) => link !== undefined);
  const seen = new Set<string>();
  const links = found.filter(({ url }) => !seen.has(url) && seen.add(url));
  return links.length > 0 ? links.slice(0, MOST_LINKS) : undefined;
}

function readLink(value: unknown, label: unknown): PaperLink | undefined {
  const url = isText(value) && value.length <= LONGEST_URL_CHARACTERS ? httpUrl(value) : undefined;
  if (!url) return undefined;
  const name = isText(label) ? shortName(label) : new URL(url).host;
  return { label: name, url };
}

export function readDoi(value: unknown): string | undefined {
  return typeof value === 'string' ? parseDoi(value) : undefined;
}

/** A preprint on arXiv has appeared nowhere, whatever bibliographies write for its journal. */
export function readVenue(value: unknown): string | undefined {
  const name = isObject(value) ? [value.name, value.title].find(isText) : [value].flat()[0];
  if (!isText(name) || /\barxiv\b|^corr\b/i.test(name)) return undefined;
  return shortName(name);
}

/** `12-34`, `12--34` and `12–34` alike; an article's number, as it is. */
export function readPages(value: unknown): string | undefined {
  const pages = typeof value === 'number' ? String(value) : value;
  if (!isText(pages) || pages.length > LONGEST_NAME_CHARACTERS) return undefined;
  return oneLine(pages).replace(/\s*[-\u2013\u2014]+\s*/g, '-');
}

/** Subject classes of arXiv, from a list of them or from one text; what is none is left out. */
export function readCategories(value: unknown): string[] | undefined {
  const words = typeof value === 'string' ? value.split(/[\s,;]+/) : wordsOf(value);
  const categories = [...new Set(words.filter(isCategory))].slice(0, MOST_WORDS);
  return categories.length > 0 ? categories : undefined;
}

/** From a list, or from one text with commas or semicolons between them. */
export function readKeywords(value: unknown): string[] | undefined {
  const words = typeof value === 'string' ? value.split(value.includes(';') ? ';' : ',') : wordsOf(value);
  const clean = words.map((word) => shortName(word)).filter(Boolean);
  return clean.length > 0 ? [...new Set(clean)].slice(0, MOST_WORDS) : undefined;
}

/** Words that stand by themselves, or under the names that feeds and catalogues give them. */
function wordsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.map((word) => (isObject(word) ? (word.term ?? word.name) : word)).filter(isText);
}
