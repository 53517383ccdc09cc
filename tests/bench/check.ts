/** Holds the last run of `npm run bench` against the committed one, and ends with 1 where something became worse. */
import { readFile } from 'node:fs/promises';
import { compareTables } from './compare.ts';
import { COMMITTED, type KeptTable, LAST_RUN } from './kept.ts';

async function read(path: string): Promise<KeptTable | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

const [before, now] = await Promise.all([read(COMMITTED), read(LAST_RUN)]);
if (!before || !now) {
  console.error(`There is no ${before ? LAST_RUN : COMMITTED}: run \`npm run bench\` first.`);
  process.exitCode = 1;
} else {
  const { changes, compared } = compareTables(before, now);
  console.log(`before: ${before.machine}\nnow:    ${now.machine}`);
  console.log(
    `This machine took ${(now.yardstick / before.yardstick).toFixed(2)} of the time for the same work.`,
  );
  for (const { place, before: was, now: is, ratio } of changes)
    console.log(`${ratio.toFixed(2)} times  ${place}: ${was}, now ${is}`);
  console.log(`${compared} figures compared, ${changes.length} worse.`);
  process.exitCode = changes.length > 0 ? 1 : 0;
}
