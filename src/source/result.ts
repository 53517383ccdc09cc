import type { Paper } from '../paper/paper.ts';

/** A record that did not come in, where it stands, and why. Plain words for a reader. */
export interface Rejection {
  /** `line 12` of a text, `record 3` of a JSON list, `row 4` of a table, `entry 5` of a feed, `topic 2`. */
  readonly place: string;
  readonly reason: string;
}

export interface SourceResult {
  readonly format: 'daily-page' | 'json' | 'jsonl' | 'bibtex' | 'ris' | 'csv' | 'atom' | 'arxiv-ids';
  /** Day of the list, ISO 8601, where it is known. */
  readonly listed?: string;
  /** In the order of the list; the same paper may stand here twice. */
  readonly papers: Paper[];
  readonly rejected: Rejection[];
  /** What was left out of papers that did come in. */
  readonly notes?: Rejection[];
}

export interface ReadOptions {
  /** The day of reading, ISO 8601: a list shows nothing later. */
  readonly today: string;
  /** The day of the list where the reader knows it; it overrides what the list says. */
  readonly listed?: string;
}

/** The text or file is no list at all. Its message is one plain sentence for the reader. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** It is a table, and somebody has to say what its columns are. */
export class ColumnsError extends SourceError {}

/** As many as Sheaf is made for: more cannot be merged while a reader waits, nor held by a phone. */
export const MOST_RECORDS = 100_000;

/**
 * To be asked while a list is read, not after: the rest is not read any more.
 * @throws {SourceError} when it has too many.
 */
export function limitRecords(count: number): void {
  if (count <= MOST_RECORDS) return;
  const most = MOST_RECORDS.toLocaleString('en');
  throw new SourceError(
    `This list has more than ${most} records: so many are not taken at once. Divide it, and add its parts one after the other.`,
  );
}

/**
 * The same before a text is read, by what each record begins with: reading a million takes longer than a reader waits.
 * @param beginning a pattern with the flag `g`.
 */
export function limitBeginnings(text: string, beginning: RegExp): void {
  let count = 0;
  beginning.lastIndex = 0;
  while (beginning.test(text)) limitRecords(++count);
}

/** Titles and abstracts beyond these are not titles and abstracts, and would only slow every view. */
export const LONGEST_TITLE_CHARACTERS = 1_000;
export const LONGEST_ABSTRACT_CHARACTERS = 50_000;
