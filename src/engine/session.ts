import { type Connection, connect, type Port, transfer } from './call.ts';
import type { GoldenVectors } from './contract.ts';
import { type ModelOffer, readOffer } from './describe.ts';
import type { DeviceKind } from './device.ts';
import type { DownloadProgress } from './download.ts';
import type { Encoder } from './encoder.ts';
import type { ModelOrigin } from './origin.ts';

/** Where the bytes of models are kept, by contract id and path. A failure to keep is not a failure to open. */
export interface ModelCache {
  get(model: string, path: string): Promise<ArrayBuffer | undefined>;
  put(model: string, path: string, bytes: ArrayBuffer): Promise<void>;
}

/** A worker, or in Node one end of a channel. */
export type ModelPort = Port & { terminate(): void };

export type StartModelWorker = () => ModelPort;

/** The one place that starts the model worker; the bundler looks for these very words. */
export function startModelWorker(): ModelPort {
  return new Worker(new URL('./model.worker.ts', import.meta.url), { type: 'module', name: 'model' });
}

/** A worker with one model open on one device. */
export interface Session {
  readonly connection: Connection<Encoder>;
  readonly golden: GoldenVectors;
  close(): void;
}

export interface SessionRequest {
  readonly offer: ModelOffer;
  readonly device: DeviceKind;
  readonly threads: number;
  readonly golden?: GoldenVectors;
  readonly cache: ModelCache;
  readonly start: StartModelWorker;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
}

const WORKER_NAME = 'The worker that runs the model';

/** A worker, started and connected. Closing stops it, which gives back all its memory. */
export function startConnection(start: StartModelWorker): { connection: Connection<Encoder>; close(): void } {
  const port = start();
  const connection = connect<Encoder>(port, WORKER_NAME);
  void connection.ended.then(() => port.terminate());
  return { connection, close: () => connection.close() };
}

/**
 * Opens a model in a worker of its own: a runtime that failed to start cannot be started again in the same.
 * What had to be fetched is kept once the model has run.
 * @throws {EngineError}; the worker is gone then.
 */
export async function openSession(request: SessionRequest): Promise<Session> {
  const { offer, device, threads, golden, cache, signal } = request;
  const { contract, origin } = offer;
  const cached = new Map<string, ArrayBuffer>();
  for (const { path } of contract.files) {
    // A store that cannot be read costs a download and nothing else.
    const bytes = await cache.get(contract.id, path).catch(() => undefined);
    if (bytes) cached.set(path, bytes);
  }
  signal?.throwIfAborted();
  const { connection, close } = startConnection(request.start);
  try {
    const order = transfer({ origin, contract, device, threads, cached, ...(golden && { golden }) }, [
      ...cached.values(),
    ]);
    const onProgress = request.onProgress ?? (() => {});
    const opened = await connection.call('open', order, onProgress, signal);
    for (const [path, bytes] of opened.fetched) {
      // Not kept means fetched again at the next visit; the store tells the reader why.
      await cache.put(contract.id, path, bytes).catch(() => {});
    }
    return { connection, golden: opened.golden, close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * What a place offers, read without its weights: its size can be shown before the download.
 * Other hosts are asked by a worker, since the page may ask its own only.
 * @throws {EngineError}
 */
export async function describeModel(
  origin: ModelOrigin,
  signal?: AbortSignal,
  startWorker: StartModelWorker = startModelWorker,
): Promise<ModelOffer> {
  if (origin.kind === 'site') return await readOffer(origin, signal);
  const { connection, close } = startConnection(startWorker);
  try {
    return await connection.call('describe', origin, signal);
  } finally {
    close();
  }
}
