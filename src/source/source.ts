import { readDailyPage } from './daily-page.ts';
import { parseJsonList, readJsonList } from './json.ts';
import { type ReadOptions, SourceError, type SourceResult } from './result.ts';

export { type ReadOptions, type Rejection, SourceError, type SourceResult } from './result.ts';

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
    throw new SourceError('This is an XML file, which is not read: lists come as text, JSON or JSON lines.');
  }
  const list = parseJsonList(page);
  return list ? readJsonList(list, options) : readDailyPage(page, options);
}
