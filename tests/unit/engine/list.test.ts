/** Long lists: two workers with the real encoder behind real channels. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { endOfRun, isLargest, paceRun, RUN } from '../../../src/engine/batches.ts';
import { createEngine, describeModel, type ModelOffer } from '../../../src/engine/engine.ts';
import { isWorthHelp } from '../../../src/engine/list.ts';
import { mayHelp } from '../../../src/engine/second-worker.ts';
import { dot } from '../../../src/vector/matrix.ts';
import { type ServedFolder, serveFolder, startChannelWorker } from './fixtures.ts';

/** 550,000 characters: several runs. */
const TEXTS = Array.from(
  { length: 1_100 },
  (_, at) => `Paper ${at}. ${'On the pruning of small networks for phones. '.repeat(at % 23)}`,
);

let offer: ModelOffer;
let folder: ServedFolder;
beforeAll(async () => {
  folder = await serveFolder();
  offer = await describeModel({ kind: 'site', base: folder.base });
});
afterAll(() => folder.close());
afterEach(() => vi.unstubAllGlobals());

const stubCores = (hardwareConcurrency: number) => vi.stubGlobal('navigator', { hardwareConcurrency });

async function open(worthHelp = 0) {
  const workers: ReturnType<typeof startChannelWorker>[] = [];
  const faults: string[] = [];
  const engine = createEngine({
    cache: { get: async () => undefined, put: async () => {} },
    worthHelp,
    onFault: (sentence) => faults.push(sentence),
    startWorker() {
      workers.push(startChannelWorker());
      return workers.at(-1) as ReturnType<typeof startChannelWorker>;
    },
  });
  await engine.open(offer);
  return { engine, workers, faults };
}

it('has a second worker only where the first has no threads, and needs the runtime', () => {
  stubCores(2);
  const device = (kind: 'wasm' | 'webgpu', threads: number) => ({ kind, threads, reason: '' });
  const lookup = { table: 'table', scales: 'scales', places: 'places', power: 'power' };
  expect(mayHelp(device('wasm', 1), {})).toBe(true);
  expect(mayHelp(device('wasm', 2), {})).toBe(false);
  expect(mayHelp(device('wasm', 1), { lookup })).toBe(false);
  expect(mayHelp(device('webgpu', 1), {})).toBe(false);
  stubCores(1);
  expect(mayHelp(device('wasm', 1), {})).toBe(false);
});

it('has it once the rest would take long at the pace of a run that tells', () => {
  const run = { took: 500, length: 100_000, left: 700_000, largest: false };
  expect(isWorthHelp(run, 3_000)).toBe(true);
  expect(isWorthHelp({ ...run, left: 500_000 }, 3_000)).toBe(false);
  // Of 50 ms: what starts is slow. Runs that cannot become larger tell all the same.
  const short = { ...run, took: 50, length: 10_000, left: 1_000_000 };
  expect(isWorthHelp(short, 3_000)).toBe(false);
  expect(isWorthHelp({ ...short, largest: true }, 3_000)).toBe(true);
  expect(isWorthHelp({ ...run, left: 0 }, 3_000)).toBe(false);
});

const crash = (worker: unknown) => (worker as EventTarget).dispatchEvent(new Event('error'));

async function embedAll(
  { engine }: Awaited<ReturnType<typeof open>>,
  onBatch: () => void = () => {},
): Promise<{ places: number[]; rows: Float32Array[] }> {
  const places: number[] = [];
  const rows: Float32Array[] = [];
  await engine.embed(TEXTS, {
    onBatch: ({ indices, vectors }) => {
      places.push(...indices);
      indices.forEach((_, row) => {
        rows.push(vectors.slice(row * 256, (row + 1) * 256));
      });
      onBatch();
    },
  });
  return { places, rows };
}

describe('a long list', () => {
  it('is read by two workers where there are two cores, in its order, to the same vectors', async () => {
    const [alone, both] = [await open(), await open()];
    stubCores(1);
    const plain = await embedAll(alone);
    stubCores(2);
    const found = await embedAll(both);
    expect([alone.workers.length, both.workers.length]).toEqual([1, 2]);
    for (const { places } of [plain, found]) expect(places).toEqual(TEXTS.map((_, at) => at));
    const nearness = plain.rows.map((row, at) => dot(row, found.rows[at] as Float32Array));
    expect(Math.min(...nearness)).toBeGreaterThan(0.99999);
    // One that is soon read is not worth the opening.
    const quick = await open(60_000);
    await embedAll(quick);
    expect(quick.workers.length).toBe(1);
    for (const { engine } of [alone, both, quick]) engine.close();
  });

  it('is read whole where the second worker falls, and the reader hears nothing of it', async () => {
    stubCores(2);
    const used = await open();
    let fallen = false;
    const { places } = await embedAll(used, () => {
      if (!fallen) crash(used.workers[1]);
      fallen = true;
    });
    expect(places).toEqual(TEXTS.map((_, at) => at));
    expect(used.faults).toEqual([]);
    used.engine.close();
  });

  it('hands nothing on behind what could not be kept', async () => {
    stubCores(2);
    const used = await open();
    const seen: number[] = [];
    const run = used.engine.embed(TEXTS, {
      onBatch: ({ indices }) => {
        seen.push(indices[0] ?? -1);
        throw new Error('the disk is full');
      },
    });
    await expect(run).rejects.toThrow('the disk is full');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(seen).toEqual([0]);
    used.engine.close();
  });
});

describe('the pace of runs', () => {
  it('grows and shrinks by twice at most, up to a bound and down to where it began', () => {
    let limits = RUN.encoder as { texts: number; characters: number };
    const first = limits;
    limits = paceRun(limits, 50, first);
    expect(limits).toEqual({ texts: 2 * first.texts, characters: 2 * first.characters });
    expect(paceRun(limits, 400, first)).toEqual({
      texts: Math.floor(limits.texts * 1.25),
      characters: Math.floor(limits.characters * 1.25),
    });
    expect(paceRun(limits, 5_000, first)).toEqual(first);
    expect(paceRun(first, 5_000, first)).toEqual(first);
    for (let run = 0; run < 20; run++) limits = paceRun(limits, 1, first);
    expect(limits).toEqual({ texts: 512, characters: 512_000 });
    expect(isLargest(limits)).toBe(true);
    // As many texts as there may be, and of abstracts a quarter.
    expect(isLargest({ texts: 512, characters: 128_000 })).toBe(false);
    expect(paceRun(RUN.lookup, 5_000, RUN.lookup)).toEqual(RUN.lookup);
  });

  it('ends a run before a limit, and has one text at least', () => {
    const texts = ['aaaa', 'bb', 'cc', 'dddddddddd'];
    expect(endOfRun(texts, 0, { texts: 9, characters: 6 })).toBe(2);
    expect(endOfRun(texts, 0, { texts: 2, characters: 99 })).toBe(2);
    expect(endOfRun(texts, 3, { texts: 2, characters: 3 })).toBe(4);
  });
});
