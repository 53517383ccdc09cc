import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { readCells } from '../../../src/corpus/cells.ts';
import type { CorpusDescription } from '../../../src/corpus/description.ts';
import { COMPRESSORS } from '../../../src/corpus/parquet.ts';

const WIDTH = 64;
const CELLS = 20_000;

/** A file of equal cells: what is written shortly, and would be long in memory. */
function fileOf(codec: 'UNCOMPRESSED' | 'SNAPPY', encoding: 'PLAIN' | 'RLE_DICTIONARY'): Uint8Array {
  const required = { repetition_type: 'REQUIRED' } as const;
  const schema: SchemaElement[] = [
    { name: 'root', num_children: 2 },
    { name: 'centroid', type: 'FIXED_LEN_BYTE_ARRAY', type_length: WIDTH, ...required },
    { name: 'entries', type: 'INT32', ...required },
  ];
  const middle = new Uint8Array(WIDTH).fill(9);
  const data = Array.from({ length: CELLS }, () => middle);
  return new Uint8Array(
    parquetWriteBuffer({
      schema,
      codec,
      statistics: false,
      columnData: [
        { name: 'centroid', data, encoding, offsetIndex: false },
        { name: 'entries', data: data.map(() => 1), encoding: 'PLAIN', offsetIndex: false },
      ],
      rowGroupSize: CELLS,
      pageSize: 2 ** 30,
    }),
  );
}

const read = (bytes: Uint8Array) => {
  const file = { path: 'cells.parquet', bytes: bytes.length, footer: 100 };
  const description = { dimensions: WIDTH, papers: CELLS, files: { cells: file } };
  const whole = { read: async () => [bytes], asBuffer: () => ({}) as never };
  return readCells(whole, description as unknown as CorpusDescription);
};

it('middles that lie plainly are read', async () => {
  const { centroids, starts } = await read(fileOf('UNCOMPRESSED', 'PLAIN'));
  expect([centroids.rows, starts.length, starts.at(-1)]).toEqual([CELLS, CELLS + 1, CELLS]);
});

it.each([
  ['SNAPPY', 'PLAIN'],
  ['UNCOMPRESSED', 'RLE_DICTIONARY'],
] as const)('%s middles, %s, of which a few bytes would be many, are refused', async (codec, encoding) => {
  const bytes = fileOf(codec, encoding);
  expect(bytes.length).toBeLessThan((CELLS * WIDTH) / 5);
  await expect(read(bytes)).rejects.toThrow(
    'cells.parquet is damaged: centroid is not written as it should be.',
  );
});

it('Snappy that says it is longer than it can be gets no memory', () => {
  const packed = new Uint8Array(100);
  expect(() => COMPRESSORS.SNAPPY?.(packed, 2 ** 31)).toThrow('not so long');
});
