/** Downloads and devices that fail, on a bare page with the site's own engine and store. */
import type { ModelFile } from '../../../src/engine/contract.ts';
import { readInParts } from '../../../src/engine/download.ts';
import { createEngine, describeModel } from '../../../src/engine/engine.ts';
import { countParts } from '../../../src/engine/parts.ts';
import { type ModelPort, startModelWorker } from '../../../src/engine/session.ts';
import { sumOf } from '../../../src/engine/sum.ts';
import { openStore } from '../../../src/store/store.ts';

const store = openStore();
/** Nobody waits for a connection that a test has cut. */
const TIMING = { stallMs: 1_500, pausesMs: [20, 50, 100] };
/** Nor for a worker that hangs; but a busy machine has time for a batch. */
const SILENCE = { opening: 12_000, asked: 3_000 };

const sheaf = {
  /** Fetches a file with what is kept of it, keeping what comes; its sum, or what went wrong. */
  async download(url: string, file: ModelFile, model: string): Promise<string> {
    const kept = await (await store).modelParts(model, file.path, countParts(file.bytes));
    const onPart = async (part: number, bytes: ArrayBuffer) =>
      (await store).putModelPart(model, file.path, part, bytes);
    const bytes = await readInParts(url, file, { kept, onPart, timing: TIMING });
    return String(await sumOf(bytes));
  },
  partsKept: async (model: string, file: ModelFile) =>
    (await (await store).modelParts(model, file.path, countParts(file.bytes))).size,
  /** Vectors of texts from an engine whose first workers fail, each as its name says. */
  async embed(model: string, texts: string[], failing: string[]) {
    const told: string[] = [];
    const devices: string[] = [];
    const left = [...failing];
    const startWorker = (): ModelPort => {
      const name = left.shift();
      if (name === undefined) return startModelWorker();
      return new Worker(new URL('./faulty.worker.ts', import.meta.url), { type: 'module', name });
    };
    const cache = {
      get: async (id: string, path: string) => (await store).modelFile(id, path),
      put: async (id: string, path: string, bytes: ArrayBuffer) =>
        (await store).putModelFile(id, path, bytes),
    };
    const engine = createEngine({
      cache,
      startWorker,
      silence: SILENCE,
      onFault: (sentence) => told.push(sentence),
      onDevice: ({ reason }) => devices.push(reason),
    });
    const offer = await describeModel({
      kind: 'site',
      base: new URL(`models/${model}/`, document.baseURI).href,
    });
    try {
      await engine.open(offer, { device: 'wasm' });
      const vectors = new Float32Array(texts.length * offer.contract.dimensions);
      await engine.embed(texts, {
        onBatch: (batch) =>
          vectors.set(batch.vectors, (batch.indices[0] as number) * offer.contract.dimensions),
      });
      return { sum: String(await sumOf(vectors.buffer)), told, devices, unused: left.length };
    } finally {
      engine.close();
    }
  },
};

export type FaultsPage = typeof globalThis & { sheaf: typeof sheaf };
Object.assign(globalThis, { sheaf });
