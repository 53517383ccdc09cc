import Papa from 'papaparse';
import { createPaper, isPlaceholder, placeholderTitle } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';
import { type ColumnField, type Columns, delimiterOf, guessColumns } from './csv-columns.ts';
import { readArxivId } from './fields.ts';
import { readRecord } from './record.ts';
import { ColumnsError, limitRecords, type ReadOptions, SourceError, type SourceResult } from './result.ts';

/** What the reader sees of a table to say what its columns are. */
export interface Table {
  /** The first row, which names the columns or is one of the papers. */
  readonly header: readonly string[];
  /** The rows below it, some of them. */
  readonly rows: readonly (readonly string[])[];
  /** The columns as far as their names are known. */
  readonly columns: Columns;
  /** Whether the first row has names. */
  readonly named: boolean;
}

export interface ColumnChoice {
  readonly columns: Columns;
  /** Whether the first row has names, and no paper. */
  readonly named: boolean;
}

const ROWS_SHOWN = 4;
/** Nobody says of more what each of them is, and a page that asked would not come to an end. */
const MOST_COLUMNS = 300;
const TOO_WIDE = `This table has more than ${MOST_COLUMNS} columns: leave some of them out, or call one “title”.`;
/** Longer first cells are titles of papers, characters. */
const LONGEST_NAME = 24;

/**
 * The beginning of a table.
 * @throws {SourceError} where it has too many columns to be shown.
 */
export function previewTable(text: string): Table {
  const [header = [], ...rows] = parse(text, ROWS_SHOWN + 1).map(({ cells }) => cells);
  if (header.length > MOST_COLUMNS) throw new SourceError(TOO_WIDE);
  const columns = guessColumns(header);
  return { header, rows, columns, named: columns.some(Boolean) || header.every(looksLikeName) };
}

/** Short and without a number in it; the reader sees what came of this guess and can say otherwise. */
function looksLikeName(cell: string): boolean {
  return cell.trim().length <= LONGEST_NAME && !/\d/.test(cell);
}

/**
 * The rows of a table, named by their row. Columns are known by their names or as the reader says; others are left
 * out. A cell that makes no sense is noted, and the rest of its row comes in.
 * @throws {ColumnsError} where no column has titles or arXiv ids.
 */
export function readCsv(text: string, options: ReadOptions, choice?: ColumnChoice): SourceResult {
  const [first, ...others] = parse(text);
  const columns = choice?.columns ?? guessColumns(first?.cells ?? []);
  const rows = first && choice && !choice.named ? [first, ...others] : others;
  limitRecords(rows.length);
  if (!columns.includes('title') && !(choice && columns.includes('arxivId'))) {
    throw new ColumnsError(
      choice
        ? 'A table needs a column of titles, or one of arXiv ids.'
        : 'This is a table, but none of its columns is known as titles.',
    );
  }
  const result: SourceResult = { format: 'csv', papers: [], rejected: [], notes: [] };
  const names = choice?.named === false ? [] : (first?.cells ?? []);
  // A table may have a million columns, of which some say something.
  const known = columns.flatMap((field, at) => (field ? [{ field, at }] : []));
  for (const { number, cells } of rows) {
    const place = `row ${number}`;
    const { record, written } = recordOf(cells, known);
    const read = readRecord(record, { override: options.listed, list: undefined });
    if (typeof read === 'string') {
      result.rejected.push({ place, reason: read });
      continue;
    }
    const paper = isPlaceholder(read) ? createPaper(read) : read;
    result.papers.push(paper);
    for (const { field, at, cell } of written) {
      // A column called `id` holds numbers of its own in most tables.
      const doubtful = field === 'arxivId' && !choice;
      if (doubtful || !UNREAD[field]?.(paper)) continue;
      const column = names[at]?.trim() || String(at + 1);
      result.notes?.push({ place, reason: `in the column “${column}”, “${shortened(cell)}” ${NONE[field]}` });
    }
  }
  return result;
}

