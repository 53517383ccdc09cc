import { XMLParser } from 'fast-xml-parser';
import { isObject } from './fields.ts';
import { readRecord } from './record.ts';
import { limitRecords, type ReadOptions, SourceError, type SourceResult } from './result.ts';

/** Comments are passed over one by one: a pattern that could end them at several places would try all of them. */
export function isAtom(text: string): boolean {
  let rest = text.replace(/^\s*(?:<\?xml[^>]*>)?\s*/i, '');
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->');
    if (end < 0) return false;
    rest = rest.slice(end + 3).trimStart();
  }
  return /^<feed\b/i.test(rest);
}

/**
 * The entries of an Atom file, arXiv's with all that they say.
 * @throws {SourceError} where it is no whole XML.
 */
export function readAtom(text: string, options: ReadOptions): SourceResult {
  const feed = parseFeed(text);
  const result: SourceResult = { format: 'atom', papers: [], rejected: [] };
  const entries = listOf(feed.entry);
  limitRecords(entries.length);
  for (const [index, entry] of entries.entries()) {
    const read = readRecord(recordOf(entry), { override: options.listed, list: undefined });
    if (typeof read === 'string') result.rejected.push({ place: `entry ${index + 1}`, reason: read });
    else result.papers.push(read);
  }
  return result;
}

function parseFeed(text: string): Record<string, unknown> {
  // With it a file brings entities of its own, which may grow without end. Feeds have none.
  if (/<!DOCTYPE/i.test(text))
    throw new SourceError('This Atom file declares a document type, which feeds do not.');
  // Texts stay texts: `1e3` is a title.
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    removeNSPrefix: true,
    htmlEntities: true,
  });
  try {
    const root = parser.parse(text, true) as Record<string, unknown>;
    if (isObject(root.feed)) return root.feed;
  } catch {
    // Told below: what the parser says names no place that a reader could find.
  }
  throw new SourceError('This Atom file is broken or cut short.');
}

function recordOf(entry: unknown): unknown {
  if (!isObject(entry)) return entry;
  const links = listOf(entry.link).filter(isObject);
  const page = links.find((link) => (link['@rel'] ?? 'alternate') === 'alternate')?.['@href'];
  return {
    title: textOf(entry.title),
    abstract: textOf(entry.summary ?? entry.content),
    authors: listOf(entry.author).map((author) => (isObject(author) ? textOf(author.name) : author)),
    date: dateOf(entry),
    id: textOf(entry.id),
    url: page,
    doi: textOf(entry.doi),
    venue: textOf(entry.journal_ref),
    categories: [entry.primary_category, ...listOf(entry.category)].map((category) =>
      isObject(category) ? category['@term'] : undefined,
    ),
  };
}

/** Every entry has to have been updated some time: one of no known date says the first of all moments, as ours do. */
function dateOf({ published, updated }: Record<string, unknown>): unknown {
  const date = textOf(published ?? updated);
  return published === undefined && date === '1970-01-01T00:00:00Z' ? undefined : date;
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

/** An element with attributes is an object, its text under a name of the parser's. */
function textOf(value: unknown): unknown {
  return isObject(value) ? value['#text'] : value;
}
