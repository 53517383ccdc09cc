/** A host with one page that has a library, for tests that need IndexedDB and no site around it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bundle, type Host, serve } from '../../browser/harness.ts';

export async function serveLibraryPage(): Promise<{ host: Host; close(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'sheaf-library-'));
  await bundle({
    configFile: false,
    publicDir: false,
    build: {
      outDir: directory,
      emptyOutDir: true,
      lib: {
        entry: resolve('tests/campaigns/hostile/library-page.ts'),
        formats: ['es'],
        fileName: () => 'page.js',
      },
    },
  });
  await writeFile(
    join(directory, 'index.html'),
    '<!doctype html><script type="module" src="page.js"></script>',
  );
  const host = await serve(directory);
  return {
    host,
    async close() {
      await host.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
