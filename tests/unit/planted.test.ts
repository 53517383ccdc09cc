/** A fault that finds no place any more would be planted nowhere, and seen only by the long run. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readFaults } from '../planted/read-faults.ts';

const ROOT = join(import.meta.dirname, '../..');

it('each planted fault has one place, and tests of the name that it gives', async () => {
  const faults = await readFaults();
  expect(faults.length).toBeGreaterThan(50);
  for (const { name, file, find, replace, caughtBy, only = '' } of faults) {
    const text = await readFile(join(ROOT, file), 'utf8');
    expect([name, text.split(find).length - 1]).toEqual([name, 1]);
    expect(replace).not.toBe(find);
    for (const test of caughtBy) {
      const tests = await readFile(join(ROOT, test), 'utf8');
      // Of names that are made, the run itself says whether there are any.
      const named = tests.includes(only) || /\bit\(\s*[`a-z]/.test(tests);
      expect([name, test, named]).toEqual([name, test, true]);
    }
  }
});
