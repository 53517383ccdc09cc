import { isIdList, readIdList } from './arxiv-ids.ts';
import { isBibtex, readBibtex } from './bibtex.ts';
import type { ColumnChoice } from './csv.ts';
import { isCsv, isTable } from './csv-columns.ts';
import { readDailyPage } from './daily-page.ts';
import { parseJsonList, readJsonList } from './json.ts';
import { ColumnsError, type ReadOptions, SourceError, type SourceResult } from './result.ts';
import { isRis, readRis } from './ris.ts';

export { ColumnsError, type ReadOptions, type Rejection, SourceError, type SourceResult } from './result.ts';

/**
 * The one door for whatever holds papers: lists as {@link readPapers} takes them, BibTeX, RIS, CSL-JSON, a CSV table, an
 * Atom file, a list of arXiv ids. What reads the rarer ones is loaded when it is needed.
 * @param choice of a table: what its columns are.
 * @throws {SourceError} when the text is none of them.
 * @throws {ColumnsError} when it is a table whose columns are not known.
 */
export async function readAny(
  text: string,
  options: ReadOptions,
  choice?: ColumnChoice,
): Promise<SourceResult> {
  const content = text.replace(/^\ufeff/, '');
  if (choice) return (await import('./csv.ts')).readCsv(content, options, choice);
  if (isBibtex(content)) return readBibtex(content, options);
  if (isRis(content)) return readRis(content, options);
  if (/^\s*(?:<\?xml|<feed\b)/i.test(content)) {
    const { isAtom, readAtom } = await import('./atom.ts');
    if (isAtom(content)) return readAtom(content, options);
  }
  if (isCsv(content)) return (await import('./csv.ts')).readCsv(content, options);
  const table = isTable(content);
  if (isIdList(content, table)) return readIdList(content, options);
  try {
    return readPapers(text, options);
  } catch (error) {
    if (!(error instanceof SourceError) || !table) throw error;
    throw new ColumnsError('This looks like a table, but none of its columns is known as titles.');
  }
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
