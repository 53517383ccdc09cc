import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createParts, PART_BYTES } from '../../../src/engine/parts.ts';
import { createRandom } from '../../../src/vector/random.ts';

const SIZE = 3 * PART_BYTES + 1_000;
const random = createRandom(7);
const bytes = Uint8Array.from({ length: SIZE }, () => Math.floor(random() * 256));
const sum = (of: Uint8Array) => createHash('sha256').update(of).digest('hex');
const parts = [0, 1, 2, 3].map((part) => sum(bytes.subarray(part * PART_BYTES, (part + 1) * PART_BYTES)));
const file = { bytes: SIZE, sha256: sum(bytes), parts };
const isWhole = (whole: Uint8Array) => Buffer.from(whole).equals(bytes);

describe('a file in parts', () => {
  it('becomes whole from pieces of any size, wherever they overlap', async () => {
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: SIZE - 1 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.integer({ min: 0, max: 200_000 }), async (places, overlap) => {
        const found = await createParts(file);
        const ends = [...places.sort((a, b) => a - b), SIZE];
        let start = 0;
        for (const end of ends) {
          const from = Math.max(0, start - overlap);
          await found.take(from, bytes.subarray(from, end));
          start = end;
        }
        expect(found.next()).toBeUndefined();
        expect(isWhole(found.whole)).toBe(true);
      }),
      { numRuns: 15 },
    );
  });

  it('asks again for the part that came wrong, and for that alone', async () => {
    const told: number[] = [];
    const found = await createParts(file, new Map(), (part) => told.push(part));
    const spoilt = bytes.slice();
    spoilt[PART_BYTES + 5] = (spoilt[PART_BYTES + 5] as number) ^ 1;
    await found.take(0, spoilt);
    expect(told).toEqual([0, 2, 3]);
    expect(found.next()).toEqual({ start: PART_BYTES, end: 2 * PART_BYTES });
    await found.take(PART_BYTES, bytes.subarray(PART_BYTES, 2 * PART_BYTES));
    expect(found.next()).toBeUndefined();
    expect(isWhole(found.whole)).toBe(true);
  });

  it('goes on from what was kept, but not from what spoilt since', async () => {
    const kept = new Map([
      [0, bytes.slice(0, PART_BYTES).buffer],
      [1, new ArrayBuffer(PART_BYTES)],
      [9, new ArrayBuffer(5)],
    ]);
    const found = await createParts(file, kept);
    expect(found.done()).toBe(PART_BYTES);
    expect(found.next()).toEqual({ start: PART_BYTES, end: SIZE });
  });

  it('takes no byte more than was promised', async () => {
    const found = await createParts(file);
    await found.take(0, Buffer.concat([bytes, Buffer.of(1, 2, 3)]));
    expect(found.next()).toBeUndefined();
    expect(found.whole.length).toBe(SIZE);
  });

  it('keeps nothing where there is no sum to hold it to', async () => {
    const found = await createParts({ bytes: SIZE }, new Map([[0, new ArrayBuffer(PART_BYTES)]]));
    expect(found.done()).toBe(0);
  });
});
