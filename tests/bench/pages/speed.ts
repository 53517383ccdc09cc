/** Sheaf's engine and transformers.js side by side, each in its worker; driven by speed.ts. */
import { type Connection, connect } from '../../../src/engine/call.ts';
import { createEngine, type Device, describeModel, type Engine } from '../../../src/engine/engine.ts';
import type { Peer } from './peer.worker.ts';

/** Milliseconds for all texts, and the first rows to see that both did the same work. */
export interface Embedding {
  readonly milliseconds: number;
  readonly rows: number;
  readonly first: number[][];
}

const ROWS_COMPARED = 8;

let engine: Engine | undefined;
let peer: Connection<Peer> | undefined;

const speed = {
  async openSheaf(model: string): Promise<Device> {
    const base = new URL(`models/${model}/`, document.baseURI).href;
    engine = createEngine({ cache: { get: async () => undefined, put: async () => {} } });
    return await engine.open(await describeModel({ kind: 'site', base }), { device: 'wasm' });
  },

  async embedSheaf(texts: string[]): Promise<Embedding> {
    if (!engine) throw new Error('no model is open');
    const dimensions = engine.contract()?.dimensions ?? 0;
    const all = new Float32Array(texts.length * dimensions);
    const start = performance.now();
    await engine.embed(texts, {
      onBatch: ({ indices, vectors }) => all.set(vectors, (indices[0] ?? 0) * dimensions),
    });
    return summarize(performance.now() - start, all, texts.length);
  },

  async openPeer(model: string, threads: number): Promise<void> {
    const worker = new Worker(new URL('./peer.worker.ts', import.meta.url), { type: 'module', name: 'peer' });
    peer = connect<Peer>(worker, 'The worker that runs transformers.js');
    await peer.call('open', document.baseURI, model, threads);
  },

  async embedPeer(texts: string[], size: number): Promise<Embedding> {
    if (!peer) throw new Error('no model is open');
    const start = performance.now();
    const all = await peer.call('embed', texts, size);
    return summarize(performance.now() - start, all, texts.length);
  },

  /** Milliseconds of the first half of its work alone. */
  async tokenizeWithPeer(texts: string[], size: number): Promise<number> {
    const start = performance.now();
    await peer?.call('tokenize', texts, size);
    return performance.now() - start;
  },
};

function summarize(milliseconds: number, all: Float32Array, texts: number): Embedding {
  const columns = all.length / texts;
  const first = Array.from({ length: Math.min(ROWS_COMPARED, texts) }, (_, row) =>
    Array.from(all.subarray(row * columns, (row + 1) * columns)),
  );
  const rows = Array.from({ length: texts }, (_, row) => all[row * columns]).filter(Number.isFinite).length;
  return { milliseconds, rows, first };
}

export type Speed = typeof speed;
Object.assign(globalThis, { speed });
