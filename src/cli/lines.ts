import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { CommandError, reasonOf } from './failure.ts';

/** A line that is not empty, with its place for a sentence: `papers.jsonl, line 3`. */
export interface Line {
  readonly place: string;
  readonly text: string;
}

const LINE_FEED = 0x0a;
const unpack = promisify(gunzip);

/**
 * The lines of a text file, one by one; a name that ends in `.gz` is unpacked, also when several packed files
 * were joined. Lines end at line feeds only: JSON may have U+2028 inside, at which Node's readline would cut.
 * @throws {CommandError} naming the file, and the line that is no UTF-8.
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const bytes = await readBytes(path);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let start = 0;
  for (let number = 1; start < bytes.length; number++) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const place = `${path}, line ${number}`;
    let text: string;
    try {
      text = decoder.decode(bytes.subarray(start, end)).trim();
    } catch {
      throw new CommandError(`${place}: this is not text in UTF-8.`);
    }
    start = end + 1;
    if (text !== '') yield { place, text };
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(path);
    return path.endsWith('.gz') ? await unpack(bytes) : bytes;
  } catch (error) {
    throw new CommandError(`${path} cannot be read: ${reasonOf(error)}.`);
  }
}