function recordOf(cells: readonly string[], columns: readonly { field: ColumnField; at: number }[]) {
  const written = columns.flatMap(({ field, at }) => {
    const cell = unguarded(cells[at] ?? '').trim();
    return cell === '' ? [] : [{ field, at, cell }];
  });
  const record: Record<string, unknown> = {};
  for (const { field, cell } of written) {
    record[field] ??= field === 'authors' ? namesOf(cell) : field === 'date' ? plainDate(cell) : cell;
  }
  const arxivId = readArxivId(record.arxivId) ?? readArxivId(record.url);
  if (record.title === undefined && arxivId) record.title = placeholderTitle(arxivId);
  return { record, written };
}

/** `2026/3/9` and `2026.03.09`, as spreadsheets write days; other orders say no day for certain. */
function plainDate(cell: string): string {
  const [, year, month = '', day] = /^(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?$/.exec(cell) ?? [];
  if (!year) return cell;
  return [year, month.padStart(2, '0'), ...(day ? [day.padStart(2, '0')] : [])].join('-');
}

/** Whether a paper has nothing of what a cell said; other fields take any text. */
const UNREAD: Partial<Record<ColumnField, (paper: Paper) => boolean>> = {
  date: ({ date }) => date === undefined,
  arxivId: ({ arxivId }) => arxivId === undefined,
  url: ({ links, arxivId, doi }) => !links && !arxivId && !doi,
  doi: ({ doi, arxivId }) => !doi && !arxivId,
  categories: ({ categories }) => categories === undefined,
  comments: ({ comments }) => comments === undefined,
  upvotes: ({ upvotes }) => upvotes === undefined,
  githubRepo: ({ links }) => !links?.some(({ label }) => label === 'Code'),
  projectPage: ({ links }) => !links?.some(({ label }) => label === 'Project'),
};

const NONE: Partial<Record<ColumnField, string>> = {
  date: 'is no date as in 2026-03-10',
  arxivId: 'is no arXiv id',
  url: 'is no web address',
  doi: 'is no DOI',
  categories: 'is no subject class of arXiv',
  comments: 'is no number',
  upvotes: 'is no number',
  githubRepo: 'is no web address',
  projectPage: 'is no web address',
};

/** Rows with something in them, by their number as a spreadsheet counts. */
function parse(text: string, most = Number.POSITIVE_INFINITY): { number: number; cells: string[] }[] {
  // Some more, since empty rows go.
  const preview = Number.isFinite(most) ? most * 4 : 0;
  const start = firstLineWithText(text);
  const above = text.slice(0, start).split(/\r\n|\r|\n/).length;
  const { data } = Papa.parse<string[]>(text.slice(start), { preview, delimiter: delimiterOf(text) });
  return data
    .map((cells, at) => ({ number: above + at, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .slice(0, most);
}

/** Where the first line begins that has more than space; what that line begins with is a part of it. */
function firstLineWithText(text: string): number {
  const at = text.search(/\S/);
  return at < 0 ? 0 : Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('\r', at)) + 1;
}

/** Between semicolons; without any, `Müller, Zoë` is one person and `Ann Lee, Carl Roe` are two. */
function namesOf(cell: string): string[] {
  const parts = cell.includes(';')
    ? cell.split(';')
    : withoutLastAnds(cell).split(/;|,(?=[^,]*,)|,(?<=\S\s+[^,]*,)/);
  return parts.map((name) => {
    const [family = '', given, ...more] = name.split(',').map((part) => part.trim());
    return given && more.length === 0 ? `${given} ${family}` : name.trim();
  });
}

/** Semicolons for each `and` behind the last comma; one before it may stand within a name. */
function withoutLastAnds(cell: string): string {
  const end = cell.lastIndexOf(',') + 1;
  return cell.slice(0, end) + cell.slice(end).replace(/\sand\s/g, ';');
}

/** The apostrophe by which we and others keep spreadsheets from running a text is no part of it. */
function unguarded(cell: string): string {
  return /^'\s*'?[=+\-@\t\r＝＋－＠]/.test(cell) ? cell.slice(1) : cell;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
