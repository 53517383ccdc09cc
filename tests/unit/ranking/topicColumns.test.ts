import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createEvidence,
  estimateShare,
  TOPIC_LINE,
  type TopicFeatures,
  topicProbability,
} from '../../../src/ranking/chance.ts';
import { buffersOf, topicScoresOf } from '../../../src/ranking/topicColumns.ts';
import { scoreTopic, scoreTopicColumns, topicFeatures } from '../../../src/ranking/topics.ts';
import { createKeywordIndex } from '../../../src/words/keyword.ts';
import { LIBRARY } from './papers.ts';

const index = createKeywordIndex();
index.put(LIBRARY);
const ids = LIBRARY.map(({ id }) => id);
const slots = index.slotsOf(ids);
const odds = (chance: number) => Math.log(chance / (1 - chance));

/** Expectation and maximization as the paper has it, a chance at a time. */
function plainShare(features: readonly TopicFeatures[]): number {
  const known = features.filter(({ text, like }) => (text ?? like)?.z !== undefined);
  if (known.length === 0) return 1 / 21;
  let share = 1 / 21;
  for (let round = 0; round < 30; round++) {
    const mean = known.reduce((sum, found) => sum + topicProbability(found, share), 0) / known.length;
    share = Math.min(0.15, Math.max(0.08, mean));
  }
  return share;
}

const zs = fc.array(fc.oneof(fc.double({ min: -4, max: 9, noNaN: true }), fc.constant(Number.NaN)), {
  minLength: ids.length,
  maxLength: ids.length,
});
const some = fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 2 });

test('columns say of each paper what it would be said of by itself', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('', '3DGS', 'pruned language models'),
      fc.option(zs, { nil: undefined }),
      fc.option(zs, { nil: undefined }),
      some,
      some,
      (name, z, likeZ, liked, disliked) => {
        const topic = { id: 't', name, sentence: name, liked, disliked };
        const above = z && Float32Array.from(z);
        const likeness =
          liked.length > 0
            ? {
                words: { columns: index.likeColumns(liked, disliked), slots },
                meaning: likeZ && { similarities: Float32Array.from(likeZ), z: Float32Array.from(likeZ) },
              }
            : undefined;
        const given = [ids, index, above, likeness] as const;
        const features = topicFeatures(topic, ...given);
        const { papers } = scoreTopic(topic, ...given);
        expect(papers.map(({ id }) => id).sort()).toEqual([...ids].sort());
        const { belonging } = scoreTopic(topic, ...given);
        expect(belonging.map(({ id }) => id)).toEqual(
          papers.flatMap(({ id, belongs }) => (belongs ? [id] : [])),
        );
        const share = plainShare(
          features.filter((_, at) => ![...liked, ...disliked].includes(ids[at] as string)),
        );
        for (const [at, paper] of papers.entries()) {
          const place = ids.indexOf(paper.id);
          expect(paper.features).toEqual(features[place]);
          const said = disliked.includes(paper.id) ? 0 : liked.includes(paper.id) ? 1 : undefined;
          const chance = said ?? topicProbability(features[place] as TopicFeatures, share);
          expect(paper.probability).toBeCloseTo(chance, 9);
          expect(paper.belongs).toBe(paper.probability >= TOPIC_LINE);
          expect(paper.said !== undefined).toBe(said !== undefined);
          if (at > 0)
            expect(paper.probability).toBeLessThanOrEqual(papers[at - 1]?.probability ?? Number.NaN);
        }
      },
    ),
  );
});

test('the share of papers that belong is that of the plain way, at its bounds and between', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -8, max: 14, noNaN: true }), { minLength: 1, maxLength: 60 }),
      (z) => {
        const tell = createEvidence(true, undefined);
        const evidence = Float64Array.from(z, (above) => tell(above, 0, 0, Number.NaN, 0));
        const share = estimateShare(evidence);
        expect(share).toBeCloseTo(plainShare(z.map((z) => ({ text: { z, name: 0, words: 0 } }))), 9);
        seen.add(share === 0.08 ? 'least' : share === 0.15 ? 'most' : 'between');
      },
    ),
    { numRuns: 300, seed: 47 },
  );
  expect(seen).toEqual(new Set(['least', 'most', 'between']));
  expect(estimateShare(new Float64Array(0))).toBeCloseTo(1 / 21);
  // Evidence beyond what a number holds is a certain paper, and no NaN.
  expect(estimateShare(Float64Array.of(1e4, -1e4))).toBe(0.15);
});

test('evidence and chance are one thing', () => {
  const tell = createEvidence(true, 3);
  const [text, like] = [
    { z: 2, name: 0.5, words: 0.2 },
    { z: 3, words: 0.1, papers: 3 },
  ] as const;
  expect(odds(topicProbability({ text, like }))).toBeCloseTo(
    tell(text.z, text.name, text.words, like.z, like.words),
  );
});

test('a topic that crosses as columns is the same on the other side', () => {
  const z = Float32Array.from(ids, (_, at) => at - 2);
  const topic = { id: 't', name: '3DGS', sentence: 'scenes', liked: ['prune'], disliked: [] };
  const columns = scoreTopicColumns(topic, ids, index, z);
  const plain = scoreTopic(topic, ids, index, z.slice());
  const crossed = structuredClone(columns, { transfer: buffersOf([columns]) });
  expect(columns.chances.length).toBe(0);
  const scores = topicScoresOf(crossed, ids);
  expect(scores.evidence).toBe('both');
  expect(scores.papers).toBe(scores.papers);
  expect(scores.papers.map((each) => ({ ...each, features: each.features }))).toEqual(
    plain.papers.map((each) => ({ ...each, features: each.features })),
  );
});
