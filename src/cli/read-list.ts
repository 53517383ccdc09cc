import { readFile } from 'node:fs/promises';
import { localDay } from '../paper/date.ts';
import type { Paper } from '../paper/paper.ts';
import { readAny, SourceError, type SourceResult } from '../source/source.ts';
import { CommandError, reasonOf } from './failure.ts';

/**
 * A file of papers, in any of the formats that are read.
 * @param date the day of the list, where it is known better than the file says.
 * @throws {CommandError} naming the file when it cannot be read, or is no list.
 */
export async function readList(file: string, date: string | undefined): Promise<SourceResult> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
  try {
    return await readAny(text, { today: today(), ...(date ? { listed: date } : {}) });
  } catch (error) {
    if (error instanceof SourceError) throw new CommandError(`${file}: ${error.message}`);
    throw error;
  }
}

/** Pretty and stable: the same list gives the same bytes, and a changed paper changes its own lines. */
export function formatList(papers: readonly Paper[], listed: string | undefined): string {
  return `${JSON.stringify({ ...(listed ? { listed } : {}), papers }, null, 2)}\n`;
}

/** The day here, not in Greenwich. */
export function today(): string {
  return localDay(new Date());
}
