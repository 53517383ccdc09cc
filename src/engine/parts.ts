/**
 * A file in parts. What came goes on from the last byte after a cut, a part that came wrong is fetched again by
 * itself, and parts can be kept as they come. Sums decide, not ETags: another host's are hidden from a page, and
 * `If-Range` would be asked about beforehand by every browser.
 */
import { sumOf } from './sum.ts';

/** Bytes of a part: what is summed, kept and, at most, fetched again by itself. */
export const PART_BYTES = 1_048_576;

export function countParts(bytes: number): number {
  return Math.ceil(bytes / PART_BYTES);
}

/** What is promised of the file, as far as it matters here. */
interface Promised {
  readonly bytes: number;
  readonly sha256?: string;
  readonly parts?: readonly string[];
}

/** A file on its way: what of it is here, and where the next byte belongs. */
export interface Parts {
  /** As far as it has come; right where a part is whole. Zeros elsewhere. */
  readonly whole: Uint8Array<ArrayBuffer>;
  /** What is missing next, end excluded, up to a part that is here; undefined when all is here. */
  next(): { readonly start: number; readonly end: number } | undefined;
  /** Takes bytes that belong at a place; what is here already is passed over. */
  take(at: number, bytes: Uint8Array): Promise<void>;
  /** Bytes here. */
  done(): number;
  /** Bytes ever taken, those too that were wrong. */
  taken(): number;
  /** How often one and the same part came wrong, at most. */
  wrong(): number;
  /** Begins anew: of the file nothing is known to be right. */
  clear(): void;
}

/**
 * @param kept parts of an earlier try, by number; those that are wrong are not taken.
 * @param onPart told of each part that has come whole, and right where its sum is known.
 * @throws {RangeError} where the file does not fit into memory.
 */
export async function createParts(
  file: Promised,
  kept: ReadonlyMap<number, ArrayBuffer> = new Map(),
  onPart?: (part: number, bytes: ArrayBuffer) => void,
): Promise<Parts> {
  const whole = new Uint8Array(file.bytes);
  /** Bytes here of each part. */
  const here = new Uint32Array(countParts(file.bytes));
  const faults = new Uint8Array(here.length);
  let taken = 0;
  const sizeOf = (part: number): number => Math.min(PART_BYTES, file.bytes - part * PART_BYTES);
  const rowOf = (part: number): Uint8Array<ArrayBuffer> =>
    whole.subarray(part * PART_BYTES, part * PART_BYTES + sizeOf(part));
  const isFull = (part: number): boolean => here[part] === sizeOf(part);

  /** Once its last byte is here. Where there is no sum of it, or no way to sum, the whole file's has to do. */
  const check = async (part: number): Promise<boolean> => {
    const sum = file.parts?.[part];
    if (sum === undefined) return true;
    const found = await sumOf(rowOf(part));
    if (found === undefined || found === sum) return true;
    here[part] = 0;
    faults[part] = (faults[part] as number) + 1;
    return false;
  };

  if (file.parts || file.sha256) {
    for (const [part, bytes] of kept) {
      if (part >= here.length || bytes.byteLength !== sizeOf(part)) continue;
      rowOf(part).set(new Uint8Array(bytes));
      here[part] = bytes.byteLength;
      await check(part);
    }
    // A part that spoilt on the disk has not come wrong.
    faults.fill(0);
  }

  return {
    whole,
    next() {
      const first = here.findIndex((_, part) => !isFull(part));
      if (first < 0) return undefined;
      let last = first;
      while (last + 1 < here.length && here[last + 1] === 0) last++;
      return {
        start: first * PART_BYTES + (here[first] as number),
        end: last * PART_BYTES + sizeOf(last),
      };
    },
    async take(at, bytes) {
      let offset = 0;
      while (offset < bytes.length) {
        const place = at + offset;
        // More than was promised: what is too much is no part of the file.
        if (place >= file.bytes) return;
        const part = Math.floor(place / PART_BYTES);
        const inside = place - part * PART_BYTES;
        const length = Math.min(bytes.length - offset, sizeOf(part) - inside);
        const had = here[part] as number;
        // Only what follows on what is here: from a server that begins anew all else is here already.
        if (inside <= had && inside + length > had) {
          rowOf(part).set(bytes.subarray(offset, offset + length), inside);
          here[part] = inside + length;
          taken += inside + length - had;
          if (isFull(part) && (await check(part))) onPart?.(part, rowOf(part).slice().buffer);
        }
        offset += length;
      }
    },
    taken: () => taken,
    done: () => here.reduce((sum, bytes) => sum + bytes, 0),
    wrong: () => faults.reduce((most, count) => Math.max(most, count), 0),
    clear: () => void here.fill(0),
  };
}
