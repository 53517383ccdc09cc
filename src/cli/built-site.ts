import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CommandError } from './failure.ts';

const ROOT = join(import.meta.dirname, '../..');
/** All that a build depends on. */
const SOURCES = ['src', 'public', 'models', 'index.html', 'vite.config.ts', 'package-lock.json'];

const placesIn = (cache: string) => ({ site: join(cache, 'site'), mark: join(cache, 'site.key') });

/**
 * What Vite builds empties its folder first.
 * @throws {CommandError} when there is a folder in its place that this command did not make.
 */
export async function refuseForeignSite(cache: string): Promise<void> {
  const { site, mark } = placesIn(cache);
  if ((await readFile(mark).catch(() => undefined)) !== undefined) return;
  const there = await readdir(site).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : [site],
  );
  if (there.length > 0)
    throw new CommandError(`${site} was not made by this command. Name another folder with --cache.`);
}

/**
 * The site with the list of `public/`, which is put another in the place of, built by Vite; what was built of the
 * same sources before is taken from the cache, so that a second run neither builds nor asks for anything.
 * @param cache a folder of ours.
 * @returns its folder, not to be written to.
 */
export async function buildSite(cache: string): Promise<string> {
  await refuseForeignSite(cache);
  const { site, mark } = placesIn(cache);
  const key = await keyOfSources();
  if ((await readFile(mark, 'utf8').catch(() => '')) === key) return site;
  console.error('Building the site…');
  // Of no sources yet, but the folder is ours from here on, be it stopped half way.
  await writeFile(mark, '');
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
