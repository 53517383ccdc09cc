/**
 * Where a built site has the runtime: only addresses, nothing is downloaded here.
 * Needs the resolve condition `onnxruntime-web-use-extern-wasm`, else the runtime is bundled a second time.
 */

import webgpuModule from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import webgpuBinary from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import wasmModule from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmBinary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { RuntimePlaces } from './runtime.ts';
import { RUNTIME_SUMS } from './runtime-sums.ts';

/** Absolute, since the runtime resolves them against its own module and a site may stand at a sub-path. */
function absolute(url: string): string {
  return new URL(url, import.meta.url).href;
}

export const runtimeFiles: RuntimePlaces = {
  wasm: { mjs: absolute(wasmModule), wasm: absolute(wasmBinary), sums: RUNTIME_SUMS.wasm },
  webgpu: { mjs: absolute(webgpuModule), wasm: absolute(webgpuBinary), sums: RUNTIME_SUMS.webgpu },
};
