import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { RuntimePlaces } from '../engine/runtime.ts';

const { resolve } = createRequire(import.meta.url);
const address = (end: string): string =>
  pathToFileURL(resolve(`onnxruntime-web/ort-wasm-simd-threaded.${end}`)).href;

/** Where Node finds the runtime that the site runs in a browser: the same WebAssembly. */
export const nodeRuntime: RuntimePlaces = { wasm: { mjs: address('mjs'), wasm: address('wasm') } };
