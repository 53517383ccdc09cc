/*
 * A large list on a host is a folder: `list.json`, which says what the rest is, and four Parquet files.
 *
 *   papers-*.parquet   id, title, abstract, date and the rest of each paper, in small pages, read for what is shown
 *   vectors-*.parquet  id and vector, a paper a row, in the same order
 *   codes-*.parquet    what is read first: cell after cell the papers in it, each as a number and a short code
 *   cells-*.parquet    the middle of each cell and the count of its entries; read whole
 *
 * Papers are in the order of their cells, so that row groups are neighbourhoods of the vector space.
 */
import type { Codebook } from '../vector/codebook.ts';
import { WORDS } from '../vector/codebook.ts';
import { CorpusError } from './error.ts';
import { FORMAT } from './format.ts';

const VERSION = 1;
/** The name under which a folder's description is looked for. */
export const DESCRIPTION_FILE = 'list.json';

/** Bytes of a code: at 32 the best hundred by code hold the best ten for 98 % (10,000 real abstracts). */
export const PIECES = 32;
/** An entry: which paper, lowest byte first, and its code. */
export const ID_BYTES = 3;
export const ENTRY_BYTES = ID_BYTES + PIECES;
/** What an entry can name. */
export const MOST_PAPERS = 2 ** (8 * ID_BYTES);

/** Bytes of a file that are read before the first question: more is no list that this command made. */
const MOST_AT_OPENING = 2 ** 26;

export const FILES = ['cells', 'codes', 'vectors', 'papers'] as const;
export type FileName = (typeof FILES)[number];

export interface CorpusFile {
  /** Beside the description. */
  readonly path: string;
  readonly bytes: number;
  /** Bytes at its end that hold Parquet's metadata. */
  readonly footer: number;
}

export interface CorpusDescription {
  readonly title: string;
  readonly papers: number;
  /** Of the contract that the vectors were made under, and for sentences. */
  readonly model: { readonly id: string; readonly name: string };
  readonly dimensions: number;
  /** Another list has another, and so has this one once a word of it is changed. */
  readonly stamp: string;
  readonly codebook: Codebook;
  readonly files: Readonly<Record<FileName, CorpusFile>>;
}

/** As it is written. */
export function formatDescription({ codebook, ...rest }: CorpusDescription): string {
  const { pieces, scale, bytes } = codebook;
  const written = { pieces, scale, words: toBase64(bytes) };
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ...rest, codebook: written }, null, 1)}\n`;
}

/** Characters; one of the longest vectors that a list can have is half as long. */
const LONGEST = 4_000_000;

/**
 * Reads a description, field by field: it comes from a stranger.
 * @throws {CorpusError} saying what is wrong.
 */
export function readDescription(text: string): CorpusDescription {
  if (text.length > LONGEST) return broken('it is longer than any that Sheaf makes');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CorpusError('The description of this list is broken or cut short.');
  }
  const read = asObject(json, 'it is no object');
  if (read.format !== FORMAT) return broken('it is of something else');
  if (read.version !== VERSION)
    throw new CorpusError('This list was made by a newer Sheaf. Reload the page for the newest one.');
  const model = asObject(read.model, 'it names no model');
  const dimensions = whole(read.dimensions, 4096);
  const files = asObject(read.files, 'it names no files');
  const fileOf = (name: FileName, most = 2 ** 46): CorpusFile => {
    const file = asObject(Object.hasOwn(files, name) ? files[name] : undefined, `it names no ${name}`);
    const bytes = whole(file.bytes, most);
    const footer = whole(file.footer, Math.min(bytes, MOST_AT_OPENING));
    const path = text256(file.path);
    // Beside the description, and nowhere else.
    if (!/^[\w-][\w.-]*$/.test(path)) return broken(`it names ${name} by no plain name`);
    return { path, bytes, footer };
  };
  return {
    title: text256(read.title),
    papers: whole(read.papers, MOST_PAPERS),
    model: { id: text256(model.id), name: text256(model.name) },
    dimensions,
    stamp: text256(read.stamp),
    codebook: readCodebook(read.codebook, dimensions),
    files: {
      cells: fileOf('cells', MOST_AT_OPENING),
      codes: fileOf('codes'),
      vectors: fileOf('vectors'),
      papers: fileOf('papers'),
    },
  };
}

function readCodebook(value: unknown, columns: number): Codebook {
  const { pieces, scale, words } = asObject(value, 'it has no codebook');
  const bytes = typeof words === 'string' ? fromBase64(words) : undefined;
  const fits = pieces === PIECES && columns % PIECES === 0 && bytes?.length === WORDS * columns;
  if (!fits || typeof scale !== 'number' || !Number.isFinite(scale) || scale <= 0)
    return broken('its codebook is none');
  return { pieces: PIECES, columns, scale, bytes };
}

function toBase64(bytes: Int8Array): string {
  return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''));
}

function fromBase64(text: string): Int8Array | undefined {
  try {
    return Int8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown, otherwise: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return broken(otherwise);
  return value as Record<string, unknown>;
}

function whole(value: unknown, most: number): number {
  if (!Number.isSafeInteger(value) || Number(value) < 1 || Number(value) > most)
    return broken(`it has ${String(value).slice(0, 40)} where a count should be`);
  return Number(value);
}

function text256(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > 256)
    return broken('one of its names is none');
  return value;
}

function broken(why: string): never {
  throw new CorpusError(`The description of this list cannot be used: ${why}.`);
}
