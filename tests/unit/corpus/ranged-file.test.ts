import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetMetadataAsync } from 'hyparquet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHeldBytes } from '../../../src/corpus/held.ts';
import { createRangedFile } from '../../../src/corpus/ranged-file.ts';
import { type RangeHost, serveRanges } from '../../fixtures/range-host.ts';

const BYTES = 100_000;
let folder: string;
let host: RangeHost;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sheaf-ranges-'));
  writeFileSync(
    join(folder, 'a.parquet'),
    Uint8Array.from({ length: BYTES }, (_, at) => at % 251),
  );
  host = await serveRanges(folder);
});
afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

const open = (patience?: number, bytes = BYTES) =>
  createRangedFile(
    `${host.url}a.parquet`,
    { path: 'a.parquet', bytes, footer: 100 },
    createHeldBytes(),
    { bytes: 0, requests: 0 },
    patience,
  );

describe('a part of a file', () => {
  it('comes whole, each byte in its place', async () => {
    const [first, second] = await open().read([
      { start: 5, end: 60_000 },
      { start: 90_000, end: BYTES },
    ]);
    expect(first).toEqual(Uint8Array.from({ length: 59_995 }, (_, at) => (at + 5) % 251));
    expect(second).toEqual(Uint8Array.from({ length: 10_000 }, (_, at) => (at + 90_000) % 251));
  });

  it('that stops coming halfway is given up, and asked for again', async () => {
    const file = open(300);
    host.fault = 'stalled';
    await expect(file.read([{ start: 0, end: 1_000 }])).rejects.toThrow('was cut while a part');
    host.fault = 'none';
    expect(await file.read([{ start: 0, end: 1_000 }])).toHaveLength(1);
  });

  it('that does not end is given up, soon after what was asked for', async () => {
    host.fault = 'endless';
    await expect(open().read([{ start: 0, end: 1_000 }])).rejects.toThrow(
      'sent more bytes of a.parquet where 1000 were asked for',
    );
    const { bytes } = host.sent;
    // What lay ready between the two; the host is told to stop.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const later = host.sent.bytes;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(host.sent.bytes).toBe(later);
    expect(later - bytes).toBeLessThan(2 ** 24);
  });

  it('that is larger than any list has is not asked for, be it one or many', async () => {
    const file = open(undefined, 2 ** 40);
    const parts = Array.from({ length: 5 }, (_, at) => ({ start: at * 2 ** 24, end: (at + 1) * 2 ** 24 }));
    for (const ranges of [[{ start: 0, end: 2 ** 26 + 1 }], parts])
      await expect(file.read(ranges)).rejects.toThrow('more of it would be read at once');
    expect(host.sent.requests).toBe(0);
  });

  it('that a footer asks for with four gigabytes is not asked for', async () => {
    const footer = Buffer.alloc(100);
    footer.writeUInt32LE(2 ** 32 - 100, 92);
    footer.write('PAR1', 96);
    const held = createHeldBytes();
    const bytes = 2 ** 33;
    held.keep('a.parquet', { start: bytes - 100, end: bytes }, footer);
    const file = createRangedFile(`${host.url}a.parquet`, { path: 'a.parquet', bytes, footer: 100 }, held, {
      bytes: 0,
      requests: 0,
    });
    await expect(parquetMetadataAsync(file.asBuffer(), { initialFetchSize: 100 })).rejects.toThrow(
      'more of it would be read at once',
    );
    expect(host.sent.requests).toBe(0);
  });
});
