import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createKeywordIndex } from '../../../src/ranking/keyword.ts';
import {
  nameTopic,
  scoreTopic,
  TOPIC_LINE,
  tellingWords,
  topicFeatures,
  topicProbability,
} from '../../../src/ranking/topics.ts';
import { LIBRARY } from './papers.ts';

const index = createKeywordIndex();
index.put(LIBRARY);
const ids = LIBRARY.map(({ id }) => id);
const topic = {
  id: '3dgs',
  name: '3DGS',
  sentence: '3D Gaussian Splatting and radiance fields that render scenes',
};

describe('a topic', () => {
  test('by words alone, and says so', () => {
    const scores = scoreTopic(topic, ids, index, undefined);
    expect(scores.evidence).toBe('words');
    expect(scores.papers.length).toBe(ids.length);
    expect(scores.papers[0]?.id).toBe('splat');
    expect(scores.papers[0]?.belongs).toBe(true);
    expect(scores.papers.at(-1)?.belongs).toBe(false);
    expect(scores.papers[0]?.features).not.toHaveProperty('z');
  });

  test('by both: what is near belongs without its words, and what is far does not', () => {
    const z = Float32Array.from(ids, (id) => (id === 'vision' ? 7 : id === 'distil' ? Number.NaN : -1));
    const scores = scoreTopic(topic, ids, index, z);
    expect(scores.evidence).toBe('both');
    const of = (id: string) => scores.papers.find((scored) => scored.id === id);
    expect(of('vision')?.belongs).toBe(true);
    expect(of('prune')?.belongs).toBe(false);
    expect(of('distil')?.features).not.toHaveProperty('z');
    const chances = scores.papers.map(({ probability }) => probability);
    expect([...chances].sort((a, b) => b - a)).toEqual(chances);
  });

  test('features are apart from weights', () => {
    const features = topicFeatures(topic, ids, index, undefined);
    expect(features[0]?.name).toBe(1);
    expect(features[0]?.words).toBeGreaterThan(features[2]?.words as number);
    expect(features[3]).toEqual({ name: 0, words: 0 });
  });

  test('more evidence is never a smaller chance', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: -5, max: 15, noNaN: true }),
        share,
        share,
        share,
        (z, name, words, more) => {
          const chance = topicProbability({ z, name, words });
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
          expect(topicProbability({ z: z + more, name, words })).toBeGreaterThanOrEqual(chance);
          expect(topicProbability({ z, name: Math.max(name, more), words })).toBeGreaterThanOrEqual(chance);
          expect(topicProbability({ z, name, words: Math.max(words, more) })).toBeGreaterThanOrEqual(chance);
        },
      ),
    );
    expect(topicProbability({ z: 0, name: 0, words: 0 })).toBeLessThan(TOPIC_LINE);
    expect(topicProbability({ name: 0, words: 0 })).toBeLessThan(TOPIC_LINE);
  });
});

test('telling words are the rarest that the library has', () => {
  expect(tellingWords('the pruned language of unicorns', index, 5)).toEqual(['pruned', 'language']);
  expect(tellingWords('language radiance', index, 1)).toEqual(['radiance']);
});

describe('the name of a topic without one', () => {
  test.each([
    ['small networks', 'small networks'],
    ['a sentence of 28 characters,', 'a sentence of 28 characters,'],
    ['Robots that learn to walk, from videos of people alone', 'Robots that learn to walk…'],
    ['Networks that have no layers at all', 'Networks that have no…'],
    ['Supercalifragilisticexpialidocious papers', 'Supercalifragi…'],
  ])('of %j is %j', (sentence, name) => {
    expect(nameTopic(sentence)).toBe(name);
  });

  test('is the sentence or its beginning, and never much longer than the line has room for', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (sentence) => {
        const name = nameTopic(sentence);
        expect(sentence.startsWith(name.replace(/…$/, ''))).toBe(true);
        expect(name.length).toBeLessThanOrEqual(29);
      }),
    );
  });
});
