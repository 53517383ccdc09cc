/** A table of measurements as a file, and how fast the machine was that made it. */
import type { Section } from './table.ts';

export interface KeptTable {
  /** As `describeMachine` says it. */
  readonly machine: string;
  /** What {@link measureYardstick} took in the same run, milliseconds. */
  readonly yardstick: number;
  readonly sections: readonly Section[];
}

/** The last run, beside the project; not committed. */
export const LAST_RUN = 'bench.json';
/** The run that others are held against: committed, by copying {@link LAST_RUN} over it. */
export const COMMITTED = 'tests/bench/committed.json';

const ROUNDS = 9;
const NUMBERS = 4_000_000;

/** The same work each time, in arithmetic and memory: the best of a few rounds, milliseconds. */
export function measureYardstick(): number {
  const numbers = Float32Array.from({ length: NUMBERS }, (_, at) => (at % 1_000) / 1_000);
  let best = Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let at = 0; at < NUMBERS; at++)
      sum += (numbers[at] as number) * (numbers[NUMBERS - 1 - at] as number);
    best = Math.min(best, performance.now() - start);
  }
  if (Number.isNaN(sum)) throw new Error('the yardstick broke');
  return best;
}
