import { createHash } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SchemaElement } from 'hyparquet';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import {
  type CorpusDescription,
  type CorpusFile,
  DESCRIPTION_FILE,
  ENTRY_BYTES,
  type FileName,
  formatDescription,
} from '../corpus/description.ts';
import type { Paper } from '../paper/paper.ts';
import type { Arrangement } from './corpus-cells.ts';
import type { Spool } from './corpus-spool.ts';
import { createReporter } from './reporter.ts';

export interface CorpusParts {
  readonly title: string;
  readonly model: CorpusDescription['model'];
  readonly dimensions: number;
  readonly spool: Spool;
  /** As bytes [papers, dimensions], in the order of the spool. */
  readonly vectors: Int8Array;
  readonly arrangement: Arrangement;
}

/** Papers of a row group: some megabytes of text, as other readers of Parquet like it. */
const GROUP_PAPERS = 2_048;
/** Bytes of a page of texts, before compression: what is read for one paper. */
const TEXT_PAGE = 16_384;
/** Rows of equal length stand in one page, in which they are found by counting. */
const ONE_PAGE = 2 ** 30;
/** Entries of a row group at most. */
const GROUP_ENTRIES = 2 ** 16;

/**
 * Writes the files of a large list into an empty folder. Each is named by what the list holds, so that a host and its
 * readers can keep them forever.
 */
export async function writeCorpus(folder: string, parts: CorpusParts, signal: AbortSignal): Promise<void> {
  const { title, model, dimensions, spool, vectors, arrangement } = parts;
  const stamp = stampOf(parts);
  const about = {
    'sheaf.title': title,
    'sheaf.model': model.id,
    'sheaf.dimensions': String(dimensions),
    'sheaf.vector': 'signed bytes; divided by their length they are a unit vector',
  };
  const start = (name: FileName, columns: SchemaElement[]) => {
    const path = `${name}-${stamp}.parquet`;
    const root: SchemaElement = { name: 'root', num_children: columns.length };
    const writer = new ParquetWriter({
      writer: fileWriter(join(folder, path)),
      schema: [root, ...columns],
      statistics: false,
      kvMetadata: Object.entries(about).map(([key, value]) => ({ key, value })),
      createdBy: 'Sheaf',
    });
    const end = async (): Promise<CorpusFile> => {
      await writer.finish();
      return { path, ...(await measure(join(folder, path))) };
    };
    return { writer, end };
  };
  const cells = writeCells(start('cells', [bytes('centroid', dimensions), whole('entries')]), parts);
  const codes = writeCodes(start('codes', [bytes('entry', ENTRY_BYTES)]), arrangement);
  const rows = start('vectors', [text('id'), bytes('vector', dimensions)]);
  const papers = start('papers', [...['id', 'title', 'date', 'abstract'].map(text), json('more')]);
  const tell = createReporter('Wrote', ['paper', 'papers']);
  const begun = performance.now();
  const total = arrangement.order.length;
  for (let at = 0; at < total; at += GROUP_PAPERS) {
    const group = arrangement.order.subarray(at, at + GROUP_PAPERS);
    const read = await spool.read(group);
    await writeTexts(papers.writer, read);
    const own = Array.from(group, (paper) => byteRow(vectors, paper, dimensions));
    await rows.writer.write({
      columnData: [
        { name: 'id', data: read.map(({ id }) => id), encoding: 'PLAIN', offsetIndex: false },
        { name: 'vector', data: own, ...PLAIN },
      ],
      rowGroupSize: GROUP_PAPERS,
      pageSize: ONE_PAGE,
    });
    signal.throwIfAborted();
    const done = at + group.length;
    const perSecond = done / Math.max(1e-3, (performance.now() - begun) / 1000);
    tell({ done, total, perSecond, secondsLeft: (total - done) / perSecond });
  }
  const files = {
    cells: await cells,
    codes: await codes,
    vectors: await rows.end(),
    papers: await papers.end(),
  };
  const { codebook } = arrangement;
  const description = { title, papers: total, model, dimensions, stamp, codebook, files };
  await writeFile(join(folder, DESCRIPTION_FILE), formatDescription(description));
}

