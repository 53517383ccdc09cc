import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type { Paper } from '../paper/paper.ts';
import { readRecord } from '../source/record.ts';
import { CommandError, count, reasonOf } from './failure.ts';
import { rowsOfParquet } from './parquet-rows.ts';
import { readList } from './read-list.ts';

/** Papers on disk, a line of JSON each: a million of them do not fit in memory as texts. */
export interface Spool {
  readonly count: number;
  /** Sha256 of all of them in their order. */
  readonly digest: string;
  /** Papers by their numbers, in that order. */
  read(numbers: Iterable<number>): Promise<Paper[]>;
  close(): Promise<void>;
}

/** So many refusals are told one by one. */
const MOST_TOLD = 20;
const FLUSH_BYTES = 2 ** 20;

/**
 * Reads files of papers into one file, each paper once. JSON lines, also compressed with gzip, and Parquet are read
 * piece by piece, so that they can be of any length; all else as {@link readList} does.
 * @param path of the file that is written.
 * @throws {CommandError} naming the file that is none, or that holds nothing.
 */
export async function spoolPapers(
  files: readonly string[],
  date: string | undefined,
  path: string,
  signal: AbortSignal,
): Promise<Spool> {
  const handle = await open(path, 'w+').catch((error) => {
    throw new CommandError(`${path} cannot be written: ${reasonOf(error)}.`);
  });
  try {
    return await fill(handle, files, date, signal);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function fill(
  handle: FileHandle,
  files: readonly string[],
  date: string | undefined,
  signal: AbortSignal,
): Promise<Spool> {
  const ids = new Set<string>();
  const hash = createHash('sha256');
  const ends: number[] = [];
  let waiting: Buffer[] = [];
  let [bytes, held, twice] = [0, 0, 0];
  const flush = async () => {
    await handle.writev(waiting.length > 0 ? [Buffer.concat(waiting)] : []);
    [waiting, held] = [[], 0];
  };
  for (const file of files) {
    const [before, seen] = [ends.length, twice];
    let refused = 0;
    for await (const read of papersOf(file, date)) {
      if ('reason' in read) {
        if (++refused <= MOST_TOLD) console.error(`Left out: ${file}, ${read.place}: ${read.reason}.`);
        continue;
      }
      if (ids.has(read.id)) {
        twice++;
        continue;
      }
      ids.add(read.id);
      const line = Buffer.from(`${JSON.stringify(read)}\n`);
      hash.update(line);
      waiting.push(line);
      held += line.length;
      bytes += line.length;
      ends.push(bytes);
      if (held < FLUSH_BYTES) continue;
      await flush();
      signal.throwIfAborted();
    }
    const came = ends.length - before;
    if (came === 0 && twice === seen) throw new CommandError(`No paper of ${file} could be read.`);
    console.error(`${file}: ${count(came, 'paper')}${refused > 0 ? `, ${refused} left out` : ''}.`);
  }
  await flush();
  if (twice > 0) console.error(`${count(twice, 'paper')} named twice: the first was taken.`);
  return {
    count: ends.length,
    digest: hash.digest('hex'),
    async read(numbers) {
      const found: Paper[] = [];
      for (const number of numbers) {
        const start = ends[number - 1] ?? 0;
        const line = Buffer.alloc((ends[number] as number) - start);
        await handle.read(line, 0, line.length, start);
        found.push(JSON.parse(line.toString('utf8')) as Paper);
      }
      return found;
    },
    close: () => handle.close(),
  };
}

type Read = Paper | { readonly place: string; readonly reason: string };

async function* papersOf(file: string, date: string | undefined): AsyncGenerator<Read> {
  if (file.endsWith('.parquet')) {
    for await (const { place, value } of rowsOfParquet(file)) yield readValue(value, date, place);
    return;
  }
  if (!/\.(?:jsonl|ndjson)(?:\.gz)?$/.test(file)) {
    const { papers, rejected } = await readList(file, date);
    yield* papers;
    yield* rejected;
    return;
  }
  const source = createReadStream(file);
  const text = file.endsWith('.gz') ? source.pipe(createGunzip()) : source;
  source.on('error', (error) => text.destroy(error));
  let number = 0;
  try {
    for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (line.trim() !== '') yield readLine(line, date, `line ${number}`);
    }
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

function readLine(line: string, date: string | undefined, place: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { place, reason: 'not valid JSON' };
  }
  return readValue(value, date, place);
}

function readValue(value: unknown, date: string | undefined, place: string): Read {
  const paper = readRecord(value, { override: date, list: undefined });
  return typeof paper === 'string' ? { place, reason: paper } : paper;
}
