import { parseIsoDate } from '../paper/date.ts';
import { oneLine } from './fields.ts';
import { readRecord } from './record.ts';
import { limitBeginnings, type ReadOptions, type SourceResult } from './result.ts';
import { decodeLetters } from './tex-letters.ts';

/** How deep braces may lie in one another: deeper ones are an attack or damage. */
const DEEPEST = 100;
/** Longer values are no words: macros that hold one another grow without end. */
const LONGEST_VALUE = 200_000;
/** What macros may bring in all: ten thousand entries that each hold a long one would fill the memory. Characters. */
const MOST_OF_MACROS = 20_000_000;
/** A line that begins an entry ends one that was never closed: otherwise a lost brace would swallow the rest of the file. */
const NEXT_ENTRY = /\n[ \t]*@(?:(?:comment|string|preamble)[ \t]*[{(]|[a-z]+[ \t]*[{(][^\s,{}()]*[ \t]*,)/gi;
const ENTRY = /@([a-z]+)\s*([{(])\s*/gi;

/** Whether a text looks like a BibTeX file: an entry with a key and a field. */
export function isBibtex(text: string): boolean {
  return (
    /^\s*(?:%.*\n\s*)*@[a-z]+\s*[{(]/i.test(text) ||
    /\n@[a-z]+[ \t]*\{[^\s,{}]+,\s*[a-z-]+[ \t]*=/i.test(text)
  );
}

/**
 * The entries of a BibTeX or BibLaTeX file. LaTeX in titles and abstracts stays, but for accents and for braces that
 * only keep capitals. An entry that is broken is named by its line, and the next one is read.
 */
export function readBibtex(text: string, options: ReadOptions): SourceResult {
  const result: SourceResult = { format: 'bibtex', papers: [], rejected: [] };
  limitBeginnings(text, ENTRY);
  const macros: Macros = { words: new Map(), room: MOST_OF_MACROS };
  const line = lineCounter(text);
  let [at, limit, unclosed] = [0, 0, -1];
  while (true) {
    ENTRY.lastIndex = at;
    const opening = ENTRY.exec(text);
    if (!opening) return result;
    const [whole, type = '', bracket = '{'] = opening;
    const begin = opening.index + whole.length;
    const place = `line ${line(opening.index)}`;
    // Searched for again only from behind the last one: a file of one line has none.
    if (limit <= begin && limit < text.length) {
      NEXT_ENTRY.lastIndex = begin;
      limit = NEXT_ENTRY.exec(text)?.index ?? text.length;
    }
    const kind = type.toLowerCase();
    const reader = { text, at: begin, limit };
    // Comments and preambles say nothing of papers; what they hold is passed over.
    if (kind === 'comment' || kind === 'preamble') {
      reader.at = begin - 1;
      const close = bracket === '{' ? '}' : ')';
      const closed = unclosed !== limit && readDelimited(reader, close) !== undefined;
      // Where one goes on to the end of what there is, none behind it need be looked through as well.
      if (!closed) unclosed = limit;
      at = closed ? reader.at : begin;
      continue;
    }
    const fields = readEntry(reader, kind === 'string', bracket === '{' ? '}' : ')', macros);
    at = typeof fields === 'string' ? limit : reader.at;
    if (typeof fields === 'string') {
      result.rejected.push({ place, reason: fields });
      continue;
    }
    if (kind === 'string') {
      for (const [name, value] of fields) macros.words.set(name, value);
      continue;
    }
    const read = readRecord(recordOf(fields), { override: options.listed, list: undefined });
    if (typeof read === 'string') result.rejected.push({ place, reason: read });
    else result.papers.push(read);
  }
}

interface Reader {
  readonly text: string;
  at: number;
  /** Where the entry must have ended. */
  readonly limit: number;
}

type Fields = Map<string, string>;

interface Macros {
  readonly words: Map<string, string>;
  /** Characters that they may still bring. */
  room: number;
}

/** The fields of an entry by their names in lower case, or why there are none. */
function readEntry(reader: Reader, isMacro: boolean, close: string, macros: Macros): Fields | string {
  const fields: Fields = new Map();
  if (!isMacro) {
    const key = match(reader, /[^,\s{}()]*/y);
    match(reader, /\s*/y);
    if (reader.text[reader.at] === close) {
      reader.at++;
      return fields;
    }
    if (!match(reader, /,/y)) return `the entry ${name(key)} has no comma after its key`;
  }
  while (true) {
    match(reader, /[\s,]*/y);
    if (reader.text[reader.at] === close) {
      reader.at++;
      return fields;
    }
    if (reader.at >= reader.limit) return 'an entry that is not closed';
    const field = match(reader, /[^\s=,{}"#]+/y);
    if (!field || !match(reader, /\s*=\s*/y)) return 'an entry with something in it that is no field';
    const value = readValue(reader, macros);
    if (macros.room < 0) return 'macros that bring more text than a list of papers has';
    if (value === undefined) return `the field ${name(field)} is not closed`;
    fields.set(field.toLowerCase(), value);
  }
}

/** Pieces in braces or quotes, numbers and macros, joined by `#`. */
function readValue(reader: Reader, macros: Macros): string | undefined {
  let value = '';
  do {
    const sign = reader.text[reader.at];
    const piece =
      sign === '{' || sign === '"'
        ? readDelimited(reader, sign === '{' ? '}' : '"')
        : macroOf(match(reader, /[^\s,{}"#()]+/y), macros);
    if (piece === undefined) return undefined;
    value += piece;
    if (value.length > LONGEST_VALUE) return undefined;
  } while (match(reader, /\s*#\s*/y));
  return value;
}

function macroOf(word: string, macros: Macros): string | undefined {
  if (word === '') return undefined;
  const value = macros.words.get(word.toLowerCase());
  macros.room -= value?.length ?? 0;
  return value ?? word;
}

/** What stands up to the closing sign, with braces in pairs. */
function readDelimited(reader: Reader, close: string): string | undefined {
  const { text, limit } = reader;
  const begin = reader.at + 1;
  let depth = 0;
  for (let at = begin; at < limit; at++) {
    const sign = text[at];
    if (depth === 0 && sign === close) {
      reader.at = at + 1;
      return text.slice(begin, at);
    }
    if (sign === '\\') at++;
    else if (sign === '{' && ++depth > DEEPEST) return undefined;
    else if (sign === '}' && --depth < 0) return undefined;
  }
  return undefined;
}

function match(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0] ?? '';
  reader.at += found.length;
  return found;
}

/** A field or key as a message shows it. */
function name(written: string): string {
  return `“${written.slice(0, 40)}”`;
}

/** What `readRecord` knows, from the fields of an entry. */
function recordOf(fields: Fields): Record<string, unknown> {
  const first = (...names: string[]) => names.map((one) => fields.get(one)?.trim()).find((value) => value);
  const year = first('year');
  const month = monthOf(first('month') ?? '');
  const eprint = /arxiv/i.test(first('archiveprefix', 'eprinttype') ?? 'arxiv') ? first('eprint') : undefined;
  return {
    title: textOf(first('title') ?? ''),
    abstract: textOf(first('abstract') ?? ''),
    author: authorsOf(first('author') ?? ''),
    date: parseIsoDate(first('date')?.split('/')[0] ?? '') ?? (year && month ? `${year}-${month}` : year),
    arxiv: eprint ?? first('journal', 'note', 'howpublished')?.match(/arxiv[:\s]*(\d{4}\.\d{4,5})/i)?.[1],
    url: unescaped(first('url')),
    doi: unescaped(first('doi')),
    venue: textOf(first('journal', 'journaltitle', 'booktitle') ?? ''),
    pages: first('pages'),
    categories: first('primaryclass', 'eprintclass'),
    keywords: textOf(first('keywords') ?? ''),
    organization: first('organization', 'institution'),
  };
}

/** Addresses and DOIs are often written with the signs of LaTeX escaped. */
function unescaped(written: string | undefined): string | undefined {
  return written?.replace(/\\([%_&#~])/g, '$1');
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** `mar`, `{March}` or `3` -> `03`. */
function monthOf(written: string): string | undefined {
  const word = written.toLowerCase().replace(/[^a-z0-9]/g, '');
  const month = MONTHS.indexOf(word.slice(0, 3)) + 1 || Number(word);
  return month >= 1 && month <= 12 ? String(month).padStart(2, '0') : undefined;
}

/** Names in the order in which they are read; `and others` is nobody. */
function authorsOf(written: string): string[] {
  return splitNames(written)
    .map((person) => {
      const plain = oneLine(decodeLetters(person).replace(/[{}]/g, '').replace(/~/g, ' '));
      // In braces it is an organisation and has no order; `Family, Jr, Given` has its suffix in the middle.
      const [family = '', ...rest] = isWrapped(person.trim()) ? [plain] : plain.split(/ ?, ?/);
      const given = rest.pop();
      return [given, family, ...rest].filter(Boolean).join(' ');
    })
    .filter((person) => person !== '' && person !== 'others');
}

/** At `and`, but not within braces. */
function splitNames(written: string): string[] {
  const names = [''];
  let depth = 0;
  for (const word of written.split(/(\s+)/)) {
    if (depth === 0 && word.toLowerCase() === 'and') names.push('');
    else names[names.length - 1] += word;
    depth += word.split('{').length - word.split('}').length;
  }
  return names.map((person) => person.trim());
}

/** Accents as letters, and without the braces around words that only keep their capitals. */
function textOf(written: string): string {
  let text = decodeLetters(written).trim();
  if (text.includes('$')) return isWrapped(text) ? text.slice(1, -1) : text;
  // From the inside out; an argument of a command keeps its braces.
  for (let [before, depth] = ['', 0]; before !== text && depth < DEEPEST; depth++) {
    before = text;
    text = text.replace(/(^|[^\\\w}])\{([^{}\\]*)\}/g, '$1$2');
  }
  return text;
}

/** Whether one pair of braces holds all of it. */
function isWrapped(text: string): boolean {
  if (!text.startsWith('{') || !text.endsWith('}')) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at === text.length - 1;
  }
  return false;
}

/** Lines from 1, asked for places in ascending order. */
function lineCounter(text: string): (place: number) => number {
  let [next, line] = [text.indexOf('\n'), 1];
  return (place) => {
    for (; next >= 0 && next < place; next = text.indexOf('\n', next + 1)) line++;
    return line;
  };
}
