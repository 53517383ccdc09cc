import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { INDEX_FORMAT, type KeptIndex } from '../../../src/words/kept.ts';
import { createKeywordIndex } from '../../../src/words/keyword.ts';
import { LIBRARY, paper, syntheticPapers, syntheticWord } from '../ranking/papers.ts';

function indexOf(papers: readonly Paper[]) {
  const index = createKeywordIndex();
  index.put(papers);
  return index;
}

/** As it comes back from a disk. */
function keptOf(papers: readonly Paper[], removed: readonly string[] = []): KeptIndex {
  const index = indexOf(papers);
  index.remove(removed);
  return structuredClone(index.dump()) as KeptIndex;
}

/** Of what makes terms: marks, formulas, other scripts, joined words, forms. */
const ODD = paper(
  'odd',
  'Ångström-scale $\\alpha$-GANs: state-of-the-art',
  '3D-GS, GPT-4o and COVID19; ﬁne-tuning studies of 量子计算 and Привет. Running, runs, ran: U.S. e-mail naïve.',
);

const ids = (papers: readonly Paper[]) => papers.map(({ id }) => id);

describe('a kept index', () => {
  test('says what one made anew says, whatever has come, gone and changed since', () => {
    const arrangement = fc.record({
      seed: fc.nat(),
      before: fc.uniqueArray(fc.nat(59), { maxLength: 60 }),
      removed: fc.uniqueArray(fc.nat(59), { maxLength: 15 }),
      after: fc.uniqueArray(fc.nat(59), { maxLength: 60 }),
      changed: fc.uniqueArray(fc.nat(59), { maxLength: 20 }),
      words: fc.array(fc.nat(39).map(syntheticWord), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(arrangement, ({ seed, before, removed, after, changed, words }) => {
        const all = syntheticPapers(60, 40, seed);
        const other = syntheticPapers(60, 40, seed + 1);
        const pick = (numbers: readonly number[]) => numbers.map((number) => all[number] as Paper);
        const now = after.map((number) => (changed.includes(number) ? other : all)[number] as Paper);
        const kept = keptOf(pick(before), ids(pick(removed)));
        const index = createKeywordIndex();
        const had = before.filter((one) => !removed.includes(one) && after.includes(one));
        expect(index.load(kept, ids(now))).toBe(had.length);
        index.put(now.slice(0, 10));
        index.search('splat');
        index.put(now.slice(10));
        const anew = indexOf(now);
        const query = words.join(' ');
        const sorted = (made: typeof index) =>
          made
            .search(query)
            .matches.map((match) => ({ ...match, score: match.score.toFixed(9) }))
            .sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(sorted(index)).toEqual(sorted(anew));
        expect(index.size()).toBe(now.length);
        for (const word of words) expect(index.papersWith(word)).toBe(anew.papersWith(word));
        const liked = ids(now).slice(0, 2);
        expect(new Set(ids(index.like(liked).matches as unknown as Paper[]))).toEqual(
          new Set(ids(anew.like(liked).matches as unknown as Paper[])),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('forgives, completes and tells words as before', () => {
    const index = createKeywordIndex();
    index.load(keptOf(LIBRARY), ids(LIBRARY));
    index.put(LIBRARY);
    for (const query of ['gausian ', 'splatt', 'Ångström', 'multi layer']) {
      expect(index.search(query)).toEqual(indexOf(LIBRARY).search(query));
    }
  });

  test('does not read papers again that have the same words', () => {
    const index = createKeywordIndex();
    const kept = keptOf(LIBRARY);
    index.load(kept, ids(LIBRARY));
    index.put(LIBRARY);
    // What is read is entered anew, behind the slots that there were.
    expect(index.dump()?.slots.ids.length).toBe(LIBRARY.length);
    index.put([paper('splat', 'Another title')]);
    expect(index.dump()?.slots.ids.length).toBe(LIBRARY.length + 1);
    expect(index.search('gaussian').matches).toEqual([]);
  });

  /** One that was kept by an older version would be read as if its terms were of today. */
  test('has another format when another index comes of the same papers', () => {
    const typed = (_: string, value: unknown) =>
      ArrayBuffer.isView(value) ? [...(value as Uint32Array)] : value;
    const of = JSON.stringify(keptOf([...LIBRARY, ODD]), typed);
    const sum = createHash('sha256').update(of).digest('hex').slice(0, 16);
    expect({ format: INDEX_FORMAT, sum }).toEqual({ format: 1, sum: 'a57fe3cf7cef71c7' });
  });

  test('is not dumped before all of its papers are here, nor read in another format', () => {
    const index = createKeywordIndex();
    const kept = keptOf(LIBRARY);
    expect(index.load({ ...kept, format: 0 }, ids(LIBRARY))).toBeUndefined();
    index.load(kept, ids(LIBRARY));
    index.put(LIBRARY.slice(1));
    expect(index.dump()).toBeUndefined();
    index.put(LIBRARY.slice(0, 1));
    expect(index.dump()?.slots.ids).toEqual(ids(LIBRARY));
  });
});
