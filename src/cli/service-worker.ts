import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type CachedFile, type Precache, whenToCache } from '../offline/precache.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Builds `sw.js` of a built site, with the list of all its files as they lie there now. */
export async function writeServiceWorker(directory: string): Promise<void> {
  await writeFile(join(directory, 'sw.js'), await buildWorker(await listPrecache(directory)));
}

async function buildWorker(precache: Precache): Promise<string> {
  const { build } = await import('vite');
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    define: { __PRECACHE__: JSON.stringify(precache) },
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: join(ROOT, 'src/offline/worker.ts'), formats: ['iife'], name: 'worker' },
    },
  });
  const chunks = [result].flat().flatMap((part) => ('output' in part ? part.output : []));
  const [chunk, ...others] = chunks;
  if (chunk?.type !== 'chunk' || others.length > 0) throw new Error('the service worker must be one file');
  return chunk.code;
}

async function listPrecache(directory: string): Promise<Precache> {
  const files: CachedFile[] = [];
  const later: CachedFile[] = [];
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  for (const path of paths) {
    const when = whenToCache(path);
    if (when === 'never') continue;
    const digest = createHash('sha256').update(await readFile(join(directory, path)));
    (when === 'later' ? later : files).push({ path, integrity: `sha256-${digest.digest('base64')}` });
  }
  const digest = createHash('sha256').update(JSON.stringify([files, later]));
  return { build: digest.digest('hex').slice(0, 12), files, later };
}
