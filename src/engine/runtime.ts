import type * as OnnxRuntime from 'onnxruntime-web';
import { compileResponse, compileWhileComing, handOver } from './compile.ts';
import { canSuspend, type DeviceKind } from './device.ts';
import { readInParts } from './download.ts';
import { EngineError } from './error.ts';
import type { FetchOptions } from './fetch-parts.ts';
import type { RuntimeSums } from './runtime-sums.ts';

export type Runtime = typeof OnnxRuntime;

/** Addresses of the two halves of a runtime. */
export interface RuntimeFiles {
  readonly mjs: string;
  readonly wasm: string;
  /** Absent in Node, which has them from its own disk. */
  readonly sums?: RuntimeSums;
}

/** What its WebAssembly is called where parts of it are kept. */
export const RUNTIME_FILE = 'runtime.wasm';

/** Where each device's runtime lies: a built site and Node have it in different places. */
export type RuntimePlaces = { readonly [Kind in DeviceKind]?: RuntimeFiles };

export interface RuntimeOptions extends FetchOptions {
  /** It is likely to be here, kept by the service worker or the browser: then there is nothing to go on with after a cut. */
  readonly whole?: boolean;
}

/** What is here comes within this time; else it is fetched in parts, milliseconds. */
const HERE_MS = 10_000;

/** Starting threads can hang where a browser half-supports them: then it is an error, not a wait for ever. */
const THREADS_START_TIMEOUT_MS = 60_000;

/**
 * Loads the runtime of one device. Only one of the two may be loaded in a worker: with both, threads hang.
 * A failed start cannot be repeated in the same worker either.
 * @throws {EngineError} `runtime`.
 */
export async function loadRuntime(
  kind: DeviceKind,
  threads: number,
  places: RuntimePlaces,
  download: RuntimeOptions = {},
): Promise<Runtime> {
  const files = places[kind];
  if (!files) throw new EngineError('runtime', `This build of Sheaf has no ${kind} runtime.`);
  if (kind === 'webgpu' && !canSuspend()) {
    throw new EngineError('runtime', 'This browser cannot suspend WebAssembly, which WebGPU here needs.');
  }
  try {
    // jspi: 16.4 MB; onnxruntime-web/webgpu would be 26.2 MB, more than some hosts serve.
    const runtime: Runtime =
      kind === 'webgpu' ? await import('onnxruntime-web/jspi') : await import('onnxruntime-web/wasm');
    runtime.env.wasm.wasmPaths = { mjs: files.mjs, wasm: files.wasm };
    if (files.sums) {
      const [{ bytes, module }] = await Promise.all([
        fetchWasm(files, files.sums, download),
        checkScript(files.mjs, files.sums),
      ]);
      runtime.env.wasm.wasmBinary = bytes;
      if (module) handOver(bytes, module);
    }
    runtime.env.wasm.numThreads = threads;
    if (threads > 1) runtime.env.wasm.initTimeout = THREADS_START_TIMEOUT_MS;
    // Its warnings name nodes of a graph that a reader cannot change.
    runtime.env.logLevel = 'error';
    return runtime;
  } catch (error) {
    throw explainRuntime(error);
  }
}

/** Bytes that are what they should be, and what they were compiled to meanwhile. */
interface Arrived {
  readonly bytes: ArrayBuffer;
  readonly module?: WebAssembly.Module | undefined;
}

/** The runtime fetches it by itself too, but takes what comes, and begins anew after a cut. */
async function fetchWasm(
  { wasm }: RuntimeFiles,
  sums: RuntimeSums,
  { whole, ...download }: RuntimeOptions,
): Promise<Arrived> {
  const here = whole && (await readWhole(wasm, sums, download.signal));
  if (here) return here;
  const file = { path: RUNTIME_FILE, ...sums };
  // What is here of an earlier try is not told part by part.
  if (download.kept?.size) return { bytes: await readInParts(wasm, file, download) };
  const compiling = compileWhileComing();
  const onPart = (part: number, bytes: ArrayBuffer) => {
    compiling.take(part, bytes);
    download.onPart?.(part, bytes);
  };
  try {
    const bytes = await readInParts(wasm, file, { ...download, onPart });
    return { bytes, module: await compiling.module() };
  } finally {
    compiling.drop();
  }
}

/** Summed by the browser itself, in one go; undefined where that does not work out, for whatever reason. */
async function readWhole(
  url: string,
  { sha256 }: RuntimeSums,
  signal?: AbortSignal,
): Promise<Arrived | undefined> {
  const late = AbortSignal.timeout(HERE_MS);
  const digest = sha256.match(/../g)?.map((byte) => String.fromCharCode(Number.parseInt(byte, 16))) ?? [];
  try {
    const response = await fetch(url, {
      integrity: `sha256-${btoa(digest.join(''))}`,
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    if (!response.ok) return undefined;
    const compiled = compileResponse(response.clone());
    const bytes = await response.arrayBuffer();
    return { bytes, module: await compiled };
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

/**
 * A script is imported by its address, and nothing can be said there of its sum: it is fetched and summed before, and
 * the import then finds the same bytes in the browser's cache.
 */
async function checkScript(url: string, { script }: RuntimeSums): Promise<void> {
  const fetchIt = async (cache: RequestCache) => {
    const response = await fetch(url, { integrity: script, cache });
    if (!response.ok) throw new TypeError(`status ${response.status}`);
    await response.arrayBuffer();
  };
  try {
    await fetchIt('default').catch(() => fetchIt('reload'));
  } catch {
    throw new EngineError(
      'runtime',
      'The model’s runtime (ONNX Runtime) did not arrive whole. Check the connection and try again.',
    );
  }
}

/** Tells out of memory and a runtime that does not load from all else. */
export function explainRuntime(error: unknown): EngineError | undefined {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  // A bare number is the address of a C++ exception that nobody caught: in practice an allocation.
  if (
    typeof error === 'number' ||
    // Browsers say it in many words: an allocation that failed, a length that cannot be.
    error instanceof RangeError ||
    /bad_alloc|out of memory|allocat|memory access|Invalid typed array length/i.test(message)
  ) {
    return new EngineError(
      'memory',
      'The model needs more memory than the browser gives. Close other tabs, or choose a smaller model.',
    );
  }
  if (
    /no available backend|initWasm|dynamically imported module|backend not found|Aborted|initializing wasm/i.test(
      message,
    )
  ) {
    return new EngineError(
      'runtime',
      `The model's runtime (ONNX Runtime) did not start: ${firstLine(message)} Check the connection and try again.`,
    );
  }
  return undefined;
}

function firstLine(message: string): string {
  const line = (message.split('\n')[0] ?? '').slice(0, 160).trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
