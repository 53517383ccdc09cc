/** Names that columns have elsewhere, in lower case and letters only, for each field of ours. */
export const COLUMNS = {
  title: ['title', 'papertitle', 'name', 'articletitle'],
  abstract: ['abstract', 'abstractnote', 'summary', 'description'],
  authors: ['authors', 'author', 'creators', 'authornames'],
  date: ['date', 'published', 'publicationdate', 'publisheddate', 'publicationyear', 'year'],
  arxivId: ['arxivid', 'arxiv', 'eprint', 'id'],
  url: ['url', 'link', 'address'],
  doi: ['doi'],
  venue: ['venue', 'journal', 'publicationtitle', 'sourcetitle', 'containertitle', 'conference'],
  pages: ['pages', 'page'],
  categories: ['categories', 'category', 'primarycategory', 'subjects'],
  keywords: ['keywords', 'keyword', 'manualtags', 'authorkeywords', 'tags'],
  organization: ['organization', 'organisation', 'affiliation', 'institution'],
  comments: ['comments', 'numcomments'],
  upvotes: ['upvotes', 'votes', 'likes'],
  githubRepo: ['code', 'githubrepo', 'github'],
  projectPage: ['project', 'projectpage'],
} as const satisfies Record<string, readonly string[]>;

/** What a column of a table can say of a paper. */
export type ColumnField = keyof typeof COLUMNS;
export const COLUMN_FIELDS = Object.keys(COLUMNS) as ColumnField[];

/** What each column of a table says, in their order; undefined where it is left out. */
export type Columns = readonly (ColumnField | undefined)[];

/** Lines by which a table is told from prose. */
const LINES_LOOKED_AT = 5;
const FEWEST_LINES = 2;
/** A longer cell is no name of a column. */
const LONGEST_COLUMN = 100;

/** A line of names, a title among them. Commas, semicolons or tabs. */
export function isCsv(text: string): boolean {
  const [line = ''] = firstLines(text, 1);
  // JSON has commas and a title, too.
  if (!/[,;\t]/.test(line) || /^\s*[[{]/.test(line)) return false;
  return line.split(/[,;\t]/).some((cell) => isName(cell.trim()) && columnOf(cell) === 'title');
}

function isName(cell: string): boolean {
  return cell.length <= LONGEST_COLUMN && /^"?[\w -]*"?$/.test(cell);
}

/** Whether the first lines have as many cells each: a table, be its columns known or not. */
export function isTable(text: string): boolean {
  const lines = firstLines(text, LINES_LOOKED_AT);
  if (lines.length < FEWEST_LINES || /^\s*[[{<@%]/.test(text)) return false;
  const sign = delimiterOf(text);
  const counts = lines.map((line) => countOutsideQuotes(line, sign));
  return counts[0] !== 0 && counts.every((count) => count === counts[0]);
}

/** What stands between the cells: of tab, semicolon and comma the one that the first line has most of. */
export function delimiterOf(text: string): string {
  const [line = ''] = firstLines(text, 1);
  const [sign = ','] = ['\t', ';', ','].sort(
    (a, b) => countOutsideQuotes(line, b) - countOutsideQuotes(line, a),
  );
  return sign;
}

/** The field that a column of this name is for. */
export function columnOf(cell: string): ColumnField | undefined {
  const name = nameOf(cell);
  return COLUMN_FIELDS.find((field) => (COLUMNS[field] as readonly string[]).includes(name));
}

/** The columns by their names; of two for one field the better known name counts. */
export function guessColumns(header: readonly string[]): Columns {
  const names = header.map(nameOf);
  const places = new Map<number, ColumnField>();
  for (const field of COLUMN_FIELDS) {
    const at = COLUMNS[field].map((name) => names.indexOf(name)).find((index) => index >= 0);
    if (at !== undefined) places.set(at, field);
  }
  return header.map((_, at) => places.get(at));
}

/** A column's name as it is compared. */
function nameOf(cell: string): string {
  return cell.toLowerCase().replace(/[^a-z]/g, '');
}

/** As they are: a tab at the beginning is an empty cell. */
function firstLines(text: string, most: number): string[] {
  const lines = text.slice(0, 20_000).split(/\r\n|\r|\n/);
  return lines.filter((line) => line.trim() !== '').slice(0, most);
}

function countOutsideQuotes(line: string, sign: string): number {
  return line.replace(/"(?:[^"]|"")*"/g, '').split(sign).length - 1;
}
