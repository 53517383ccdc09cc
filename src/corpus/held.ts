import { CorpusError } from './error.ts';
import type { Range } from './ranged-file.ts';

/** Parts of a list's files that have been fetched, as they are kept: where each begins and ends, and its bytes. */
export interface Bundle {
  readonly path: string;
  /** Start and end of each part, in the file. */
  readonly bounds: Float64Array;
  /** The parts, one after another. */
  readonly data: Uint8Array;
}

export interface HeldBytes {
  has(path: string, range: Range): boolean;
  /** @throws {CorpusError} where it is not held. */
  get(path: string, range: Range): Uint8Array;
  keep(path: string, range: Range, bytes: Uint8Array): void;
  /** What was kept since the last call, to be stored: one bundle a file. */
  takeNew(): Bundle[];
}

/** Bytes that lie in memory: what came first goes first. */
const MOST_HELD = 400_000_000;

/** What of a list lies in memory. @param bundles of earlier visits. */
export function createHeldBytes(bundles: readonly Bundle[] = []): HeldBytes {
  const parts = new Map<string, Uint8Array>();
  let fresh: { path: string; range: Range; bytes: Uint8Array }[] = [];
  let total = 0;
  const put = (key: string, bytes: Uint8Array) => {
    total += bytes.length - (parts.get(key)?.length ?? 0);
    parts.set(key, bytes);
    for (const [oldest, { length }] of parts) {
      if (total <= MOST_HELD) break;
      parts.delete(oldest);
      total -= length;
    }
  };
  const keyOf = (path: string, { start, end }: Range) => `${path} ${start} ${end}`;
  for (const { path, bounds, data } of bundles) {
    let at = 0;
    for (let i = 0; i + 1 < bounds.length; i += 2) {
      const range = { start: bounds[i] as number, end: bounds[i + 1] as number };
      const length = range.end - range.start;
      if (!(length > 0) || at + length > data.length) break;
      put(keyOf(path, range), data.subarray(at, at + length));
      at += length;
    }
  }
  return {
    has: (path, range) => parts.has(keyOf(path, range)),
    get(path, range) {
      const found = parts.get(keyOf(path, range));
      if (!found) throw new CorpusError(`A part of ${path} did not come. Search again.`);
      return found;
    },
    keep(path, range, bytes) {
      put(keyOf(path, range), bytes);
      fresh.push({ path, range, bytes });
    },
    takeNew() {
      const taken = fresh;
      fresh = [];
      return [...new Set(taken.map(({ path }) => path))].map((path) => {
        const mine = taken.filter((one) => one.path === path);
        const data = new Uint8Array(mine.reduce((sum, { bytes }) => sum + bytes.length, 0));
        let at = 0;
        for (const { bytes } of mine) {
          data.set(bytes, at);
          at += bytes.length;
        }
        return {
          path,
          bounds: Float64Array.from(mine.flatMap(({ range }) => [range.start, range.end])),
          data,
        };
      });
    },
  };
}
