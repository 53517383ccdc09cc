import { type Compressors, snappyUncompress } from 'hyparquet';
import { CorpusError } from './error.ts';

/** Three bytes of Snappy stand for 64 at most: more is the word of a host that wants memory. */
const MOST_SWELLING = 22;

/** What pages of texts are compressed by. */
export const COMPRESSORS: Compressors = {
  SNAPPY(input, length) {
    if (length > MOST_SWELLING * input.length) throw new RangeError('not so long');
    const output = new Uint8Array(length);
    snappyUncompress(input, output);
    return output;
  },
};

/** What hyparquet says of a broken file is for programmers. */
export async function orDamaged<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CorpusError || (error as Error)?.name === 'AbortError') throw error;
    throw new CorpusError(`${path} is damaged and cannot be read as Parquet.`);
  }
}
