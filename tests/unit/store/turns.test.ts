import { afterEach, expect, it, vi } from 'vitest';
import { StoreError } from '../../../src/store/database.ts';
import { createMemoryDatabase } from '../../../src/store/memory.ts';
import { DERIVED } from '../../../src/store/names.ts';
import { createTurns } from '../../../src/store/turns.ts';

afterEach(() => vi.unstubAllGlobals());

const open = (change?: () => Promise<never>) => {
  // Of the browser only that it gives the lock: who waits for whom is tried in one.
  vi.stubGlobal('navigator', { locks: { request: (_: string, __: object, hold: () => unknown) => hold() } });
  return createTurns({ ...createMemoryDatabase(DERIVED), kind: 'indexeddb', ...(change ? { change } : {}) });
};
const { signal } = new AbortController();

it('each turn has a number of its own', async () => {
  const turns = open();
  const numbers = [];
  for (let n = 0; n < 3; n++) numbers.push(await turns.inTurn('m', signal, async ({ number }) => number));
  numbers.push(await turns.inTurn('other', signal, async ({ number }) => number));
  expect(numbers).toEqual([1, 2, 3, 1]);
  turns.close();
});

it('a full disk keeps nobody from reading, and a failure of the work is the work’s own', async () => {
  const turns = open(() => Promise.reject(new StoreError('full', 'There is no room.')));
  expect(await turns.inTurn('m', signal, async ({ number }) => `read in turn ${number}`)).toBe(
    'read in turn 0',
  );
  await expect(turns.inTurn('m', signal, () => Promise.reject(new Error('no model')))).rejects.toThrow(
    'no model',
  );
  turns.close();
});

it('work whose turn was over is done again in the next one', async () => {
  const turns = open();
  const seen: number[] = [];
  const work = async ({ number }: { number: number }) => {
    seen.push(number);
    if (number < 3) throw new StoreError('replaced', 'Another tab reads.');
  };
  await turns.inTurn('m', signal, work);
  expect(seen).toEqual([1, 2, 3]);
  turns.close();
});
