import { parseIsoDate } from '../paper/date.ts';
import { createPaper, parseArxivId } from '../paper/identity.ts';
import { httpUrl } from '../paper/pages.ts';
import type { Paper, PaperLink } from '../paper/paper.ts';
import { LONGEST_ABSTRACT_CHARACTERS, LONGEST_TITLE_CHARACTERS } from './result.ts';

type Fields = Record<string, unknown>;

/** The largest collaborations sign with some 5,000 names. */
const MOST_AUTHORS = 6_000;
const LONGEST_NAME_CHARACTERS = 200;
const MOST_LINKS = 50;
const LONGEST_URL_CHARACTERS = 2_000;
/** Beyond it a count is no count of people or comments. */
const LARGEST_COUNT = 1e9;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The day of a whole list, under `listed` or `date`. */
export function readListDay(list: Fields): string | undefined {
  return readDay(list.listed) ?? readDay(list.date);
}

/**
 * One record of a JSON list -> a paper, or the reason why it is none. Fields may stand in the record or, as
 * in Hugging Face's list, in its `paper`; no type is trusted, and a field that makes no sense is left out.
 */
export function readRecord(
  value: unknown,
  listed: { readonly override: string | undefined; readonly list: string | undefined },
): Paper | string {
  if (!isObject(value)) return `not a record but ${describe(value)}`;
  const inner = isObject(value.paper) ? value.paper : {};
  const first = (...names: string[]) => fieldsOf(inner, value, names);
  const title = oneLine(first('title').find(isText) ?? '');
  if (title === '') return 'no title';
  if (title.length > LONGEST_TITLE_CHARACTERS) return tooLong('a title', title, LONGEST_TITLE_CHARACTERS);
  const abstract = (first('abstract', 'summary').find(isText) ?? '').trim();
  if (abstract.length > LONGEST_ABSTRACT_CHARACTERS) {
    return tooLong('an abstract', abstract, LONGEST_ABSTRACT_CHARACTERS);
  }
  const authors = firstOf(first('authors', 'author'), readAuthors);
  const day = listed.override ?? firstOf([value.listed, inner.submittedOnDailyAt], readDay);
  // Hugging Face's outer `publishedAt` is the day on the list; the paper's own date stands inside.
  const onDaily = isObject(value.paper) ? readDay(value.publishedAt) : undefined;
  return createPaper(
    withoutUnknown({
      title,
      abstract,
      date:
        firstOf(
          first('date', 'publishedAt', 'published', 'publicationDate', 'submitted', 'year'),
          readDate,
        ) ?? firstOf(first('issued'), readIssued),
      authors,
      authorCount: firstOf(first('authorCount'), readCount),
      organization: firstOf(first('organization'), readOrganization),
      comments: firstOf(first('comments', 'numComments'), readCount),
      upvotes: firstOf(first('upvotes'), readCount),
      arxivId: firstOf(
        first('arxivId', 'arxiv_id', 'arxiv', 'id', 'number', 'url', 'link', 'URL'),
        readArxivId,
      ),
      links: readLinks(
        first('links'),
        first('githubRepo'),
        first('projectPage'),
        first('url', 'link', 'URL'),
      ),
      listed: day ?? onDaily ?? listed.list,
    }),
  );
}

/** The values under these names, in their order, the inner record's before the outer's. */
function fieldsOf(inner: Fields, outer: Fields, names: readonly string[]): unknown[] {
  return names.flatMap((name) => [inner[name], outer[name]]).filter((value) => value != null);
}

function firstOf<Value>(values: readonly unknown[], read: (value: unknown) => Value | undefined) {
  for (const value of values) {
    const known = read(value);
    if (known !== undefined) return known;
  }
  return undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** A year may be a number; a time is cut to its day. */
function readDate(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? parseIsoDate(String(value)) : undefined;
}

function readDay(value: unknown): string | undefined {
  const date = readDate(value);
  return date?.length === '2026-03-10'.length ? date : undefined;
}

function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d+$/.test(value.trim()) ? Number(value) : value;
  return Number.isInteger(count) && (count as number) >= 0 && (count as number) < LARGEST_COUNT
    ? (count as number)
    : undefined;
}

function readArxivId(value: unknown): string | undefined {
  return typeof value === 'string' ? parseArxivId(value) : undefined;
}

/** Names from strings, from objects with a `name`, or from one text: `Ada Lovelace, Alan Turing and others`. */
function readAuthors(value: unknown): string[] | undefined {
  const listed = typeof value === 'string' ? value.split(value.includes(';') ? ';' : /,|\sand\s/) : value;
  if (!Array.isArray(listed)) return undefined;
  const names = listed
    .map((author) => (isObject(author) ? nameOf(author) : author))
    .filter(isText)
    .map((name) => oneLine(name).slice(0, LONGEST_NAME_CHARACTERS))
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
function readIssued(value: unknown): string | undefined {
  const parts = isObject(value) && Array.isArray(value['date-parts']) ? value['date-parts'][0] : undefined;
  if (!Array.isArray(parts)) return undefined;
  return readDate(parts.map((part, at) => String(part).padStart(at === 0 ? 4 : 2, '0')).join('-'));
}

function readOrganization(value: unknown): string | undefined {
  const name = isObject(value) ? [value.fullname, value.name].find(isText) : value;
  return isText(name) ? oneLine(name).slice(0, LONGEST_NAME_CHARACTERS) : undefined;
}

/** Links that are http or https; a record's own page only where it is not the arXiv page that its id gives. */
function readLinks(
  lists: readonly unknown[],
  code: readonly unknown[],
  projects: readonly unknown[],
  pages: readonly unknown[],
): PaperLink[] | undefined {
  const named = lists
    .filter(Array.isArray)
    .flat()
    .map((link) => (isObject(link) ? readLink(link.url, link.label) : readLink(link, undefined)));
  const found = [
    ...named,
    firstOf(code, (value) => readLink(value, 'Code')),
    firstOf(projects, (value) => readLink(value, 'Project')),
    firstOf(pages, (value) => (readArxivId(value) ? undefined : readLink(value, 'Page'))),
  ].filter((link) => link !== undefined);
  const links = found.filter((link, index) => found.findIndex(({ url }) => url === link.url) === index);
  return links.length > 0 ? links.slice(0, MOST_LINKS) : undefined;
}

function readLink(value: unknown, label: unknown): PaperLink | undefined {
  const url = isText(value) && value.length <= LONGEST_URL_CHARACTERS ? httpUrl(value) : undefined;
  if (!url) return undefined;
  const name = isText(label) ? oneLine(label).slice(0, LONGEST_NAME_CHARACTERS) : new URL(url).host;
  return { label: name, url };
}

/** Optional fields are absent, never `undefined`. */
function withoutUnknown(
  fields: { [Key in keyof Omit<Paper, 'id'>]: Paper[Key] | undefined },
): Omit<Paper, 'id'> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as Omit<Paper, 'id'>;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function tooLong(what: string, text: string, most: number): string {
  return `${what} of ${text.length} characters, more than ${most}`;
}
