/** The built site that is measured, and the page that measures its parts. */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { defaultClientConditions } from 'vite';
import { bundle } from '../browser/harness.ts';
import { type BuiltPages, buildPages } from '../browser/pages/build.ts';

const ROOT = resolve(import.meta.dirname, '../..');
export const DIST = join(ROOT, 'dist');

/** What `dist/` is made of. */
const SOURCES = ['src', 'public', 'models', 'index.html', 'vite.config.ts', 'package-lock.json'];
/** The build writes it last. */
const LAST = join(DIST, 'sw.js');

/** Builds `dist/` unless it is newer than everything that it is made of. */
export async function ensureSite(): Promise<void> {
  const built = await stat(LAST).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  const changed = Math.max(...(await Promise.all(SOURCES.map((path) => newestIn(join(ROOT, path))))));
  if (changed > built) await bundle({ root: ROOT, configFile: join(ROOT, 'vite.config.ts') });
}

async function newestIn(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const names = await readdir(path);
  return Math.max(found.mtimeMs, ...(await Promise.all(names.map((name) => newestIn(join(path, name))))));
}

/** Pages for the parts beside the models and transformers.js's own runtime, as the parity test has them. */
export async function buildParts(): Promise<BuiltPages> {
  const pages = await buildPages(['parity']);
  const here = join(import.meta.dirname, 'pages');
  await bundle({
    configFile: false,
    root: here,
    base: './',
    resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
    worker: { format: 'es' },
    build: {
      outDir: pages.directory,
      emptyOutDir: false,
      target: 'es2023',
      chunkSizeWarningLimit: 2_000,
      rollupOptions: { input: ['parts.html', 'hundred.html', 'themes.html'].map((page) => join(here, page)) },
    },
  });
  return pages;
}
