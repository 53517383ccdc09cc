/** The page's side, with the real encoder behind a real channel. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Port, serve } from '../../../src/engine/call.ts';
import type { ModelFile } from '../../../src/engine/contract.ts';
import {
  createEngine,
  type Device,
  describeModel,
  type Engine,
  type ModelOffer,
} from '../../../src/engine/engine.ts';
import { PART_BYTES } from '../../../src/engine/parts.ts';
import { createRanker } from '../../../src/engine/ranker.ts';
import { createRankingTable } from '../../../src/engine/ranking.ts';
import { breathe } from '../../../src/engine/turns.ts';
import { createCollection } from '../../../src/ranking/collection.ts';
import { createMatrix, dot } from '../../../src/vector/matrix.ts';
import { syntheticPapers } from '../ranking/papers.ts';
import {
  readBytes,
  readContractFile,
  type ServedFolder,
  serveFolder,
  startChannelWorker,
} from './fixtures.ts';

const contract = readContractFile();
let offer: ModelOffer;
let bad: ModelOffer;
const served: ServedFolder[] = [];

beforeAll(async () => {
  served.push(await serveFolder(), await serveFolder({ 'onnx/model_quantized.onnx': '<!doctype html>' }));
  const [good, other] = served.map(({ base }) => describeModel({ kind: 'site', base }));
  offer = (await good) as ModelOffer;
  bad = (await other) as ModelOffer;
});
afterAll(() => {
  for (const folder of served) folder.close();
});

function createCache() {
  const kept = new Map<string, ArrayBuffer>();
  return {
    kept,
    get: async (model: string, path: string) => kept.get(`${model} ${path}`)?.slice(0),
    put: async (model: string, path: string, bytes: ArrayBuffer) => void kept.set(`${model} ${path}`, bytes),
  };
}

const engines: Engine[] = [];
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close();
});

function create(cache = createCache()) {
  const workers: ReturnType<typeof startChannelWorker>[] = [];
  const devices: Device[] = [];
  const engine = createEngine({
    cache,
    onDevice: (device) => devices.push(device),
    startWorker() {
      const worker = startChannelWorker();
      workers.push(worker);
      return worker;
    },
  });
  engines.push(engine);
  return { engine, workers, devices, cache };
}

const crash = (worker: unknown) => (worker as EventTarget).dispatchEvent(new Event('error'));
const titles = Array.from({ length: 1200 }, (_, index) => `Paper ${index} on the pruning of networks`);

describe('an engine', () => {
  it('starts no worker before it is asked', () => {
    expect(create().workers.length).toBe(0);
  });

  it('says what it lacks when nothing is open', async () => {
    await expect(create().engine.embedQuery('x')).rejects.toThrow('No model is open yet.');
  });

  it('opens a model, keeps its files, and then needs no place to fetch them from', async () => {
    const { engine, cache } = create();
    const device = await engine.open(offer);
    expect(device).toMatchObject({ kind: 'wasm', threads: 1 });
    expect(engine.contract()?.id.split('#')[0]).toBe(contract.id);
    expect(cache.kept.size).toBe(contract.files.length);
    const again = create(cache);
    await again.engine.open({ ...offer, origin: { kind: 'kept', model: contract.id } });
    expect((await again.engine.background())?.rows).toBe(512);
  });

  it('does not fail because a cache fails', async () => {
    const broken = {
      kept: new Map(),
      get: async () => Promise.reject(new Error('the database is gone')),
      put: async () => Promise.reject(new Error('no room')),
    };
    const { engine } = create(broken);
    expect((await engine.open(offer)).kind).toBe('wasm');
  });

  it('goes on at the next visit from the last whole part of a download that was cut', async () => {
    const graph = contract.files.find(({ path }) => path.endsWith('.onnx')) as ModelFile;
    const whole = Buffer.from(readBytes(graph.path));
    const cutAt = 3 * PART_BYTES + 5_000;
    const asked: string[] = [];
    let cut = true;
    const site = createServer((request, response) => {
      const path = (request.url ?? '/').slice(1);
      if (path !== graph.path) return void response.end(Buffer.from(readBytes(path)));
      asked.push(String(request.headers.range));
      if (!cut) {
        const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
        const range = `bytes ${start}-${whole.length - 1}/${whole.length}`;
        return void response.writeHead(206, { 'Content-Range': range }).end(whole.subarray(start));
      }
      // A connection that is there and brings nothing more: the reader leaves.
      response.writeHead(200, { 'Content-Length': whole.length }).write(whole.subarray(0, cutAt));
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
    const parts = new Map<string, Map<number, ArrayBuffer>>();
    const leaves = new AbortController();
    const cache = {
      ...createCache(),
      parts: async (_: string, path: string) => new Map(parts.get(path)),
      putPart: async (_: string, path: string, part: number, bytes: ArrayBuffer) => {
        parts.set(path, (parts.get(path) ?? new Map()).set(part, bytes));
        if (part === 2) leaves.abort();
      },
    };
    const there = { ...offer, origin: { kind: 'site' as const, base } };
    await expect(create(cache).engine.open(there, { signal: leaves.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    cut = false;
    const { engine } = create(cache);
    await engine.open(there);
    expect((await engine.embedQuery('whole')).length).toBe(256);
    expect(asked).toEqual(['undefined', `bytes=${3 * PART_BYTES}-${whole.length - 1}`]);
    site.closeAllConnections();
    site.close();
  });

  it('keeps nothing of a bad model, and can be tried again', async () => {
    const { engine, cache } = create();
    await expect(engine.open(bad)).rejects.toMatchObject({ code: 'web-page' });
    expect(cache.kept.size).toBe(0);
    await engine.open(offer);
    expect((await engine.embedQuery('again')).length).toBe(256);
  });

  it('embeds all texts, in order, and tells how far it is', async () => {
    const { engine } = create();
    await engine.open(offer);
    const seen: number[] = [];
    const dones: number[] = [];
    await engine.embed(titles, {
      onBatch: ({ indices, vectors, cut }) => {
        expect(vectors.length).toBe(indices.length * 256);
        expect(cut.length).toBe(indices.length);
        seen.push(...indices);
      },
      onProgress: ({ done, total, perSecond, secondsLeft }) => {
        expect(total).toBe(titles.length);
        expect(perSecond).toBeGreaterThan(0);
        expect(secondsLeft).toBeGreaterThanOrEqual(0);
        dones.push(done);
      },
    });
    expect(seen).toEqual(titles.map((_, index) => index));
    expect(dones.at(-1)).toBe(titles.length);
    const { data } = await engine.embedTexts([titles[700] ?? ''], 'document');
    expect(dot(data, data)).toBeCloseTo(1, 4);
  });

  it('stops at a batch and resumes with what is left', async () => {
    const { engine } = create();
    await engine.open(offer);
    const stop = new AbortController();
    const kept = new Set<number>();
    const first = engine.embed(titles, {
      signal: stop.signal,
      onBatch: ({ indices }) => {
        for (const index of indices) kept.add(index);
        stop.abort();
      },
    });
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect(kept.size).toBeGreaterThan(0);
    expect(kept.size).toBeLessThan(titles.length);
    const left = titles.filter((_, index) => !kept.has(index));
    let done = 0;
    await engine.embed(left, {
      onBatch: ({ indices }) => {
        done += indices.length;
      },
    });
    expect(kept.size + done).toBe(titles.length);
  });

  it('fails the run when a batch cannot be kept', async () => {
    const { engine } = create();
    await engine.open(offer);
    const full = engine.embed(titles, { onBatch: async () => Promise.reject(new Error('the disk is full')) });
    await expect(full).rejects.toThrow('the disk is full');
  });

  it('starts a worker again that stopped under a question, and answers it', async () => {
    const { engine, workers, devices } = create();
    await engine.open(offer);
    const before = await engine.embedQuery('splatting');
    const asked = engine.embedQuery('splatting');
    crash(workers[0]);
    expect([...(await asked)]).toEqual([...before]);
    expect(workers.length).toBe(2);
    expect(devices.at(-1)?.reason).toMatch(/started again/);
  });

  it('does not mix two models: a run on the old one ends when a new one opens', async () => {
    const { engine } = create();
    await engine.open(offer);
    let other: Promise<Device> | undefined;
    const run = engine.embed(titles, {
      onBatch: async () => {
        other ??= engine.open({ ...offer, contract: { ...contract, id: 'another' } });
        await other;
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'closed' });
    expect(engine.contract()?.id).toBe('another');
  });

  it('leaves the open model alone when another does not open', async () => {
    const { engine } = create();
    await engine.open(offer);
    await expect(
      engine.open({ ...offer, origin: { kind: 'kept', model: 'x' }, contract: { ...contract, id: 'x' } }),
    ).rejects.toThrow(/is no longer kept on this device/);
    expect(engine.contract()?.id.split('#')[0]).toBe(contract.id);
    expect((await engine.embedQuery('still')).length).toBe(256);
  });

  it('says why it runs where it runs', async () => {
    const { engine } = create();
    const device = await engine.open(offer, { device: 'webgpu' });
    expect(device.kind).toBe('wasm');
    expect(device.refused?.[0]?.reason).toMatch(/WebGPU|suspend/);
  });
});

describe('the ranker', () => {
  it('puts the collection behind a channel, and moves vectors', async () => {
    const { port1, port2 } = new MessageChannel();
    serve(port2 as unknown as Port, createRankingTable());
    const ranker = createRanker(() =>
      Object.assign(port1 as unknown as Port, { terminate: () => port1.close() }),
    );
    await ranker.putPapers([
      { id: 'a', title: 'Gaussian splatting', abstract: 'Fast rendering.' },
      { id: 'b', title: 'Pruning networks', abstract: 'Small models.' },
    ]);
    const { hits } = await ranker.search({ text: 'splatting' });
    expect(hits[0]?.id).toBe('a');
    // Ids cross once for each order of the library: another order has to be told.
    await ranker.removePapers(['a']);
    await ranker.putPapers([{ id: 'c', title: 'Splatting once more', abstract: '' }]);
    const asked = [ranker.search({ text: 'splatting' }), ranker.search({ text: 'pruning' })];
    const [again, pruned] = await Promise.all(asked);
    expect(again?.hits[0]).toMatchObject({ id: 'c', keyword: { rank: 1, words: ['Splatting'] } });
    expect(pruned?.hits[0]?.id).toBe('b');
    await ranker.setPapers([
      { id: 'b', title: 'Pruning networks', abstract: 'Small models.' },
      { id: 'a', title: 'Gaussian splatting', abstract: 'Fast rendering.' },
    ]);
    expect((await ranker.search({ text: '' })).hits.map(({ id }) => id)).toEqual(['b', 'a']);
    const matrix = createMatrix(Float32Array.of(1, 0, 0, 1), 2);
    await ranker.setVectors(['a', 'b'], matrix);
    expect(await ranker.similar('a', 1)).toMatchObject([{ id: 'b', meaning: { rank: 1 } }]);
    expect(matrix.data.length).toBe(0);
    expect(await ranker.vectorCount()).toBe(2);
    const shares: number[] = [];
    const { groups } = await ranker.cluster(1, (share) => shares.push(share));
    expect(groups.flatMap((group) => group.paperIds).sort()).toEqual(['a', 'b']);
    ranker.close();
    await expect(ranker.paperCount()).rejects.toThrow('The worker that ranks papers was closed.');
  });

  it('packs the texts of many papers once they have stopped coming', async () => {
    const collection = createCollection(1);
    let steps = 0;
    function* packSteps() {
      for (const step of collection.packSteps()) {
        steps++;
        yield step;
      }
    }
    const table = createRankingTable({ ...collection, packSteps });
    const papers = syntheticPapers(300, 40, 1);
    table.putPapers(papers.slice(0, 100));
    await breathe();
    table.putPapers(papers.slice(100, 200));
    expect(steps).toBe(0);
    // Six whole slices of 32 papers; at first a dictionary is made of them as well.
    await vi.waitFor(() => expect(steps).toBe(2 * 6), 20_000);
    expect([...collection.packSteps()]).toEqual([]);
    table.setPapers(papers);
    await vi.waitFor(() => expect(steps).toBe(2 * 6 + 3), 20_000);
    expect([...collection.packSteps()]).toEqual([]);
  });
});
