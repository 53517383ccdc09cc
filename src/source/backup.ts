import { wellFormed } from '../paper/cut.ts';
import { LONGEST_NOTE, LONGEST_TAG } from '../paper/limits.ts';
import type { Paper } from '../paper/paper.ts';
import { isObject } from './fields.ts';
import { readRecord } from './record.ts';
import { limitRecords, type Rejection, SourceError } from './result.ts';

/** Version of the file's form that this code reads and writes. */
export const BACKUP_VERSION = 1;

const LONGEST_ID = 1_200;
const LONGEST_TEXT = 2_000;
/** Colours of the palette that topics may have. */
const COLORS = 10;
/** The parts, and what a row of each is called. */
const NOUNS = {
  papers: 'paper',
  topics: 'topic',
  opinions: 'opinion',
  marks: 'mark',
  notes: 'note',
  groupNames: 'name of a group',
} as const;
/** A day, or a moment as `Date` writes it. */
const MOMENT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)?$/;

/** What the reader made or chose, as it was saved. Every part has been looked at; nothing else comes through. */
export interface Backup {
  readonly papers: readonly Paper[];
  readonly topics: readonly {
    readonly id: string;
    readonly name: string;
    readonly sentence: string;
    readonly order: number;
    readonly createdAt: string;
    readonly color?: number;
    readonly wordsOfSite?: boolean;
    readonly hidden?: boolean;
  }[];
  readonly opinions: readonly {
    readonly topic: string;
    readonly paper: string;
    readonly said: 'liked' | 'disliked';
  }[];
  readonly marks: readonly {
    readonly paper: string;
    readonly starred?: string | undefined;
    readonly read?: string | undefined;
    readonly later?: number | undefined;
    readonly tags?: readonly string[] | undefined;
  }[];
  readonly notes: readonly { readonly paper: string; readonly text: string; readonly editedAt: string }[];
  readonly groupNames: readonly { readonly id: string; readonly name: string }[];
  readonly rejected: readonly Rejection[];
}

/** A backup begins with what it is: whole libraries are not parsed twice to find out. */
export function isBackup(text: string): boolean {
  return /^\ufeff?\s*\{\s*"sheaf"\s*:/.test(text);
}

/**
 * Reads a backup that `writeBackup` wrote, or that somebody says so of.
 * @throws {SourceError} when it is cut short, or of a newer version.
 */
export function readBackup(text: string): Backup {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new SourceError('This backup is broken or cut short.');
  }
  if (!isObject(value) || typeof value.sheaf !== 'number')
    throw new SourceError('This is no backup of Sheaf.');
  if (value.sheaf > BACKUP_VERSION)
    throw new SourceError('This backup was written by a newer version of Sheaf.');
  const rejected: Rejection[] = [];
  const read = <T>(name: keyof typeof NOUNS, readOne: (row: unknown) => T | string): T[] => {
    const rows = (value as Record<string, unknown>)[name] ?? [];
    if (!Array.isArray(rows)) {
      rejected.push({ place: name, reason: 'not a list' });
      return [];
    }
    limitRecords(rows.length);
    return rows.flatMap((row, at) => {
      const one = readOne(row);
      if (typeof one !== 'string') return [one];
      rejected.push({ place: `${NOUNS[name]} ${at + 1}`, reason: one });
      return [];
    });
  };
  return {
    papers: read('papers', readPaper),
    topics: read('topics', readTopic),
    opinions: read('opinions', readOpinion),
    marks: read('marks', readMark),
    notes: read('notes', readNote),
    groupNames: read('groupNames', readGroupName),
    rejected,
  };
}

export interface WrittenBackup {
  readonly text: string;
  readonly leftOut: readonly Rejection[];
}

