import { type Connection, connect, type Port, transfer } from './call.ts';
import type { GoldenVectors, ModelContract } from './contract.ts';
import { type ModelOffer, readOffer } from './describe.ts';
import type { DeviceKind } from './device.ts';
import type { DownloadProgress } from './download.ts';
import type { Encoder } from './encoder.ts';
import type { ModelOrigin } from './origin.ts';
import { countParts, PART_BYTES } from './parts.ts';
import { RUNTIME_FILE } from './runtime.ts';
import { OPENING_SILENCE_MS, patienceFor, underWatch } from './watch.ts';

/** Where the bytes of models are kept, by contract id and path. A failure to keep is not a failure to open. */
export interface ModelCache {
  get(model: string, path: string): Promise<ArrayBuffer | undefined>;
  put(model: string, path: string, bytes: ArrayBuffer): Promise<void>;
  /** Parts of a file that came before a cut or a reload; they may go once a model's files are put. */
  parts?(model: string, path: string, count: number): Promise<ReadonlyMap<number, ArrayBuffer>>;
  putPart?(model: string, path: string, part: number, bytes: ArrayBuffer): Promise<void>;
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
  /** How long it may be silent over a question, milliseconds. */
  readonly patience: number;
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
  /** How long a worker may be silent; by default as long as the slowest machine needs. */
  readonly silence?: Silence | undefined;
}

/** Milliseconds. */
export interface Silence {
  readonly opening: number;
  readonly asked: number;
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
  // It starts while the disk is read.
  const { connection, close } = startConnection(request.start);
  try {
    const { cached, parts } = await readCache(cache, contract);
    signal?.throwIfAborted();
    const order = transfer({ origin, contract, device, threads, cached, parts, ...(golden && { golden }) }, [
      ...cached.values(),
    ]);
    const onPart = (path: string, part: number, bytes: ArrayBuffer): void => {
      cache.putPart?.(contract.id, path, part, bytes).catch(() => {});
    };
    const opened = await underWatch(connection, request.silence?.opening ?? OPENING_SILENCE_MS, (alive) => {
      const onProgress = (progress: DownloadProgress): void => {
        alive();
        request.onProgress?.(progress);
      };
      return connection.call('open', order, onProgress, signal, onPart, alive);
    });
    for (const [path, bytes] of opened.fetched) {
      // Not kept means fetched again at the next visit; the store tells the reader why.
      await cache.put(contract.id, path, bytes).catch(() => {});
    }
    const patience = request.silence?.asked ?? patienceFor(opened.took);
    return { connection, golden: opened.golden, patience, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** What of a model is here. A store that cannot be read costs a download and nothing else. */
async function readCache(cache: ModelCache, { id, files }: ModelContract) {
  const cached = new Map<string, ArrayBuffer>();
  const parts = new Map<string, ReadonlyMap<number, ArrayBuffer>>();
  const findParts = async (path: string, bytes: number) => {
    const found = await cache.parts?.(id, path, countParts(bytes)).catch(() => undefined);
    if (found?.size) parts.set(path, found);
  };
  const read = async ({ path, bytes: size }: ModelContract['files'][number]) => {
    const bytes = await cache.get(id, path).catch(() => undefined);
    if (bytes) cached.set(path, bytes);
    else if (size > PART_BYTES) await findParts(path, size);
  };
  await Promise.all(files.map(read));
  // With a model that is not here the runtime may have been cut short too.
  if (cached.size < files.length) await findParts(RUNTIME_FILE, LARGEST_RUNTIME);
  return { cached, parts };
}

/** Bytes, rounded up: as many parts of it are looked for. */
const LARGEST_RUNTIME = 32_000_000;

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
