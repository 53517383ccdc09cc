import { isBibtex, readBibtex } from './bibtex.ts';
import { isCsv } from './csv-columns.ts';
import { readDailyPage } from './daily-page.ts';
import { parseJsonList, readJsonList } from './json.ts';
import { type ReadOptions, SourceError, type SourceResult } from './result.ts';
import { isRis, readRis } from './ris.ts';

export { type ReadOptions, type Rejection, SourceError, type SourceResult } from './result.ts';

/**
 * The one door for whatever holds papers: lists as {@link readPapers} takes them, BibTeX, RIS, CSL-JSON, a CSV table, an
 * Atom file. What reads the rarer ones is loaded when it is needed.
 * @throws {SourceError} when the text is none of them.
 */
export async function readAny(text: string, options: ReadOptions): Promise<SourceResult> {
  const content = text.replace(/^\ufeff/, '');
  if (isBibtex(content)) return readBibtex(content, options);
  if (isRis(content)) return readRis(content, options);
  if (/^\s*(?:<\?xml|<feed\b)/i.test(content)) {
    const { isAtom, readAtom } = await import('./atom.ts');
    if (isAtom(content)) return readAtom(content, options);
  }
  if (isCsv(content)) return (await import('./csv.ts')).readCsv(content, options);
  return readPapers(text, options);
}

/**
 * The one door for lists of papers: the text of a Daily Papers page, a JSON list or JSON lines, told apart
 * by what they say. Records that cannot be read are named in `rejected`; the others come in.
 * @throws {SourceError} when the text is no list at all.
 */
export function readPapers(text: string, options: ReadOptions): SourceResult {
  // Blank lines above the list stay: rejected records are named by their line.
  const page = text.replace(/^\ufeff/, '');
  const content = page.trim();
  if (content === '') throw new SourceError('There is nothing in it: the text is empty.');
  if (content.includes('\0')) throw new SourceError('This is no text: it looks like a binary file.');
  if (/^<!doctype html|^<html|^<head|^<body|^<!--/i.test(content)) {
    throw new SourceError('This is the source of a web page, not a list of papers.');
  }
  if (/^<\?xml|^<(?:feed|rss)\b/i.test(content)) {
    throw new SourceError('This is an XML file of a kind that is not read: of those only Atom is.');
  }
  const list = parseJsonList(page);
  return list ? readJsonList(list, options) : readDailyPage(page, options);
}
