/** A fault that finds no place any more would be planted nowhere, and seen only by the long run. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readFaults } from '../planted/read-faults.ts';

const ROOT = join(import.meta.dirname, '../..');

it('each planted fault has one place', async () => {
  const faults = await readFaults();
  expect(faults.length).toBeGreaterThan(50);
  for (const { name, file, find, replace } of faults) {
    const text = await readFile(join(ROOT, file), 'utf8');
    expect([name, text.split(find).length - 1]).toEqual([name, 1]);
    expect(replace).not.toBe(find);
  }
});
