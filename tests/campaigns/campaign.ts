/**
 * What campaigns share. A campaign does one thing many times over, counts what came of it, and says the counts:
 * in `npm test` a few dozen times, in `npm run test:endurance` as often as a promise needs.
 */
import { createRandom } from '../../src/vector/random.ts';

/** In `npm run test:endurance`. */
export const LONG = process.env.SHEAF_LONG === '1';

/** The seed of everything that a campaign draws by chance. Set SHEAF_SEED to repeat a run. */
export const SEED = Number(process.env.SHEAF_SEED ?? (LONG ? Date.now() % 1_000_000 : 20261127));

/** How often: in `npm test`, and in `npm run test:endurance`. */
export const times = (short: number, long: number): number => (LONG ? long : short);

/** Numbers from 0 up to 1, from the seed and the campaign's name. */
export function chanceOf(campaign: string): () => number {
  let seed = SEED;
  for (const letter of campaign) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) >>> 0;
  return createRandom(seed);
}

/** Says what a campaign counted, on one line, with the seed that repeats it. */
export function tell(campaign: string, counts: Readonly<Record<string, number | string>>): void {
  const all = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  process.stdout.write(`campaign ${campaign}: ${all.join(', ')} (seed ${SEED})\n`);
}