/** One text with all of it that {@link readBackup} takes, as it is here; and what is left out, which it would not take. */
export function writeBackup(library: Omit<Backup, 'rejected'>, saved: string): WrittenBackup {
  const leftOut: Rejection[] = [];
  const taken = (name: keyof typeof NOUNS, readOne: (row: unknown) => unknown) =>
    (library[name] as readonly unknown[]).filter((row, at) => {
      const one = readOne(row);
      if (typeof one === 'string') leftOut.push({ place: `${NOUNS[name]} ${at + 1}`, reason: one });
      return typeof one !== 'string';
    });
  const parts = {
    papers: taken('papers', readPaper),
    topics: taken('topics', readTopic),
    opinions: taken('opinions', readOpinion),
    marks: taken('marks', readMark),
    notes: taken('notes', readNote),
    groupNames: taken('groupNames', readGroupName),
  };
  return { text: `${JSON.stringify({ sheaf: BACKUP_VERSION, saved, ...parts })}\n`, leftOut };
}

/** Under the id that it had: what was said of it is kept by that. */
function readPaper(row: unknown): Paper | string {
  const paper = readRecord(row, { override: undefined, list: undefined });
  if (typeof paper === 'string') return paper;
  const id = isObject(row) && isId(row.id) && /^(?:arxiv|title):/.test(row.id) ? row.id : paper.id;
  const added = isObject(row) && isMoment(row.added) ? row.added : undefined;
  return { ...paper, id, ...(added ? { added } : {}) };
}

function readTopic(row: unknown) {
  if (!isObject(row)) return 'not a topic';
  const { id, name, sentence, order, createdAt, color, wordsOfSite, hidden } = row;
  if (!isId(id)) return 'a topic without an id';
  if (!isText(name) || !isText(sentence)) return 'a topic without a name or a sentence';
  return {
    id,
    name,
    sentence,
    order: typeof order === 'number' && Number.isFinite(order) ? order : 0,
    createdAt: isMoment(createdAt) ? createdAt : '',
    ...(Number.isInteger(color) && (color as number) >= 0 && (color as number) < COLORS
      ? { color: color as number }
      : {}),
    ...(wordsOfSite === true ? { wordsOfSite } : {}),
    ...(hidden === true ? { hidden } : {}),
  };
}

function readOpinion(row: unknown) {
  if (!isObject(row)) return 'not an opinion';
  const { topic, paper, said } = row;
  if (!isId(topic) || !isId(paper)) return 'an opinion without a topic or a paper';
  if (said !== 'liked' && said !== 'disliked') return 'an opinion that says neither yes nor no';
  return { topic, paper, said: said as 'liked' | 'disliked' };
}

function readMark(row: unknown) {
  if (!isObject(row) || !isId(row.paper)) return 'a mark without a paper';
  const { paper, starred, read, later } = row;
  const tags = readTags(row.tags);
  const mark = {
    ...(isMoment(starred) ? { starred } : {}),
    ...(isMoment(read) ? { read } : {}),
    ...(typeof later === 'number' && Number.isFinite(later) ? { later } : {}),
    ...(tags.length > 0 ? { tags } : {}),
  };
  return Object.keys(mark).length > 0 ? { paper, ...mark } : 'a mark that marks nothing';
}

/** Longer ones are cut, as they are where they are typed. */
function readTags(value: unknown): readonly string[] {
  const tags = (Array.isArray(value) ? value : []).filter(isText);
  const cut = tags.map((tag) => [...wellFormed(tag).trim()].slice(0, LONGEST_TAG).join('').trim());
  return [...new Set(cut)];
}

function readNote(row: unknown) {
  if (!isObject(row) || !isId(row.paper)) return 'a note without a paper';
  const { paper, text, editedAt } = row;
  if (typeof text !== 'string' || text.trim() === '') return 'a note without a text';
  if (text.length > LONGEST_NOTE)
    return `a note of more than ${LONGEST_NOTE.toLocaleString('en')} characters, of ${paper}`;
  return { paper, text, editedAt: isMoment(editedAt) ? editedAt : '' };
}

function readGroupName(row: unknown) {
  if (!isObject(row) || !isId(row.id) || !isText(row.name)) return 'a name of no group';
  return { id: row.id, name: row.name };
}

function isId(value: unknown): value is string {
  return (
    typeof value === 'string' && value !== '' && value.length <= LONGEST_ID && wellFormed(value) === value
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_TEXT;
}

function isMoment(value: unknown): value is string {
  return typeof value === 'string' && MOMENT.test(value);
}
