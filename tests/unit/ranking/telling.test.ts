import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellingWordsOf } from '../../../src/ranking/telling.ts';
import { paper } from './papers.ts';

const splats = [
  paper('a', 'Compact Gaussian Splatting', 'We prune Gaussians of a scene.'),
  paper('b', 'Gaussian Splatting on phones', 'Scenes of NeRF are rendered.'),
  paper('c', 'Pruned Gaussian Splatting', 'Fewer Gaussians.'),
];
const meshes = [paper('d', 'Mesh extraction', 'Meshes of a scene.'), paper('e', 'Mesh repair', 'A mesh.')];
/** Every term in so many papers of a hundred. */
const everywhere = (papers: number) => () => papers;

describe('telling words', () => {
  it('are those that examples share and the library does not', () => {
    const words = tellingWordsOf(splats, [], everywhere(1), 100);
    expect(
      words
        .slice(0, 2)
        .map(({ word }) => word)
        .sort(),
    ).toEqual(['gaussian', 'splatting']);
    expect(words.every(({ speaks }) => speaks === 'for')).toBe(true);
    expect(words[0]?.strength).toBe(3);
    // What one of three says is its own matter, unless its title names it.
    expect(words.map(({ word }) => word)).not.toContain('NeRF');
    expect(words.map(({ word }) => word)).toContain('phones');
  });
  it('say what speaks against, and what both have says nothing', () => {
    const words = tellingWordsOf(splats, meshes, everywhere(1), 100);
    expect(words.filter(({ speaks }) => speaks === 'against').map(({ word }) => word)).toContain('mesh');
    expect(words.map(({ word }) => word)).not.toContain('scene');
  });
  it('are none where everybody says them, or nothing is liked', () => {
    expect(tellingWordsOf(splats, [], everywhere(100), 100)).toEqual([]);
    expect(tellingWordsOf([], [], everywhere(1), 100)).toEqual([]);
  });
  it('are each once, of three strengths, the same whatever the order of the examples', () => {
    const vocabulary = ['gaussian', 'mesh', 'prune', 'scene', 'render', 'token', 'phone'];
    const made = fc
      .array(fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 8 }), { maxLength: 6 })
      .map((texts) => texts.map((words, at) => paper(`p${at}`, words.join(' '))));
    fc.assert(
      fc.property(made, made, fc.integer({ min: 0, max: 50 }), (liked, disliked, known) => {
        const words = tellingWordsOf(liked, disliked, everywhere(known), 50);
        const again = tellingWordsOf(liked.toReversed(), disliked.toReversed(), everywhere(known), 50);
        expect(again).toEqual(words);
        expect(new Set(words.map(({ word }) => word)).size).toBe(words.length);
        for (const { strength } of words) expect([1, 2, 3]).toContain(strength);
      }),
    );
  });
});
