/** The same sources give the same site, to the byte, wherever they lie; and its sums say which site it is. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { expect, it } from 'vitest';
import { findSite } from '../browser/app/site.ts';
import { tell, times } from './campaign.ts';
import { buildVersion } from './versions.ts';

const SUMS = 'SHA256SUMS';

/** Every file by its path, with its sum. */
function sumsOf(site: string): Record<string, string> {
  const entries = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const sum = createHash('sha256').update(readFileSync(file)).digest('hex');
      return [relative(site, file).split(sep).join('/'), sum];
    }),
  );
}

it('two builds in two folders are byte-identical', async () => {
  const first = sumsOf(findSite());
  const builds = times(1, 3);
  // What an earlier build has compressed would be compared with itself.
  const cache = mkdtempSync(join(tmpdir(), 'sheaf-cache-'));
  process.env.SHEAF_CACHE = cache;
  for (let build = 0; build < builds; build++) {
    const version = await buildVersion();
    expect(sumsOf(version.site)).toEqual(first);
    await version.remove();
    rmSync(cache, { recursive: true });
  }
  delete process.env.SHEAF_CACHE;
  tell('reproducible', { 'builds that are the same as dist': builds, files: Object.keys(first).length });
});

it('the sums of the site are written with it, and hold', () => {
  const site = findSite();
  const { [SUMS]: _, ...files } = sumsOf(site);
  const lines = readFileSync(join(site, SUMS), 'utf8').trimEnd().split('\n');
  expect(Object.fromEntries(lines.map((line) => line.split('  ').reverse()))).toEqual(files);
  // As anybody would check it, where there is the program for it.
  execFileSync('sha256sum', ['--quiet', '--strict', '-c', SUMS], { cwd: site });
});
