import { describe, expect, it } from 'vitest';
import { createCollection } from '../../../src/ranking/collection.ts';
import { byNearness, effectOf, partInTwo } from '../../../src/ranking/learned.ts';
import { createMatrix, normalize } from '../../../src/vector/matrix.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { LIBRARY, paper } from './papers.ts';

const score = (id: string, belongs: boolean) => ({ id, belongs, probability: belongs ? 1 : 0, features: {} });
const scores = (...papers: ReturnType<typeof score>[]) => ({
  ...{ id: 't', evidence: 'both' as const, papers },
  belonging: papers.filter(({ belongs }) => belongs),
});
const VECTORS = new Map([
  ['a', Float32Array.of(1, 0)],
  ['b', Float32Array.of(0, 1)],
  ['c', normalize(Float32Array.of(0.9, 0.1))],
]);
const rowOf = (id: string) => VECTORS.get(id);

describe('what examples did', () => {
  it('are the papers that came in and went out, each with the example that it is near', () => {
    const before = scores(score('a', false), score('b', true), score('c', false), score('d', true));
    const after = scores(score('a', true), score('b', false), score('c', true), score('d', true));
    expect(effectOf(before, after, { liked: ['a'], disliked: ['b'] }, rowOf)).toEqual({
      cameIn: [{ id: 'c', because: 'a' }],
      wentOut: [],
    });
  });
  it('stand in the order of how near they lie to the liked; what has no vector last', () => {
    expect(byNearness(['x', 'b', 'c', 'a'], ['a', 'c'], rowOf)).toSatisfy(
      (ids: string[]) => ids.slice(0, 2).sort().join() === 'a,c' && ids[3] === 'x',
    );
  });
});

describe('a topic as the collection tells it', () => {
  it('by words alone where there are no vectors', () => {
    const collection = createCollection();
    collection.putPapers(LIBRARY);
    const topic = {
      id: 't',
      name: 'Pruning',
      sentence: 'pruning',
      liked: ['prune', 'gone'],
      disliked: ['splat'],
    };
    const { words, liked, disliked } = collection.tellTopic(topic);
    expect([liked, disliked]).toEqual([['prune'], ['splat']]);
    expect(words.find(({ speaks }) => speaks === 'for')).toBeDefined();
    expect(collection.effectOfExample(topic, 'prune')).toEqual({ cameIn: [], wentOut: [] });
  });
});

describe('parting in two', () => {
  const subjects = ['gaussian splatting scenes', 'pruned language models'];
  const made = (count: number) => {
    const random = createRandom(5);
    const papers = Array.from({ length: count }, (_, at) => paper(`p${at}`, `${subjects[at % 2]} ${at}`));
    const data = new Float32Array(count * 4);
    for (const at of papers.keys()) {
      const row = data.subarray(at * 4, at * 4 + 4);
      row[at % 2] = 1;
      row[2] = random() / 4;
      row[3] = random() / 4;
      normalize(row);
    }
    return { papers, matrix: createMatrix(data, 4) };
  };
  it('finds two subjects and names them; each paper is in one part', () => {
    const { papers, matrix } = made(20);
    const parts = partInTwo(papers, matrix, 47);
    expect(parts.map(({ paperIds }) => new Set(paperIds.map((id) => Number(id.slice(1)) % 2)).size)).toEqual([
      1, 1,
    ]);
    expect(parts.flatMap(({ paperIds }) => paperIds).sort()).toEqual(papers.map(({ id }) => id).sort());
    expect(
      parts
        .map(({ name }) => name)
        .sort()
        .join(),
    ).toMatch(/gaussian splatting.*(?:language|pruned)/i);
    expect(partInTwo(papers, matrix, 47)).toEqual(parts);
  });
  it('has nothing to part where there are few papers, or all are alike', () => {
    const { papers, matrix } = made(3);
    expect(partInTwo(papers, matrix, 47)).toEqual([]);
    const alike = createMatrix(
      Float32Array.from({ length: 24 }, (_, at) => (at % 4 === 0 ? 1 : 0)),
      4,
    );
    expect(partInTwo(made(6).papers, alike, 47)).toEqual([]);
  });
});
