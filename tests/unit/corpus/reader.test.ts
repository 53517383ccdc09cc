import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findByteColumn } from '../../../src/corpus/byte-column.ts';
import {
  type CorpusDescription,
  ENTRY_BYTES,
  ID_BYTES,
  readDescription,
} from '../../../src/corpus/description.ts';
import { createHeldBytes, type HeldBytes } from '../../../src/corpus/held.ts';
import { GAP } from '../../../src/corpus/ranged-file.ts';
import { createCorpusReader, type ReadLimits } from '../../../src/corpus/reader.ts';
import { byteRowCosine } from '../../../src/vector/byte-rows.ts';
import { highest } from '../../../src/vector/order.ts';
import { type RangeHost, serveRanges } from '../../fixtures/range-host.ts';
import { DIMENSIONS, type MadeUpList, madeUpVectors, writeMadeUpList } from './made-up-list.ts';

const PAPERS = 6_000;
/** A fifth of the codes, so that cells are left out. */
const FEW: ReadLimits = { codeBytes: 80_000, reranked: 100 };

let list: MadeUpList;
let host: RangeHost;
let text: string;
let description: CorpusDescription;
let questions: Float32Array[];

beforeAll(async () => {
  list = await writeMadeUpList(PAPERS);
  text = readFileSync(join(list.folder, 'list.json'), 'utf8');
  description = readDescription(text);
  questions = madeUpVectors(PAPERS + 50, 7).slice(PAPERS);
});
afterAll(() => list.remove());
beforeEach(async () => {
  host = await serveRanges(list.folder);
});
afterEach(() => host.close());

const open = (held?: HeldBytes, limits?: ReadLimits) =>
  createCorpusReader(description, `${host.url}list.json`, held, limits);

/** Titles of the ten nearest, by all vectors. */
function exact(question: Float32Array): string[] {
  const scores = Float64Array.from({ length: PAPERS }, (_, at) =>
    byteRowCosine(question, list.vectors, at * DIMENSIONS),
  );
  return [...highest(scores, 10)].map((at) => list.papers[at]?.title ?? '');
}

async function titles(reader: ReturnType<typeof open>, question: Float32Array): Promise<unknown[]> {
  const hits = await reader.search(question, 10);
  const records = await reader.records(hits.map(({ row }) => row));
  return records.map(({ title }) => title);
}

describe('a question', () => {
  it('finds nearly all of the ten nearest, and moves a part of the list', async () => {
    const reader = open(undefined, FEW);
    let found = 0;
    for (const question of questions) {
      const wanted = new Set(exact(question));
      found += (await titles(reader, question)).filter((title) => wanted.has(String(title))).length;
    }
    expect(found / questions.length / 10).toBeGreaterThan(0.95);
    expect(reader.traffic.bytes).toBe(host.sent.bytes);
  });

  it('moves no more codes than it may, and nothing when it is asked again', async () => {
    const reader = open(undefined, FEW);
    await titles(reader, questions[0] as Float32Array);
    const { bytes } = reader.traffic;
    await titles(reader, questions[1] as Float32Array);
    const moved = reader.traffic.bytes - bytes;
    // Its codes, the vectors of the best with the gaps between them, and the texts of ten.
    expect(moved).toBeLessThan(FEW.codeBytes + FEW.reranked * (DIMENSIONS + GAP) + 10 * 5 * 10_000);
    expect(moved).toBeGreaterThan(0);
    const all = reader.traffic.bytes;
    await titles(reader, questions[0] as Float32Array);
    expect(reader.traffic.bytes).toBe(all);
  });

  it('is answered without a host by what an earlier visit has kept', async () => {
    const held = createHeldBytes();
    const first = await titles(open(held), questions[0] as Float32Array);
    const kept = structuredClone(held.takeNew());
    expect(held.takeNew()).toEqual([]);
    await host.close();
    const later = open(createHeldBytes(kept));
    expect(await titles(later, questions[0] as Float32Array)).toEqual(first);
    expect(later.traffic).toEqual({ bytes: 0, requests: 0 });
  });

  it('gives whole papers, and the very vectors', async () => {
    const reader = open();
    const [best] = await reader.search(questions[0] as Float32Array, 1);
    const [record] = await reader.records([best?.row ?? -1]);
    const at = list.papers.findIndex(({ title }) => title === record?.title);
    const { id: _, ...rest } = list.papers[at] ?? { id: '' };
    expect({ ...(record?.more as object), ...record, id: undefined, more: undefined }).toEqual({
      ...rest,
      id: undefined,
      more: undefined,
    });
    expect(best?.score).toBe(byteRowCosine(questions[0] as Float32Array, list.vectors, at * DIMENSIONS));
  });

  it('is stopped by its signal, and the next one goes on', async () => {
    const reader = open();
    const stop = new AbortController();
    const asked = reader.search(questions[0] as Float32Array, 10, stop.signal);
    // Begun while the first one still opens the list.
    const next = reader.search(questions[0] as Float32Array, 10);
    stop.abort();
    await expect(asked).rejects.toThrow(/abort/i);
    expect(await next).toHaveLength(10);
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [0]])(
    'of nothing but %d does no harm',
    async (value) => {
      const reader = open();
      const hits = await reader.search(new Float32Array(DIMENSIONS).fill(value), 10);
      for (const { row } of hits) expect(row >= 0 && row < PAPERS).toBe(true);
      expect(new Set(hits.map(({ row }) => row)).size).toBe(hits.length);
      // The same reader goes on as one that was never asked so.
      const question = questions[0] as Float32Array;
      expect(await reader.search(question, 10)).toEqual(await open().search(question, 10));
    },
  );

  it('of another length is refused', async () => {
    await expect(open().search(new Float32Array(3), 10)).rejects.toThrow('A question of 3 numbers');
  });
});

