import { expect, it } from 'vitest';
import { compareTables } from '../../bench/compare.ts';
import type { KeptTable } from '../../bench/kept.ts';

const table = (yardstick: number, rows: readonly (readonly [string, ...string[]])[], title = 'Visits') =>
  ({
    machine: 'a machine',
    yardstick,
    sections: [{ title, columns: ['cold', 'warm'], rows }],
  }) satisfies KeptTable;

const before = table(10, [
  ['list', '200 ms', '100 ms'],
  ['  meaning', '2.0 s', 'not in time'],
  ['code', '100.0 kB', 'none'],
  ['papers', '47', '47'],
]);

it('tells what became slower or larger, the worst first, and no more', () => {
  const now = table(10, [
    ['list', '290 ms', '1,200 ms'],
    ['meaning', '4.0 s', '5 ms'],
    ['code', '103.0 kB', '9 kB'],
    ['papers', '900', '900'],
  ]);
  const { changes, compared } = compareTables(before, now);
  expect(compared).toBe(4);
  expect(changes.map(({ place, ratio }) => [place, ratio.toFixed(2)])).toEqual([
    ['Visits / list / warm', '12.00'],
    ['Visits / meaning / cold', '2.00'],
    ['Visits / code / cold', '1.03'],
  ]);
});

it('goes by what the machine takes for the same work; bytes stay bytes', () => {
  const slow = table(30, [
    ['list', '600 ms', '301 ms'],
    ['code', '100.0 kB', ''],
  ]);
  expect(compareTables(before, slow).changes).toEqual([]);
  const fast = table(5, [['list', '160 ms', '40 ms']]);
  expect(compareTables(before, fast).changes.map(({ ratio }) => ratio)).toEqual([1.6]);
});

it('passes over what one of them lacks', () => {
  expect(compareTables(before, table(10, [['list', '9 s', '9 s']], 'Other'))).toEqual({
    changes: [],
    compared: 0,
  });
});
