import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { createCollection } from '../../../src/ranking/collection.ts';
import { createHeldPapers, type HeldPapers } from '../../../src/ranking/heldPapers.ts';
import { heapInUse } from '../heap.ts';
import { randomMatrix } from '../vector/rows.ts';
import { LIBRARY, paper, syntheticPapers, syntheticWord } from './papers.ts';

/** Gives the number of steps that it took. */
function pack(held: HeldPapers): number {
  return [...held.packSteps()].length;
}

const whole = (held: Paper) => ({ ...held, abstract: held.abstract });

/** An abstract of some 10,000 signs, another each time. */
const long = (seed: number) => `${seed} ${syntheticPapers(70, 40, seed).map(({ abstract }) => abstract)}`;

describe('held papers', () => {
  test('read as the papers that were given, before and after their texts are packed', () => {
    const given = [...LIBRARY, ...syntheticPapers(200, 40, 1), paper('odd', 'Odd', '\ud800 naïve 量子 \0')];
    const held = createHeldPapers(1);
    const papers = given.map((one) => held.hold(one));
    expect(papers.map(whole)).toEqual(given);
    expect(pack(held)).toBeGreaterThan(1);
    expect(papers.map(whole)).toEqual(given);
    expect(pack(held)).toBe(0);
  });

  test('are not packed while all texts together are short', () => {
    const held = createHeldPapers(100_000);
    const first = syntheticPapers(100, 40, 1).map((one) => held.hold(one));
    expect(pack(held)).toBe(0);
    for (const one of syntheticPapers(600, 40, 2)) held.hold(one);
    expect(held.waiting()).toBeGreaterThan(100_000);
    expect(pack(held)).toBeGreaterThan(1);
    expect(held.waiting()).toBe(0);
    expect(first.map(({ abstract }) => abstract)).toEqual(
      syntheticPapers(100, 40, 1).map(({ abstract }) => abstract),
    );
  });

  test('papers that come while others are packed are packed with them', () => {
    const held = createHeldPapers(1);
    for (const one of syntheticPapers(100, 40, 1)) held.hold(one);
    const steps = held.packSteps();
    for (let step = 0; step < 5; step++) steps.next();
    for (const one of syntheticPapers(100, 40, 2)) held.hold(one);
    for (const _ of steps);
    expect(held.waiting()).toBe(0);
  });

  test('a paper told anew with the same abstract shares its text, and one with another reads by itself', () => {
    const held = createHeldPapers(1);
    const [first] = LIBRARY as readonly [Paper];
    const one = held.hold(first);
    const two = held.hold({ ...first, upvotes: 5 }, one);
    expect(held.waiting()).toBe(first.abstract.length);
    pack(held);
    const three = held.hold({ ...first, upvotes: 6 }, two);
    expect(held.waiting()).toBe(0);
    const four = held.hold({ ...first, abstract: 'Other.' }, three);
    expect(held.waiting()).toBe('Other.'.length);
    expect([one, two, three, four].map(({ abstract }) => abstract)).toEqual([
      ...[first.abstract, first.abstract, first.abstract, 'Other.'],
    ]);
    held.release(four);
    expect([held.waiting(), four.abstract]).toEqual([0, 'Other.']);
  });

  test('endless changes leave nothing behind, packed or not', () => {
    for (const least of [1, Number.POSITIVE_INFINITY]) {
      const held = createHeldPapers(least);
      let now = held.hold(paper('one', 'One', long(0)));
      pack(held);
      const before = heapInUse();
      for (let round = 1; round <= 400; round++) {
        now = held.hold(paper('one', 'One', long(round)), now);
        pack(held);
      }
      // All of them together would be four millions, packed more than one.
      expect(heapInUse() - before).toBeLessThan(700_000);
      expect(now.abstract).toBe(long(400));
      held.release(now);
      expect(held.waiting()).toBe(0);
    }
  });
});

describe('a collection whose texts are packed', () => {
  const COUNT = 40;
  const tellings = [1, 2].map((seed) => syntheticPapers(COUNT, 40, seed));
  const change = fc.oneof(
    fc.record({ put: fc.array(fc.tuple(fc.nat(COUNT - 1), fc.nat(1), fc.nat(2)), { maxLength: 30 }) }),
    fc.record({ remove: fc.array(fc.nat(COUNT - 1), { maxLength: 8 }) }),
    fc.record({ note: fc.tuple(fc.nat(COUNT - 1), fc.constantFrom('', 'zebra', syntheticWord(3))) }),
    fc.record({ set: fc.uniqueArray(fc.nat(COUNT - 1), { maxLength: COUNT }) }),
    fc.constant('kept' as const),
  );

  /** Runs the changes, and packs a little after each. Gives all that the collection then says. */
  function saidBy(
    changes: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[],
    least: number,
  ) {
    const of = (number: number, telling = 0, upvotes = 0): Paper => ({
      ...((tellings[telling] as Paper[])[number] as Paper),
      ...(upvotes > 0 ? { upvotes } : {}),
    });
    let collection = createCollection(least);
    let steps = collection.packSteps();
    for (const one of changes) {
      if (one === 'kept') {
        const papers = collection.ids().map((id) => of(Number(id.slice(1))));
        const kept = structuredClone(collection.keptIndex());
        collection = createCollection(least);
        if (kept) collection.loadIndex(kept, collection.ids());
        collection.putPapers(papers);
      } else if ('put' in one) collection.putPapers(one.put.map((given) => of(...given)));
      else if ('remove' in one) collection.removePapers(one.remove.map((number) => `p${number}`));
      else if ('set' in one) collection.setPapers(one.set.map((number) => of(number)));
      else collection.putNotes([{ paper: `p${one.note[0]}`, text: one.note[1] }]);
      steps = collection.packSteps();
      steps.next();
    }
    for (const _ of steps);
    const ids = collection.ids();
    collection.setVectors(ids, randomMatrix(ids.length, 8, 3));
    const words = [0, 3, 7, 20].map(syntheticWord);
    return {
      ids,
      found: ['zebra', words.join(' '), `${words[0]}`].map((text) => collection.search({ text })),
      similar: ids.slice(0, 5).map((id) => collection.similar(id, 10)),
      told: collection.tellTopic({ name: 'Any', liked: ids.slice(0, 5), disliked: ids.slice(5, 9) } as never),
      groups: collection.cluster(1),
      kept: collection.keptIndex(),
    };
  }

  test('says what one says whose texts are not, whatever comes, goes and changes', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        expect(saidBy(changes, 1)).toEqual(saidBy(changes, Number.POSITIVE_INFINITY));
      }),
      { numRuns: 20 },
    );
  });
});
