import { copyFile, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, posix, resolve } from 'node:path';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';
import solid from 'vite-plugin-solid';
import { finishSite } from './src/cli/finish-site.ts';
import { sendCompressed } from './src/cli/send-compressed.ts';
import { headersFor, ISOLATION, PAGE_POLICY } from './src/offline/policy.ts';

const ROOT = import.meta.dirname;
const MODELS = join(ROOT, 'models');
/** Code that comes beside the first, and that the list does not wait for. */
const SECOND = 'second';

export default defineConfig({
  // Relative: the built folder works from any sub-path.
  base: './',
  plugins: [trustedTemplates(), solid(), pagePolicy(), secondBeside(), models(), serviceWorker(), headers()],
  resolve: {
    // ONNX Runtime with its WebAssembly as files of their own, which the service worker can keep.
    conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions],
    alias: {
      // Its browser build decodes `&lt;` in a note by innerHTML, which Trusted Types refuse; the other has a table.
      'decode-named-character-reference': join(
        ROOT,
        'node_modules/decode-named-character-reference/index.js',
      ),
    },
  },
  worker: { format: 'es' },
  // Its own addresses relative to its module are lost when it is bundled for development.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  build: {
    target: 'es2022',
    // Nothing as data: in the page, where the policy refuses it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // All that stands before the list is one file: two dozen small ones are worse to compress, and to wait for.
            { name: 'first', tags: ['$initial'], priority: 2 },
            {
              name: SECOND,
              test: /[\\/]src[\\/](?:(?:state|store)[\\/]second|views[\\/]keyboard)\.ts$/,
              priority: 1,
            },
          ],
        },
      },
    },
    reportCompressedSize: false,
    // The runtime is one file of 14 MB, and is meant to be.
    chunkSizeWarningLimit: 1_000,
  },
  // In development there is no policy: the styles that are replaced as one edits are inline.
  server: { host: '127.0.0.1', headers: { ...ISOLATION } },
  preview: { host: '127.0.0.1', port: 4173 },
});

/** Puts `src/views/dom.ts` in the place of `solid-js/web`, for our views and for libraries alike. */
function trustedTemplates(): Plugin {
  const dom = join(ROOT, 'src/views/dom.ts');
  return {
    name: 'sheaf:trusted-templates',
    apply: 'build',
    enforce: 'pre',
    resolveId: (source, importer) => (source === 'solid-js/web' && importer !== dom ? dom : undefined),
  };
}

/** Names the second file of code in the built page, so that it is fetched beside the first and not found in it; after what draws the list. */
function secondBeside(): Plugin {
  return {
    name: 'sheaf:second-beside',
    apply: 'build',
    transformIndexHtml: (_, { bundle = {} }) =>
      Object.values(bundle)
        .filter((part) => part.type === 'chunk' && part.name === SECOND)
        .map(({ fileName }) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${fileName}`, fetchpriority: 'low' },
          injectTo: 'head',
        })),
  };
}

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

/** Builds `sw.js`, with the list of all files, and the list of their sums, when those are written. */
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
        await finishSite(directory);
      },
    },
  };
}

/** Sends the headers of pages and workers, as the service worker does where a host does not, and compressed files. */
function headers(): Plugin {
  return {
    name: 'sheaf:headers',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? '/', 'http://localhost');
        for (const [name, value] of Object.entries(headersFor(pathname))) response.setHeader(name, value);
        next();
      });
      server.middlewares.use(sendCompressed(resolve(server.config.root, server.config.build.outDir)));
    },
  };
}
