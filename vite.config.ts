import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { build, defaultClientConditions, defineConfig, type Plugin } from 'vite';
import solid from 'vite-plugin-solid';
import { headersFor, ISOLATION, PAGE_POLICY } from './src/offline/policy.ts';
import { type CachedFile, type Precache, whenToCache } from './src/offline/precache.ts';

const ROOT = import.meta.dirname;
const MODELS = join(ROOT, 'models');

export default defineConfig({
  // Relative: the built folder works from any sub-path.
  base: './',
  plugins: [solid(), pagePolicy(), models(), serviceWorker(), headers()],
  resolve: {
    // ONNX Runtime with its WebAssembly as files of their own, which the service worker can keep.
    conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions],
  },
  worker: { format: 'es' },
  // Its own addresses relative to its module are lost when it is bundled for development.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  build: {
    target: 'es2022',
    // Nothing as data: in the page, where the policy refuses it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The runtime is one file of 14 MB, and is meant to be.
    chunkSizeWarningLimit: 1_000,
  },
  // In development there is no policy: the styles that are replaced as one edits are inline.
  server: { host: '127.0.0.1', headers: { ...ISOLATION } },
  preview: { host: '127.0.0.1', port: 4173 },
});

/** Writes the page's policy into the built page, for hosts that send no headers. */
function pagePolicy(): Plugin {
  return {
    name: 'sheaf:page-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/** The models' files: served from `models/` in development, copied to `dist/models/` by the build. */
function models(): Plugin {
  let directory = '';
  return {
    name: 'sheaf:models',
    configResolved(config) {
      directory = resolve(config.root, config.build.outDir);
    },
    configureServer(server) {
      server.middlewares.use('/models', async (request, response, next) => {
        const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1);
        if (!(await listModelFiles()).includes(path)) return next();
        response.setHeader(
          'Content-Type',
          path.endsWith('.json') ? 'application/json' : 'application/octet-stream',
        );
        response.end(await readFile(join(MODELS, path)));
      });
    },
    async writeBundle() {
      for (const path of await listModelFiles()) {
        const target = join(directory, 'models', path);
        await mkdir(dirname(target), { recursive: true });
        await copyFile(join(MODELS, path), target);
      }
    },
  };
}

/** Paths under `models/` that a site needs: of each model its `sheaf.json` and the files that this names. */
async function listModelFiles(): Promise<string[]> {
  const paths: string[] = [];
  for (const id of await readdir(MODELS)) {
    const contract = await readFile(join(MODELS, id, 'sheaf.json'), 'utf8').catch(() => undefined);
    if (contract === undefined) continue;
    const { files } = JSON.parse(contract) as { files: { path: string; bytes: number }[] };
    paths.push(`${id}/sheaf.json`, ...files.map(({ path }) => posix.join(id, path)));
    for (const { path, bytes } of files) {
      const found = await stat(join(MODELS, id, path)).catch(() => undefined);
      if (found?.size === bytes) continue;
      throw new Error(
        `models/${id}/${path} has ${found?.size ?? 'no'} bytes, but sheaf.json promises ${bytes}`,
      );
    }
  }
  return paths;
}

/** Builds `sw.js`, with the list of all files, when those are written. */
function serviceWorker(): Plugin {
  let directory = '';
  return {
    name: 'sheaf:service-worker',
    apply: 'build',
    configResolved(config) {
      directory = resolve(config.root, config.build.outDir);
    },
    // After the models are copied.
    writeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        await writeFile(join(directory, 'sw.js'), await buildWorker(await listPrecache(directory)));
      },
    },
  };
}

async function buildWorker(precache: Precache): Promise<string> {
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

/** Sends the headers of pages and workers, as the service worker does where a host does not. */
function headers(): Plugin {
  return {
    name: 'sheaf:headers',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        for (const [name, value] of Object.entries(headersFor(pathname))) response.setHeader(name, value);
        next();
      });
    },
  };
}
