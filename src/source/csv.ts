import Papa from 'papaparse';
import { COLUMNS, nameOf } from './csv-columns.ts';
import { readRecord } from './record.ts';
import { type ReadOptions, SourceError, type SourceResult } from './result.ts';

/**
 * The rows of a table, named by their row. Columns are known by their names; others are left out.
 * @throws {SourceError} where there is no column of titles.
 */
export function readCsv(text: string, options: ReadOptions): SourceResult {
  const { data } = Papa.parse<string[]>(text.trimStart(), { skipEmptyLines: 'greedy' });
  const [header = [], ...rows] = data;
  const names = header.map(nameOf);
  const places = Object.entries(COLUMNS).flatMap(([field, known]) => {
    const at = known.map((name) => names.indexOf(name)).find((index) => index >= 0);
    return at === undefined ? [] : [[field, at] as const];
  });
  if (!places.some(([field]) => field === 'title'))
    throw new SourceError('This table has no column named “title”.');
  const result: SourceResult = { format: 'csv', papers: [], rejected: [] };
  for (const [index, row] of rows.entries()) {
    const record = Object.fromEntries(
      places.map(([field, at]) => {
        const cell = unguarded(row[at] ?? '');
        return [field, field === 'authors' ? namesOf(cell) : cell];
      }),
    );
    const read = readRecord(record, { override: options.listed, list: undefined });
    if (typeof read === 'string') result.rejected.push({ place: `row ${index + 2}`, reason: read });
    else result.papers.push(read);
  }
  return result;
}

/** Between semicolons; without any, `Müller, Zoë` is one person and `Ann Lee, Carl Roe` are two. */
function namesOf(cell: string): string[] {
  const parts = cell.split(cell.includes(';') ? ';' : /,(?=[^,]*,)|,(?<=\S\s+[^,]*,)|\sand\s(?=[^,]+$)/);
  return parts.map((name) => {
    const [family = '', given, ...more] = name.trim().split(/\s*,\s*/);
    return given && more.length === 0 ? `${given} ${family}` : name.trim();
  });
}

/** The apostrophe by which we and others keep spreadsheets from running a text is no part of it. */
function unguarded(cell: string): string {
  return /^''?[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
