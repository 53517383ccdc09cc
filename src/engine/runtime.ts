import type * as OnnxRuntime from 'onnxruntime-web';
import { canSuspend, type DeviceKind } from './device.ts';
import { EngineError } from './error.ts';

export type Runtime = typeof OnnxRuntime;

/** Addresses of the two halves of a runtime. */
export interface RuntimeFiles {
  readonly mjs: string;
  readonly wasm: string;
}

/** Where each device's runtime lies: a built site and Node have it in different places. */
export type RuntimePlaces = { readonly [Kind in DeviceKind]?: RuntimeFiles };

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
    runtime.env.wasm.numThreads = threads;
    if (threads > 1) runtime.env.wasm.initTimeout = THREADS_START_TIMEOUT_MS;
    // Its warnings name nodes of a graph that a reader cannot change.
    runtime.env.logLevel = 'error';
    return runtime;
  } catch (error) {
    throw explainRuntime(error);
  }
}

/** Tells out of memory and a runtime that does not load from all else. */
export function explainRuntime(error: unknown): EngineError | undefined {
  if (error instanceof EngineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  // A bare number is the address of a C++ exception that nobody caught: in practice an allocation.
  if (
    typeof error === 'number' ||
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
