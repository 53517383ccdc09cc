/** The sums that stand in the source are those of the files that are shipped. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { QUICK_MODEL, SITE_MODEL } from '../../../src/engine/origin.ts';
import { PART_BYTES } from '../../../src/engine/parts.ts';
import { RUNTIME_SUMS } from '../../../src/engine/runtime-sums.ts';
import { readBytes, readContractFile } from './fixtures.ts';

const { resolve } = createRequire(import.meta.url);
const sumOf = (bytes: Uint8Array, as: 'hex' | 'base64' = 'hex') =>
  createHash('sha256').update(bytes).digest(as);
const partsOf = (bytes: Uint8Array) =>
  Array.from({ length: Math.ceil(bytes.length / PART_BYTES) }, (_, part) =>
    sumOf(bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)),
  );

describe.each([
  ['wasm', 'ort-wasm-simd-threaded'],
  ['webgpu', 'ort-wasm-simd-threaded.jspi'],
] as const)('the runtime for %s', (kind, name) => {
  it('is the one that is installed', () => {
    const script = readFileSync(resolve(`onnxruntime-web/${name}.mjs`));
    const wasm = readFileSync(resolve(`onnxruntime-web/${name}.wasm`));
    expect(RUNTIME_SUMS[kind]).toEqual({
      script: `sha256-${sumOf(script, 'base64')}`,
      bytes: wasm.length,
      sha256: sumOf(wasm),
      parts: partsOf(wasm),
    });
  });
});

describe.each([QUICK_MODEL, SITE_MODEL])('the parts of %s', (model) => {
  it('are those of its files', () => {
    for (const { path, bytes, parts } of readContractFile(model).files) {
      const file = new Uint8Array(readBytes(path, model));
      expect(file.length).toBe(bytes);
      expect(parts).toEqual(bytes > PART_BYTES ? partsOf(file) : undefined);
    }
  });
});