/** Of all that the files hold: a date or a link that is corrected makes another list. */
function stampOf({ title, model, spool, vectors, arrangement }: CorpusParts): string {
  const { order, entries, centroids } = arrangement;
  const hash = createHash('sha256').update(JSON.stringify([title, model, spool.digest]));
  for (const { buffer, byteOffset, byteLength } of [vectors, order, entries, centroids])
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex').slice(0, 12);
}

const PLAIN = { encoding: 'PLAIN', codec: 'UNCOMPRESSED', offsetIndex: false } as const;

type Started = { readonly writer: ParquetWriter; end(): Promise<CorpusFile> };

async function writeCells(file: Started, { arrangement, dimensions }: CorpusParts): Promise<CorpusFile> {
  const { centroids, starts } = arrangement;
  const count = starts.length - 1;
  await file.writer.write({
    columnData: [
      {
        name: 'centroid',
        data: Array.from({ length: count }, (_, cell) => byteRow(centroids, cell, dimensions)),
        ...PLAIN,
      },
      {
        name: 'entries',
        data: Array.from(
          { length: count },
          (_, cell) => (starts[cell + 1] as number) - (starts[cell] as number),
        ),
        encoding: 'PLAIN',
        offsetIndex: false,
      },
    ],
    rowGroupSize: count,
    pageSize: ONE_PAGE,
  });
  return file.end();
}

/** A row group a region of the space. */
async function writeCodes(file: Started, { starts, regions, entries }: Arrangement): Promise<CorpusFile> {
  for (let region = 0; region + 1 < regions.length; region++) {
    const [first, last] = [regions[region], regions[region + 1]].map(
      (cell) => starts[cell as number] as number,
    ) as [number, number];
    if (first === last) continue;
    const data = Array.from({ length: last - first }, (_, i) =>
      entries.subarray((first + i) * ENTRY_BYTES, (first + i + 1) * ENTRY_BYTES),
    );
    await file.writer.write({
      columnData: [{ name: 'entry', data, ...PLAIN }],
      rowGroupSize: GROUP_ENTRIES,
      pageSize: ONE_PAGE,
    });
  }
  return file.end();
}

async function writeTexts(writer: ParquetWriter, papers: readonly Paper[]): Promise<void> {
  const more = ({ id: _id, title: _title, date: _date, abstract: _abstract, ...rest }: Paper) => rest;
  const column = (name: string, data: unknown[]) => ({
    name,
    data: data as string[],
    encoding: 'PLAIN' as const,
  });
  await writer.write({
    columnData: [
      column(
        'id',
        papers.map(({ id }) => id),
      ),
      column(
        'title',
        papers.map(({ title }) => title),
      ),
      column(
        'date',
        papers.map(({ date }) => date ?? ''),
      ),
      column(
        'abstract',
        papers.map(({ abstract }) => abstract),
      ),
      column('more', papers.map(more)),
    ],
    rowGroupSize: GROUP_PAPERS,
    pageSize: TEXT_PAGE,
  });
}

function byteRow(rows: Int8Array, row: number, width: number): Uint8Array {
  return new Uint8Array(rows.buffer, rows.byteOffset + row * width, width);
}

const required = { repetition_type: 'REQUIRED' } as const;
const text = (name: string): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  ...required,
});
const json = (name: string): SchemaElement => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'JSON',
  ...required,
});
const whole = (name: string): SchemaElement => ({ name, type: 'INT32', ...required });
const bytes = (name: string, length: number): SchemaElement => ({
  name,
  type: 'FIXED_LEN_BYTE_ARRAY',
  type_length: length,
  ...required,
});

/** How long a file is, and how long the metadata at its end, with the eight bytes that close it. */
async function measure(path: string): Promise<Pick<CorpusFile, 'bytes' | 'footer'>> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const end = Buffer.alloc(8);
    await handle.read(end, 0, 8, size - 8);
    return { bytes: size, footer: end.readUInt32LE(0) + 8 };
  } finally {
    await handle.close();
  }
}
