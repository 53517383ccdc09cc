import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { compressSite, isCompressed } from './compress-site.ts';
import { writeServiceWorker } from './service-worker.ts';

/** Sums of all files, as `sha256sum -c` reads them. */
const SUMS = 'SHA256SUMS';

/** What a page fetches by a name that holds no sum of its bytes, and is to be held to one. */
const HELD = /^(?:papers|topics)\.json$|^models\/[^/]+\/sheaf\.json$/;

/**
 * What is written last into a built site, since it is made of the sums of all else: into the page those of what it
 * fetches, then the service worker, then all of it in fewer bytes, then the list of sums.
 */
export async function finishSite(directory: string): Promise<void> {
  const paths = (await listFiles(directory)).filter((path) => HELD.test(path));
  const sums = await Promise.all(paths.map(async (path) => `${path}=${await sumOf(directory, path)}`));
  const page = join(directory, 'index.html');
  await writeFile(page, holdTo(await readFile(page, 'utf8'), sums));
  await writeServiceWorker(directory);
  const plain = (await listFiles(directory)).filter((path) => !isCompressed(path) && path !== SUMS);
  await compressSite(directory, plain);
  await writeSums(directory);
}

/** The page with these sums in its head, in the place of those of another list. */
function holdTo(html: string, sums: readonly string[]): string {
  const bare = html.replace(/\s*<meta name="sheaf-sums"[^>]*>/, '');
  return bare.replace('</head>', `  <meta name="sheaf-sums" content="${sums.join(' ')}">\n  </head>`);
}

async function writeSums(directory: string): Promise<void> {
  const paths = (await listFiles(directory)).filter((path) => path !== SUMS);
  const lines = await Promise.all(paths.map(async (path) => `${await sumOf(directory, path)}  ${path}\n`));
  await writeFile(join(directory, SUMS), lines.join(''));
}

/** In an order that no machine changes. */
async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

async function sumOf(directory: string, path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(directory, path)))
    .digest('hex');
}