it('is Parquet as others read it: ids and vectors row by row, the model in its metadata', async () => {
  const file = await asyncBufferFromFile(join(list.folder, description.files.vectors.path));
  const metadata = await parquetMetadataAsync(file);
  const rows = await parquetReadObjects({ file, utf8: false });
  expect(rows).toHaveLength(PAPERS);
  for (const { id, vector } of rows.slice(0, 50)) {
    const at = list.papers.findIndex((paper) => paper.id === id);
    expect([...new Int8Array(vector)]).toEqual([
      ...list.vectors.subarray(at * DIMENSIONS, (at + 1) * DIMENSIONS),
    ]);
  }
  const said = Object.fromEntries((metadata.key_value_metadata ?? []).map(({ key, value }) => [key, value]));
  expect(said).toMatchObject({ 'sheaf.model': 'made-up#1', 'sheaf.dimensions': '64' });
});

describe('a host that fails', () => {
  it.each([
    ['whole', /sends only whole files/],
    ['cut', /was cut while a part/],
    ['gone', /is gone from 127\.0\.0\.1/],
  ] as const)('%s is told of, and asked again', async (fault, sentence) => {
    const reader = open();
    host.fault = fault;
    await expect(reader.search(questions[0] as Float32Array, 10)).rejects.toThrow(sentence);
    host.fault = 'none';
    expect(await reader.search(questions[0] as Float32Array, 10)).toHaveLength(10);
  });

  it('that passes on to another is not followed, and the other hears nothing', async () => {
    const other = await serveRanges(list.folder);
    host.fault = 'elsewhere';
    host.elsewhere = other.url;
    try {
      await expect(open().search(questions[0] as Float32Array, 10)).rejects.toThrow('which is not followed');
      expect(other.sent.requests).toBe(0);
    } finally {
      await other.close();
    }
  });

  it('that is not there is told of', async () => {
    await host.close();
    await expect(open().search(questions[0] as Float32Array, 10)).rejects.toThrow('could not be reached');
  });
});

describe('a damaged file', () => {
  const damaged = async (name: 'cells' | 'codes' | 'vectors' | 'papers', change: (path: string) => void) => {
    const path = join(list.folder, description.files[name].path);
    const whole = readFileSync(path);
    try {
      change(path);
      const hits = await open().search(questions[0] as Float32Array, 10);
      await open().records(hits.map(({ row }) => row));
      return 'found';
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`;
    } finally {
      writeFileSync(path, whole);
    }
  };
  it.each(['cells', 'codes', 'vectors', 'papers'] as const)('%s cut short is a sentence', async (name) => {
    const { bytes } = description.files[name];
    expect(await damaged(name, (path) => truncateSync(path, bytes - 100))).toMatch(
      /^CorpusError: .*(?:is not whole|is gone from).*\.$/,
    );
  });
  it.each(['cells', 'codes', 'vectors', 'papers'] as const)(
    '%s full of noise is a sentence',
    async (name) => {
      const { bytes } = description.files[name];
      const noise = Buffer.from(Array.from({ length: bytes }, (_, at) => (at * 193 + 7) % 251));
      expect(await damaged(name, (path) => writeFileSync(path, noise))).toMatch(
        /^CorpusError: .*damaged.*\.$/,
      );
    },
  );
  it('numbers of papers that are not there, where the codes were, find those that are, and no others', async () => {
    const { path, bytes, footer } = description.files.codes;
    const whole = readFileSync(join(list.folder, path));
    const column = findByteColumn(
      await parquetMetadataAsync(await asyncBufferFromFile(join(list.folder, path))),
      'entry',
      ENTRY_BYTES,
      path,
    );
    const changed = Buffer.from(whole);
    // Every other entry names a paper beyond the last; the rest name the first three.
    const there = [0, 1, 2];
    let entry = 0;
    for (const { start, end } of column.rangesOf(0, column.rows))
      for (let at = start; at < end; at += ENTRY_BYTES, entry++)
        changed.writeUIntLE(
          entry % 2 === 0 ? PAPERS + entry : (there[(entry >> 1) % 3] as number),
          at,
          ID_BYTES,
        );
    expect(changed.subarray(bytes - footer)).toEqual(whole.subarray(bytes - footer));
    try {
      writeFileSync(join(list.folder, path), changed);
      const hits = await open().search(questions[0] as Float32Array, 10);
      // Of the many times that each is named, the best few are looked at.
      expect(hits.length).toBeGreaterThan(0);
      for (const { row } of hits) expect(there).toContain(row);
      expect(new Set(hits.map(({ row }) => row)).size).toBe(hits.length);
      expect(await open().records(hits.map(({ row }) => row))).toHaveLength(hits.length);
    } finally {
      writeFileSync(join(list.folder, path), whole);
    }
  });
});
