import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTwins } from '../../../src/ranking/duplicates.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { paper, syntheticPapers } from './papers.ts';

const north = Float32Array.of(1, 0);
const near = Float32Array.of(Math.cos(0.2), Math.sin(0.2));
const east = Float32Array.of(0, 1);
const rows = (vectors: Readonly<Record<string, Float32Array>>) => (id: string) => vectors[id];
const pair = (one: string, other: string) => [paper('a', one), paper('b', other)];

describe('twins', () => {
  it.each([
    ['Compact Gaussian Splatting for Phones', 'COMPACT GAUSSIAN SPLATTING FOR PHONES'],
    ['RAP: Fast Rendering of Splats', 'Fast Rendering of Splats'],
    ['Fast Rendering of Splats', 'Fast Rendering of Splats (Extended Version)'],
    ['Splats for Phones, Part II', 'Splats for Phones, Part Two'],
  ])('are found: %s', (one, other) => {
    expect(findTwins(pair(one, other), rows({ a: north, b: near }))).toEqual([['a', 'b']]);
  });
  it.each([
    ['Qwen2 Technical Report', 'Qwen3 Technical Report'],
    ['Splats for Phones, Part I', 'Splats for Phones, Part II'],
    ['Nemotron 3: Open Models', 'Nemotron 4: Open Models'],
    ['Aya 7B: Open Multilingual Models', 'Aya 72B: Open Multilingual Models'],
    ['Dense 2D Tracking of Points', 'Dense 3D Tracking of Points'],
    ['Splats for Phones, Part One', 'Splats for Phones, Part Two'],
    ['Splats for Phones IV', 'Splats for Phones VI'],
  ])('parts and releases are none: %s', (one, other) => {
    expect(findTwins(pair(one, other), rows({ a: north, b: near }))).toEqual([]);
  });
  it('want meaning and title both', () => {
    const same = pair('Fast Rendering of Splats', 'Fast Rendering of Splats');
    expect(findTwins(same, rows({ a: north, b: east }))).toEqual([]);
    expect(findTwins(same, rows({ a: north }))).toEqual([]);
    expect(
      findTwins(pair('Fast Rendering of Splats', 'Language models that plan'), rows({ a: north, b: north })),
    ).toEqual([]);
    expect(findTwins(pair('…', '…'), rows({ a: north, b: north }))).toEqual([]);
  });
  it('any library: groups of two and more, no paper twice, each copy with its original', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), (count, seed) => {
        const random = createRandom(seed);
        const papers = syntheticPapers(count, 4_000, seed).map((one) => ({
          ...one,
          title: `${one.title} unique${one.id}x word`,
        }));
        const copies = papers
          .slice(0, count / 2)
          .map((one) => ({ ...one, id: `${one.id} copy`, title: one.title.toUpperCase() }));
        const vectors = new Map<string, Float32Array>();
        papers.forEach((one, at) => {
          const angle = random() * 6;
          const row = Float32Array.from({ length: count + 2 }, (_, i) => (i === at ? 1 : 0));
          row[at] = Math.cos(angle / 100);
          row[count + 1] = Math.sin(angle / 100);
          vectors.set(one.id, row).set(`${one.id} copy`, row);
        });
        const twins = findTwins([...papers, ...copies], (id) => vectors.get(id));
        const all = twins.flat();
        expect(new Set(all).size).toBe(all.length);
        expect(new Set(twins.map((ids) => ids.join()))).toEqual(
          new Set(copies.map(({ id }) => `${id.slice(0, -5)},${id}`)),
        );
      }),
    );
  });
});
