import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, defaultClientConditions } from 'vite';
import { SITE_MODEL } from '../../../src/engine/origin.ts';

export { SITE_MODEL as MODEL };

const here = fileURLToPath(new URL('.', import.meta.url));
export const modelsFolder = fileURLToPath(new URL('../../../models', import.meta.url));

export interface BuiltPages {
  readonly directory: string;
  remove(): void;
}

/** Builds pages of this folder as a site of their own, with the models and the other runtime beside them. */
export async function buildPages(names: readonly string[]): Promise<BuiltPages> {
  const directory = mkdtempSync(join(tmpdir(), 'sheaf-pages-'));
  await build({
    configFile: false,
    root: here,
    base: './',
    logLevel: 'error',
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
    worker: { format: 'es' },
    build: {
      outDir: directory,
      emptyOutDir: true,
      target: 'es2023',
      rollupOptions: { input: names.map((name) => join(here, `${name}.html`)) },
    },
  });
  symlinkSync(modelsFolder, join(directory, 'models'));
  // transformers.js pins a runtime of its own, and takes it from a network unless it is given one.
  const peer = createRequire(import.meta.resolve('@huggingface/transformers'));
  symlinkSync(dirname(peer.resolve('onnxruntime-web')), join(directory, 'peer-runtime'));
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
