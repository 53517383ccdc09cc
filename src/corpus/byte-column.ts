import type { FileMetaData } from 'hyparquet';
import { CorpusError } from './error.ts';
import type { Range } from './ranged-file.ts';

/**
 * A column of rows of equal length that are written plainly, one page a row group: where a row lies is known from the
 * file's metadata alone, so that it can be read without the page that it stands in.
 */
export interface ByteColumn {
  readonly rows: number;
  /** Bytes of a row. */
  readonly width: number;
  /** Where rows from one to before another lie; several ranges where they pass from one row group into the next. */
  rangesOf(start: number, end: number): Range[];
}

/** More stands before the rows of no page. */
const LONGEST_PAGE_HEADER = 64;

/** @throws {CorpusError} where the column is not such a one. */
export function findByteColumn(
  metadata: FileMetaData,
  name: string,
  width: number,
  path: string,
): ByteColumn {
  const starts: number[] = [];
  const places: number[] = [];
  let rows = 0;
  for (const group of metadata.row_groups) {
    const meta = group.columns.find((column) => column.meta_data?.path_in_schema[0] === name)?.meta_data;
    const count = Number(group.num_rows);
    const bytes = count * width;
    const header = Number(meta?.total_compressed_size) - bytes;
    const plain =
      meta?.type === 'FIXED_LEN_BYTE_ARRAY' &&
      meta.codec === 'UNCOMPRESSED' &&
      meta.dictionary_page_offset === undefined &&
      Number(meta.num_values) === count;
    if (!meta || !plain || !(header > 0 && header <= LONGEST_PAGE_HEADER))
      throw new CorpusError(`${path} is damaged: ${name} is not written as it should be.`);
    starts.push(rows);
    places.push(Number(meta.data_page_offset) + header);
    rows += count;
  }
  return {
    rows,
    width,
    rangesOf(start, end) {
      const ranges: Range[] = [];
      let group = groupOf(starts, start);
      for (let row = start; row < end; group++) {
        const first = starts[group] as number;
        const last = Math.min(end, starts[group + 1] ?? rows);
        if (!(last > row)) throw new CorpusError(`${path} is damaged: it has no row ${row}.`);
        const place = places[group] as number;
        ranges.push({ start: place + (row - first) * width, end: place + (last - first) * width });
        row = last;
      }
      return ranges;
    },
  };
}

/** The last that begins at a row or before it. */
export function groupOf(starts: readonly number[], row: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) <= row) low = middle;
    else high = middle;
  }
  return low;
}
