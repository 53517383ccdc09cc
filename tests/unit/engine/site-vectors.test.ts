import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ModelContract } from '../../../src/engine/contract.ts';
import { fetchSiteVectors, type VectorsDescription } from '../../../src/engine/site-vectors.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { createSiteVectors, takeSiteVectors } from '../../../src/state/siteVectors.ts';
import { openStore } from '../../../src/store/store.ts';

const contract = { id: 'tiny#1', name: 'Tiny', dimensions: 2 } as ModelContract;
const rows = Float32Array.from([1, 0, 0, 1, 0.6, 0.8]);
const bytes = new Uint8Array(rows.buffer);
const sumOf = (of: Uint8Array) => createHash('sha256').update(of).digest('hex');
const right: VectorsDescription = {
  model: 'tiny#1',
  dimensions: 2,
  sha256: sumOf(bytes),
  ids: ['a', 'b', 'c'],
  keys: ['ka', 'kb', 'kc'],
  cut: [1],
};

/** What the host has; asked counts what it was asked for. */
const files = new Map<string, string | Uint8Array>();
let asked: string[] = [];
let base: string;
const server = createServer((request, answer) => {
  const path = (request.url ?? '').replace('/list/', '');
  asked.push(path);
  const body = files.get(path);
  answer.writeHead(body === undefined ? 404 : 200).end(body);
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list/`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  put(right, bytes);
});

function put(description: unknown, body: Uint8Array): void {
  files.set('vectors/tiny.json', typeof description === 'string' ? description : JSON.stringify(description));
  files.set('vectors/tiny.bin', body);
}
const signal = new AbortController().signal;
const get = (wanted = ['kb']) => fetchSiteVectors(base, 'tiny', contract, wanted, signal);

describe('vectors that come with a site', () => {
  it('are found by the text that they are of', async () => {
    const found = await get(['kb', 'unknown']);
    expect([found?.rows.get('kb'), found?.rows.has('unknown'), [...(found?.cut ?? [])]]).toEqual([
      1,
      false,
      [1],
    ]);
    expect([...(found?.matrix.data ?? [])]).toEqual([...rows]);
  });

  it('are not fetched where none of them is wanted, and not missed where they do not come', async () => {
    expect(await get(['other'])).toBeUndefined();
    expect(asked).toEqual(['vectors/tiny.json']);
    files.delete('vectors/tiny.bin');
    expect(await get()).toBeUndefined();
    files.delete('vectors/tiny.json');
    expect(await get()).toBeUndefined();
  });

  const long = new Uint8Array(28);
  const damaged = bytes.slice();
  damaged[5] = 1;
  const notUnit = new Uint8Array(Float32Array.from([1, 0, 0, 2, 0.6, 0.8]).buffer);
  const notFinite = new Uint8Array(Float32Array.from([1, 0, Number.NaN, 1, 0.6, 0.8]).buffer);
  it.each<[what: string, description: unknown, body: Uint8Array, why: string]>([
    ['cut short', right, bytes.slice(0, 20), 'the file has 20 bytes and should have 24'],
    ['too long', right, long, 'the file has 28 bytes and should have 24'],
    ['damaged', right, damaged, 'the file is damaged'],
    ['not of unit length', { ...right, sha256: sumOf(notUnit) }, notUnit, 'a row of them is no vector'],
    ['not finite', { ...right, sha256: sumOf(notFinite) }, notFinite, 'a row of them is no vector'],
    ['of another model', { ...right, model: 'tiny#2' }, bytes, 'they were made by another model'],
    ['of other dimensions', { ...right, dimensions: 3 }, bytes, 'they were made by another model'],
    ['without ids', { ...right, ids: ['a'] }, bytes, 'their description is broken'],
    ['with rows that are not there', { ...right, cut: [3] }, bytes, 'their description is broken'],
    ['with keys that are none', { ...right, keys: [1, 2, 3] }, bytes, 'their description is broken'],
    ['described by a web page', '<!doctype html>', bytes, 'their description is broken'],
  ])('are refused when they are %s', async (_, description, body, why) => {
    put(description, body);
    await expect(get(['kb', 'ka'])).rejects.toThrow(
      `The vectors that this site brings for Tiny cannot be used: ${why}. Its papers are read here instead.`,
    );
  });
});

describe('taking them', () => {
  const unread = ['a', 'x', 'b'].map((id) => ({ id, key: `k${id}`, text: `Text ${id}` }));
  const take = async (models: readonly string[] = ['tiny']) => {
    const store = await openStore();
    const notices = createNotices();
    const find = createSiteVectors(base, models, notices);
    const batches: string[][] = [];
    const left = await takeSiteVectors(store, contract, unread, find, {
      signal,
      onProgress: () => {},
      onBatch: (entries) => batches.push(entries.map(({ id }) => id)),
      onUnkept: (error) => expect.unreachable(String(error)),
    });
    return { store, notices, find, batches, left: left.map(({ id }) => id) };
  };

  it('keeps what fits as if it had been read here, and leaves the rest to be read', async () => {
    const { store, batches, left, notices } = await take();
    expect([batches, left, notices.shown()]).toEqual([[['a', 'b']], ['x'], []]);
    const { ids, keys, cut, data } = await store.vectors('tiny#1');
    expect([ids, keys, cut, [...data]]).toEqual([
      ['a', 'b'],
      ['ka', 'kb'],
      [false, true],
      [1, 0, 0, 1],
    ]);
  });

  it('tells of a broken file once, and leaves all to be read', async () => {
    put(right, bytes.slice(4));
    const { find, left, notices, store } = await take();
    expect(left).toEqual(['a', 'x', 'b']);
    expect((await store.vectors('tiny#1')).ids).toEqual([]);
    expect(notices.shown().map(({ text }) => text)).toEqual([
      'The vectors that this site brings for Tiny cannot be used: the file has 20 bytes and should have 24. Its papers are read here instead.',
    ]);
    await find(contract, ['ka', 'kb'], signal);
    expect(notices.shown()).toHaveLength(1);
  });

  it('asks for nothing where the site brings none for the model', async () => {
    const { left } = await take(['other']);
    expect([left.length, asked]).toEqual([3, []]);
  });
});
