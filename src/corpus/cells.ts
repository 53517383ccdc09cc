import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { byteRowsMatrix } from '../vector/byte-rows.ts';
import type { Matrix } from '../vector/matrix.ts';
import { findByteColumn } from './byte-column.ts';
import type { CorpusDescription } from './description.ts';
import { CorpusError } from './error.ts';
import { COMPRESSORS, orDamaged } from './parquet.ts';
import type { RangedFile } from './ranged-file.ts';

export interface Cells {
  /** The middle of each cell. */
  readonly centroids: Matrix;
  /** First entry of each cell, and the count of all behind the last. */
  readonly starts: Uint32Array;
}

/** Reads the whole file of the cells. Their middles lie in it plainly, so that no more is made of it than it has bytes. */
export async function readCells(
  file: RangedFile,
  { files, dimensions, papers }: CorpusDescription,
): Promise<Cells> {
  const { path, bytes } = files.cells;
  const [whole] = (await file.read([{ start: 0, end: bytes }])) as [Uint8Array];
  const buffer = whole.slice().buffer as ArrayBuffer;
  const metadata = await orDamaged(path, () => parquetMetadata(buffer));
  const middles = findByteColumn(metadata, 'centroid', dimensions, path);
  if (middles.rows * dimensions > bytes)
    throw new CorpusError(`${path} is damaged: it is too short for ${middles.rows} cells.`);
  const rows = await orDamaged(path, () =>
    parquetReadObjects({ file: buffer, metadata, columns: ['entries'], compressors: COMPRESSORS }),
  );
  if (rows.length !== middles.rows)
    throw new CorpusError(`${path} is damaged: it has ${middles.rows} cells and ${rows.length} counts.`);
  const centroids = new Int8Array(middles.rows * dimensions);
  let at = 0;
  for (const { start, end } of middles.rangesOf(0, middles.rows)) {
    if (!(start >= 0 && end <= bytes))
      throw new CorpusError(`${path} is damaged: it points outside of itself.`);
    centroids.set(new Int8Array(buffer, start, end - start), at);
    at += end - start;
  }
  const starts = new Uint32Array(middles.rows + 1);
  rows.forEach(({ entries }, cell) => {
    // No paper stands in more than two cells.
    if (!Number.isInteger(entries) || entries < 0 || entries > 2 * papers)
      throw new CorpusError(`${path} is damaged: cell ${cell} is none.`);
    starts[cell + 1] = (starts[cell] as number) + entries;
  });
  return { centroids: byteRowsMatrix(centroids, dimensions), starts };
}
