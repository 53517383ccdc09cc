import { normalize } from '../vector/matrix.ts';

/** Shape of a batch as the graph gives it: [texts, length, dimensions]. */
export interface HiddenShape {
  readonly texts: number;
  readonly length: number;
  readonly dimensions: number;
}

/**
 * One unit vector a text out of one vector a piece.
 * @param hidden [texts, length, dimensions], row-major.
 * @param lengths pieces of each text that are not padding; padding stands at the end.
 * @returns [texts, dimensions]; a text without pieces gives a zero row.
 */
export function pool(
  hidden: Float32Array,
  lengths: readonly number[],
  { texts, length, dimensions }: HiddenShape,
  pooling: 'mean' | 'cls',
): Float32Array {
  const out = new Float32Array(texts * dimensions);
  for (let text = 0; text < texts; text++) {
    const row = out.subarray(text * dimensions, (text + 1) * dimensions);
    const pieces = pooling === 'cls' ? Math.min(1, lengths[text] ?? 0) : (lengths[text] ?? 0);
    let start = text * length * dimensions;
    // The sum has the direction of the mean, and only the direction is kept. Four at a time: the row is read and written less.
    const fours = pieces - (pieces % 4);
    for (let piece = 0; piece < fours; piece += 4, start += 4 * dimensions) {
      const [second, third, fourth] = [start + dimensions, start + 2 * dimensions, start + 3 * dimensions];
      for (let d = 0; d < dimensions; d++) {
        const low = (hidden[start + d] as number) + (hidden[second + d] as number);
        const high = (hidden[third + d] as number) + (hidden[fourth + d] as number);
        row[d] = (row[d] as number) + (low + high);
      }
    }
    for (let piece = fours; piece < pieces; piece++, start += dimensions) {
      for (let d = 0; d < dimensions; d++) row[d] = (row[d] as number) + (hidden[start + d] as number);
    }
    normalize(row);
  }
  return out;
}

/** Scales every row of [rows, dimensions] to length 1, in place. */
export function normalizeRows<T extends Float32Array>(data: T, dimensions: number): T {
  for (let start = 0; start < data.length; start += dimensions) {
    normalize(data.subarray(start, start + dimensions));
  }
  return data;
}

/** int8 [rows, dimensions] to unit rows: a row's scale falls out with its length. */
export function readQuantizedRows(bytes: ArrayBuffer, dimensions: number): Float32Array<ArrayBuffer> {
  return normalizeRows(
    Float32Array.from(new Int8Array(bytes), (value) => value / 127),
    dimensions,
  );
}
