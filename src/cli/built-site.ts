import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** All that a build depends on. */
const SOURCES = ['src', 'public', 'models', 'index.html', 'vite.config.ts', 'package-lock.json'];

/**
 * The site without a list of its own, built by Vite; what was built of the same sources before is taken from the
 * cache, so that a second run neither builds nor asks for anything.
 * @param cache a folder of ours.
 * @returns its folder, not to be written to.
 */
export async function buildSite(cache: string): Promise<string> {
  const [site, mark] = [join(cache, 'site'), join(cache, 'site.key')];
  const key = await keyOfSources();
  if ((await readFile(mark, 'utf8').catch(() => '')) === key) return site;
  console.error('Building the site…');
  await rm(mark, { force: true });
  // Without it Solid's development build would be taken where this runs in a test.
  process.env.NODE_ENV = 'production';
  // Only here: loading Vite takes longer than all that may be refused before.
  const { build } = await import('vite');
  await build({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: site, emptyOutDir: true },
  });
  // Last: a build that was stopped half way is built again.
  await writeFile(mark, key);
  return site;
}

async function keyOfSources(): Promise<string> {
  const sum = createHash('sha256').update(process.version);
  for (const source of SOURCES) {
    const path = join(ROOT, source);
    const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
    const files = entries
      ? entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
      : [path];
    for (const file of files.sort()) sum.update(`\0${relative(ROOT, file)}\0`).update(await readFile(file));
  }
  return sum.digest('hex');
}
