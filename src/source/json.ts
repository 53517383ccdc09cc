import { isObject } from './fields.ts';
import { readListDay, readRecord } from './record.ts';
import {
  limitBeginnings,
  limitRecords,
  type ReadOptions,
  type Rejection,
  SourceError,
  type SourceResult,
} from './result.ts';

/** A list as it was parsed: its records with their places, and what could not be parsed. */
export interface JsonList {
  readonly format: 'json' | 'jsonl';
  readonly records: readonly { readonly place: string; readonly value: unknown }[];
  readonly rejected: readonly Rejection[];
  /** Day of the whole list, ISO 8601. */
  readonly listed?: string;
}

/** Under these names an object holds its list. */
const LIST_NAMES = ['papers', 'items', 'results', 'data'];

/**
 * A JSON list or JSON lines; undefined when the text is not JSON in the first place.
 * @throws {SourceError} when it is JSON, but broken or no list.
 */
export function parseJsonList(text: string): JsonList | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Prose may begin with a bracket too: "[New] Daily Papers".
    if (!/^\s*(?:\{|\[\s*[[{"\]])/.test(text)) return undefined;
    const lines = text.trimStart().startsWith('{') ? parseLines(text) : undefined;
    if (lines) return lines;
    throw new SourceError(
      'This JSON is broken or cut short: it ends or goes wrong before the list is complete.',
    );
  }
  if (Array.isArray(value)) return { format: 'json', records: numbered(value), rejected: [] };
  if (!isObject(value)) throw new SourceError('This is JSON, but not a list of papers.');
  const name = LIST_NAMES.find((candidate) => Array.isArray(value[candidate]));
  if (name) {
    const listed = readListDay(value);
    const records = numbered(value[name] as unknown[]);
    return { format: 'json', records, rejected: [], ...(listed ? { listed } : {}) };
  }
  // A single line of JSON lines is an object that stands alone.
  if ('title' in value) return { format: 'jsonl', records: [{ place: 'line 1', value }], rejected: [] };
  throw new SourceError(`This JSON has no list of papers: one is looked for under ${LIST_NAMES.join(', ')}.`);
}

/** Papers of the records that can be read; the others with their reasons. */
export function readJsonList(list: JsonList, options: ReadOptions): SourceResult {
  const listed = options.listed ?? list.listed;
  const result: SourceResult = {
    format: list.format,
    ...(listed ? { listed } : {}),
    papers: [],
    rejected: [...list.rejected],
  };
  for (const { place, value } of list.records) {
    const read = readRecord(value, { override: options.listed, list: list.listed });
    if (typeof read === 'string') result.rejected.push({ place, reason: read });
    else result.papers.push(read);
  }
  return result;
}

/** JSON lines, or undefined when not one line is an object. */
function parseLines(text: string): JsonList | undefined {
  const records: { place: string; value: unknown }[] = [];
  const rejected: Rejection[] = [];
  limitBeginnings(text, /^.*\S/gm);
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue;
    const place = `line ${index + 1}`;
    try {
      records.push({ place, value: JSON.parse(line) });
    } catch {
      rejected.push({ place, reason: 'not valid JSON' });
    }
  }
  return records.some(({ value }) => isObject(value)) ? { format: 'jsonl', records, rejected } : undefined;
}

function numbered(values: readonly unknown[]) {
  limitRecords(values.length);
  return values.map((value, index) => ({ place: `record ${index + 1}`, value }));
}
