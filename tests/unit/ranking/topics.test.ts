import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TOPIC_LINE, TOPIC_WEIGHTS, topicProbability } from '../../../src/ranking/chance.ts';
import { nameTopic, scoreTopic, tellingWords, topicFeatures } from '../../../src/ranking/topics.ts';
import { createKeywordIndex } from '../../../src/words/keyword.ts';
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
    expect(scores.papers[0]?.features.text).not.toHaveProperty('z');
  });

  test('by both: what is near belongs without its words, and what is far does not', () => {
    const z = Float32Array.from(ids, (id) => (id === 'vision' ? 7 : id === 'distil' ? Number.NaN : -1));
    const scores = scoreTopic(topic, ids, index, z);
    expect(scores.evidence).toBe('both');
    const of = (id: string) => scores.papers.find((scored) => scored.id === id);
    expect(of('vision')?.belongs).toBe(true);
    expect(of('prune')?.belongs).toBe(false);
    expect(of('distil')?.features.text).not.toHaveProperty('z');
    const chances = scores.papers.map(({ probability }) => probability);
    expect([...chances].sort((a, b) => b - a)).toEqual(chances);
  });

  test('features are apart from weights', () => {
    const features = topicFeatures(topic, ids, index, undefined);
    expect(features[0]?.text?.name).toBe(1);
    expect(features[0]?.text?.words).toBeGreaterThan(features[2]?.text?.words as number);
    expect(features[3]).toEqual({ text: { name: 0, words: 0 } });
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
          const chance = topicProbability({ text: { z, name, words } });
          expect(chance).toBeGreaterThanOrEqual(0);
          expect(chance).toBeLessThanOrEqual(1);
          const atLeast = (text: { z: number; name: number; words: number }) =>
            expect(topicProbability({ text })).toBeGreaterThanOrEqual(chance);
          atLeast({ z: z + more, name, words });
          atLeast({ z, name: Math.max(name, more), words });
          atLeast({ z, name, words: Math.max(words, more) });
        },
      ),
    );
    expect(topicProbability({ text: { z: 0, name: 0, words: 0 } })).toBeLessThan(TOPIC_LINE);
    expect(topicProbability({ text: { name: 0, words: 0 } })).toBeLessThan(TOPIC_LINE);
  });

  test('whatever is known, nothing in common is no chance and all in common is a good one', () => {
    for (const [text, like] of [
      [true, false],
      [false, true],
      [true, true],
    ]) {
      for (const z of [undefined, 0] as const) {
        const features = (share: number) => ({
          ...(text
            ? { text: { ...(z === undefined ? {} : { z: 6 * share }), name: share, words: share } }
            : {}),
          ...(like
            ? { like: { ...(z === undefined ? {} : { z: 6 * share }), words: share, papers: 1 } }
            : {}),
        });
        expect(topicProbability(features(0))).toBeLessThan(0.1);
        expect(topicProbability(features(1))).toBeGreaterThan(TOPIC_LINE);
      }
    }
    for (const { meaning, words } of Object.values(TOPIC_WEIGHTS))
      for (const { constant, ...weights } of [meaning, words].flat()) {
        expect(Object.values<number>(weights).every((weight) => weight >= 0)).toBe(true);
        expect(constant).toBeLessThan(0);
      }
  });
});

test('weights between the numbers of papers that they were fitted with are between those', () => {
  const chance = (papers: number) => topicProbability({ like: { z: 3, words: 0.05, papers } });
  const chances = [1, 2, 3, 5, 10].map(chance);
  expect(chance(2)).toBeGreaterThan(Math.min(chance(1), chance(3)));
  expect(chance(2)).toBeLessThan(Math.max(chance(1), chance(3)));
  expect(chance(5)).toBeGreaterThan(Math.min(chance(3), chance(10)));
  expect(chance(5)).toBeLessThan(Math.max(chance(3), chance(10)));
  expect(new Set(chances).size).toBe(chances.length);
  expect(chance(50)).toBe(chance(10));
  expect(chance(0)).toBe(chance(1));
});

test('examples that are unlike a paper take little from what the sentence says of it', () => {
  const text = { z: 5, name: 1, words: 1 };
  const alone = topicProbability({ text });
  const odds = (chance: number) => chance / (1 - chance);
  for (const [papers, least] of [
    [1, 0.8],
    [10, 0.45],
  ] as const) {
    const chance = topicProbability({ text, like: { z: -3, words: 0, papers } });
    expect(chance).toBeLessThan(alone);
    expect(odds(chance) / odds(alone)).toBeGreaterThan(least);
  }
});

describe('a topic with examples', () => {
  const like = (liked: string[], disliked: string[] = []) => ({
    words: { columns: index.likeColumns(liked, disliked), slots: index.slotsOf(ids) },
    meaning: undefined,
  });

  test('has the liked papers and not the disliked ones, whatever else speaks for them', () => {
    const asked = { ...topic, liked: ['prune'], disliked: ['splat'] };
    const { papers } = scoreTopic(asked, ids, index, undefined, like(asked.liked, asked.disliked));
    expect(papers[0]).toMatchObject({ id: 'prune', probability: 1, belongs: true, said: 'liked' });
    expect(papers.at(-1)).toMatchObject({ id: 'splat', probability: 0, belongs: false, said: 'disliked' });
    const unsaid = papers.filter(({ id }) => id !== 'prune' && id !== 'splat');
    expect(unsaid.every(({ said }) => said === undefined)).toBe(true);
  });

  test('goes by them alone where it has no text', () => {
    const asked = { id: 'mine', name: '', sentence: '', liked: ['distil'] };
    const { papers } = scoreTopic(asked, ids, index, undefined, like(asked.liked));
    expect(papers.slice(0, 2).map(({ id }) => id)).toEqual(['distil', 'prune']);
    expect(papers.every(({ features }) => features.text === undefined)).toBe(true);
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
    ['a sentence of 28 characters, and more', 'a sentence of 28 characters…'],
    ['Robots that learn to walk, from videos of people alone', 'Robots that learn to walk…'],
    ['Networks that have no layers at all', 'Networks that have no layers…'],
    ['Networks that have none layered', 'Networks that have none…'],
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
