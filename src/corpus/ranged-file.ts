import type { AsyncBuffer } from 'hyparquet';
import { askFor } from './ask-for-range.ts';
import type { CorpusFile } from './description.ts';
import { CorpusError } from './error.ts';
import type { HeldBytes } from './held.ts';

/** From a byte to the one before `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What moved over the network. */
export interface Traffic {
  bytes: number;
  requests: number;
}

export interface RangedFile {
  /** The bytes of each range, those held and those that are fetched for it. */
  read(ranges: readonly Range[], signal?: AbortSignal): Promise<Uint8Array[]>;
  /** The same for hyparquet: what it asks for within one turn is fetched together. */
  asBuffer(signal?: AbortSignal): AsyncBuffer;
}

/**
 * Ranges nearer than this are one request. Of a million papers a question took 144 requests with 8 kB and 192 vectors read, some
 * 115 with 16 kB and 160, and as many bytes; browsers need most of their time for requests.
 */
export const GAP = 16_384;
/** So much comes in one answer at most, but for a part that is larger by itself. */
const MOST_AT_ONCE = 2 ** 24;
/** Bytes that are read of a file together. More is asked for by no list that the command made: the host says how much. */
const MOST_READ = 2 ** 26;
/** At once, as browsers allow a host: more would only wait there. */
const AT_ONCE = 6;
/** A host that says nothing for so long is gone, milliseconds. */
const PATIENCE = 30_000;

/**
 * A file of which parts are read by HTTP range; each part is fetched once.
 * @param patience how long a host may say nothing, milliseconds.
 */
export function createRangedFile(
  url: string,
  { path, bytes }: CorpusFile,
  held: HeldBytes,
  traffic: Traffic,
  patience = PATIENCE,
): RangedFile {
  const host = new URL(url).host;
  const fetchRange = async ({ start, end }: Range, signal?: AbortSignal): Promise<Uint8Array> => {
    const body = new Uint8Array(end - start);
    let came = 0;
    const take = (chunk: Uint8Array): boolean => {
      const fits = came + chunk.length <= body.length;
      if (fits) body.set(chunk, came);
      came += chunk.length;
      return fits;
    };
    try {
      await askFor(url, { start, end }, patience, take, signal);
    } finally {
      traffic.requests++;
      traffic.bytes += came;
    }
    if (came === body.length) return body;
    const sent = came > body.length ? 'more' : `${came}`;
    throw new CorpusError(
      `${host} sent ${sent} bytes of ${path} where ${body.length} were asked for: the file there is not whole, or was replaced. Open the list again.`,
    );
  };

  const read = async (ranges: readonly Range[], signal?: AbortSignal): Promise<Uint8Array[]> => {
    let bytesAsked = 0;
    for (const { start, end } of ranges) {
      bytesAsked += end - start;
      if (bytesAsked > MOST_READ)
        throw new CorpusError(
          `${path} is damaged: more of it would be read at once than any list has there.`,
        );
      if (start >= 0 && end <= bytes && start < end) continue;
      throw new CorpusError(`${path} is damaged: it points outside of itself.`);
    }
    const missing = ranges.filter((range) => !held.has(path, range));
    const runs = mergeRanges(missing);
    let next = 0;
    const work = async () => {
      while (next < runs.length) {
        const run = runs[next++] as Run;
        const body = await fetchRange(run, signal);
        for (const part of run.parts)
          held.keep(path, part, body.slice(part.start - run.start, part.end - run.start));
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, runs.length) }, work));
    return ranges.map((range) => held.get(path, range));
  };

  return {
    read,
    asBuffer(signal) {
      let waiting: { range: Range; answer: Promise<Uint8Array[]>; at: number }[] = [];
      let together: Promise<Uint8Array[]> | undefined;
      return {
        byteLength: bytes,
        async slice(start, end = bytes) {
          const at = waiting.length;
          const range = { start, end };
          together ??= new Promise((resolve, reject) => {
            setTimeout(() => {
              const ranges = waiting.map((one) => one.range);
              [waiting, together] = [[], undefined];
              read(ranges, signal).then(resolve, reject);
            });
          });
          const mine = together;
          waiting.push({ range, answer: mine, at });
          const found = (await mine)[at] as Uint8Array;
          return found.slice().buffer as ArrayBuffer;
        },
      };
    },
  };
}

interface Run extends Range {
  readonly parts: readonly Range[];
}

/** Ranges that lie side by side, or nearly, as one. */
export function mergeRanges(ranges: readonly Range[]): Run[] {
  const runs: { start: number; end: number; parts: Range[] }[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = runs.at(-1);
    if (last && range.start - last.end <= GAP && range.end - last.start <= MOST_AT_ONCE) {
      last.end = Math.max(last.end, range.end);
      last.parts.push(range);
    } else runs.push({ ...range, parts: [range] });
  }
  return runs;
}
