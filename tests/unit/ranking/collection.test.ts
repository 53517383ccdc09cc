import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { type Collection, createCollection } from '../../../src/ranking/collection.ts';
import { createMatrix, type Matrix, normalize, rowOf } from '../../../src/vector/matrix.ts';
import { groupedMatrix, randomMatrix, reordered } from '../vector/rows.ts';
import { LIBRARY, paper, syntheticPapers, syntheticWord } from './papers.ts';

/** Each paper of the library along its own axis. */
const AXES = createMatrix(
  Float32Array.from({ length: LIBRARY.length ** 2 }, (_, index) =>
    index % (LIBRARY.length + 1) === 0 ? 1 : 0,
  ),
  LIBRARY.length,
);
const axis = (id: string) =>
  rowOf(
    AXES,
    LIBRARY.findIndex((each) => each.id === id),
  ).slice();
const ids = (papers: readonly { id: string }[]) => papers.map(({ id }) => id);

function collectionOf(papers: readonly Paper[], vectors?: Matrix): Collection {
  const collection = createCollection();
  collection.setPapers(papers);
  if (vectors) collection.setVectors(ids(papers), vectors);
  return collection;
}

describe('search', () => {
  test('by words: all papers, the matching ones first and relevant', () => {
    const { hits, mode } = collectionOf(LIBRARY).search({ text: 'gaussian splatting' });
    expect(mode).toBe('keyword');
    expect(hits.length).toBe(LIBRARY.length);
    expect(hits[0]).toMatchObject({
      id: 'splat',
      relevant: true,
      keyword: { rank: 1, strength: 1, coverage: 1 },
    });
    expect(ids(hits.filter(({ relevant }) => relevant))).toEqual(['splat']);
    expect(ids(hits.slice(1))).toEqual(ids(LIBRARY.filter(({ id }) => id !== 'splat')));
  });

  test('by both: what only the vector knows comes up, and says why', () => {
    const { hits, mode } = collectionOf(LIBRARY, AXES).search({ text: 'qwertz', vector: axis('vision') });
    expect(mode).toBe('hybrid');
    expect(hits[0]).toMatchObject({ id: 'vision', relevant: true, meaning: { rank: 1, similarity: 1 } });
    expect(hits[0]?.keyword).toBeUndefined();
    expect(hits.filter(({ relevant }) => relevant).length).toBe(1);
  });

  test('nonsense with a vector that nothing is near finds nothing', () => {
    const far = new Float32Array(LIBRARY.length).fill(-1 / Math.sqrt(LIBRARY.length));
    const { hits } = collectionOf(LIBRARY, AXES).search({ text: 'qwertz', vector: far });
    expect(hits.length).toBe(LIBRARY.length);
    expect(hits.some(({ relevant }) => relevant)).toBe(false);
  });

  test('papers without a vector are found by words and take part', () => {
    const collection = collectionOf(LIBRARY);
    collection.setVectors(['vision', 'mixer', 'nerf'], reordered(AXES, [5, 2, 1]));
    const { hits, mode } = collection.search({ text: 'pruning', vector: axis('vision') });
    expect(mode).toBe('hybrid');
    const pruned = hits.find(({ id }) => id === 'prune');
    expect(pruned).toMatchObject({ relevant: true });
    expect(pruned?.meaning).toBeUndefined();
    expect(hits[0]?.id).toBe('prune');
    expect(ids(hits.slice(0, 3))).toContain('vision');
  });

  test('an exact title comes first whatever the rest says', () => {
    const collection = collectionOf(LIBRARY, AXES);
    const { hits } = collection.search({ text: 'nerf – neural radiance fields', vector: axis('vision') });
    expect(hits[0]).toMatchObject({ id: 'nerf', exact: 'title', relevant: true });
  });

  test('the beginning of a title, from three words on, where only one has it', () => {
    const collection = collectionOf([...LIBRARY, paper('other', 'Compact 3D scenes')]);
    expect(collection.search({ text: 'attention for images' }).hits[0]?.exact).toBe('title');
    expect(collection.search({ text: 'compact 3d gauss' }).hits[0]).toMatchObject({
      id: 'splat',
      exact: 'title',
    });
    expect(collection.search({ text: 'compact 3d' }).hits[0]?.exact).toBeUndefined();
  });

  test.each(['2311.13681', 'arXiv:2311.13681v2', 'https://arxiv.org/abs/2311.13681'])(
    'an identifier: %s',
    (text) => {
      const { hits } = collectionOf(LIBRARY, AXES).search({ text, vector: axis('vision') });
      expect(hits[0]).toMatchObject({ id: 'splat', exact: 'identifier', relevant: true });
    },
  );

  test('by meaning alone: papers without a vector last, no keyword part', () => {
    const collection = collectionOf(LIBRARY);
    collection.setVectors(['vision'], reordered(AXES, [5]));
    const { hits, mode } = collection.search({ text: 'pruning', vector: axis('vision'), mode: 'semantic' });
    expect(mode).toBe('semantic');
    expect(hits[0]?.id).toBe('vision');
    expect(hits.some(({ keyword }) => keyword)).toBe(false);
  });

  test('asked for meaning without vectors, or with one of another model: words, and the ranking says so', () => {
    expect(collectionOf(LIBRARY).search({ text: 'pruning', vector: axis('nerf') }).mode).toBe('keyword');
    expect(collectionOf(LIBRARY, AXES).search({ text: 'pruning', mode: 'hybrid' }).mode).toBe('keyword');
    const other = { text: 'pruning', vector: Float32Array.of(1, 0) };
    expect(collectionOf(LIBRARY, AXES).search(other).mode).toBe('keyword');
  });

  test('an empty query is the library in its order, an empty library is empty', () => {
    expect(ids(collectionOf(LIBRARY).search({ text: '  ' }).hits)).toEqual(ids(LIBRARY));
    expect(createCollection().search({ text: 'splat' }).hits).toEqual([]);
  });

  test('any query over any library: each paper once, scores falling, parts within bounds', () => {
    const papers = syntheticPapers(40, 30, 6);
    const vectors = randomMatrix(40, 8, 2);
    const collection = collectionOf(papers);
    collection.setVectors(ids(papers).slice(0, 25), reordered(vectors, [...Array(25).keys()]));
    const text = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom(...papers.map(({ title }) => title)));
    const mode = fc.constantFrom('keyword', 'hybrid', 'semantic', undefined);
    fc.assert(
      fc.property(text, mode, fc.nat(39), (query, wanted, row) => {
        const { hits } = collection.search({
          text: query,
          vector: rowOf(vectors, row).slice(),
          mode: wanted,
        });
        expect(new Set(ids(hits)).size).toBe(40);
        const rest = hits.filter(({ exact }) => !exact);
        expect(rest.map(({ score }) => score)).toEqual(rest.map(({ score }) => score).sort((a, b) => b - a));
        expect(hits.findIndex(({ exact }) => !exact)).toBe(hits.filter(({ exact }) => exact).length);
        for (const { keyword, meaning, score } of hits) {
          expect(Number.isFinite(score)).toBe(true);
          if (keyword)
            expect(keyword.strength > 0 && keyword.strength <= 1 && keyword.coverage <= 1).toBe(true);
          if (meaning) expect(meaning.strength >= 0 && meaning.strength <= 1).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('papers and vectors', () => {
  test('setPapers makes these the papers, in this order', () => {
    const collection = collectionOf(LIBRARY, AXES);
    const [, nerf, mixer] = LIBRARY as [Paper, Paper, Paper];
    collection.setPapers([mixer, nerf, paper('new', 'Kernels')]);
    expect(ids(collection.search({ text: '' }).hits)).toEqual(['mixer', 'nerf', 'new']);
    expect(collection.search({ text: 'gaussian' }).hits.some(({ keyword }) => keyword)).toBe(false);
    expect(collection.vectorCount()).toBe(2);
    expect(collection.paperCount()).toBe(3);
    const [first] = collection.search({ text: 'x', vector: axis('nerf'), mode: 'semantic' }).hits;
    expect(first).toMatchObject({ id: 'nerf', meaning: { similarity: 1 } });
  });

  test('a changed abstract loses its vector, a changed count of comments does not', () => {
    const collection = collectionOf(LIBRARY, AXES);
    const [splat, nerf] = LIBRARY as [Paper, Paper];
    collection.putPapers([
      { ...splat, abstract: 'Now about kernels.' },
      { ...nerf, comments: 4 },
    ]);
    expect(collection.vectorCount()).toBe(LIBRARY.length - 1);
    expect(collection.search({ text: 'kernels' }).hits[0]?.id).toBe('splat');
    expect(ids(collection.search({ text: '' }).hits)).toEqual(ids(LIBRARY));
  });

  test('vectors of unknown papers are passed over, another model drops the old ones', () => {
    const collection = collectionOf(LIBRARY, AXES);
    collection.setVectors(['nobody'], createMatrix(new Float32Array([1, 0, 0, 0, 0, 0]), 6));
    expect(collection.vectorCount()).toBe(LIBRARY.length);
    collection.setVectors(['nerf'], createMatrix(new Float32Array([1, 0]), 2));
    expect(collection.vectorCount()).toBe(1);
    collection.replaceVectors([], null, null);
    expect(collection.vectorCount()).toBe(0);
    expect(() => collection.setVectors(['nerf', 'mixer'], createMatrix(new Float32Array([1, 0]), 2))).toThrow(
      '2 papers do not fit 1 vectors',
    );
  });

  test('another model of as many columns replaces every vector, and its background comes with it', () => {
    const [splat, nerf] = ids(LIBRARY) as [string, string];
    const background = randomMatrix(64, LIBRARY.length, 3);
    const collection = collectionOf(LIBRARY, AXES);
    collection.setBackground(background);
    const asked = { text: 'qqqq', vector: axis(splat) };
    const before = collection.search(asked).hits[0];
    expect(before?.id).toBe(splat);
    // In the new model's eyes two papers are here, and one lies where another lay.
    const other = createMatrix(new Float32Array([...axis(splat), ...axis('mixer')]), LIBRARY.length);
    collection.replaceVectors([nerf, 'mixer'], other, randomMatrix(64, LIBRARY.length, 4));
    expect(collection.vectorCount()).toBe(2);
    const after = collection.search(asked).hits[0];
    expect(after?.id).toBe(nerf);
    expect(after?.meaning?.z).not.toBe(before?.meaning?.z);
  });

  test('any sequence of additions and removals leaves each paper with its own vector', () => {
    const papers = syntheticPapers(30, 20, 1);
    const vectors = randomMatrix(30, 8, 4);
    const step = fc.record({ add: fc.boolean(), numbers: fc.subarray([...Array(30).keys()]) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const collection = createCollection();
        const expected = new Set<number>();
        for (const { add, numbers } of steps) {
          const chosen = numbers.map((number) => papers[number] as Paper);
          if (add) {
            collection.putPapers(chosen);
            collection.setVectors(ids(chosen), reordered(vectors, numbers));
          } else collection.removePapers(ids(chosen));
          for (const number of numbers) expected[add ? 'add' : 'delete'](number);
        }
        expect(collection.vectorCount()).toBe(expected.size);
        for (const number of expected) {
          const vector = rowOf(vectors, number).slice();
          const [hit] = collection.search({ text: 'q', vector, mode: 'semantic' }).hits;
          expect(hit?.id).toBe(`p${number}`);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('similar papers', () => {
  /** No two share a word. */
  const UNLIKE = Array.from({ length: 30 }, (_, index) => paper(`p${index}`, syntheticWord(index)));

  test('by meaning, without the paper itself', () => {
    const collection = collectionOf(UNLIKE, groupedMatrix(30, 3, 0.3, 2));
    const hits = collection.similar('p4', 9);
    expect(new Set(ids(hits))).toEqual(
      new Set([1, 7, 10, 13, 16, 19, 22, 25, 28].map((number) => `p${number}`)),
    );
    expect(hits.every(({ meaning }) => meaning && meaning.similarity > 0.7)).toBe(true);
  });

  test('to several: near to any of them, without them', () => {
    const collection = collectionOf(UNLIKE, groupedMatrix(30, 3, 0.3, 2));
    const hits = collection.similar(['p0', 'p1'], 18);
    expect(hits.every(({ id }) => Number(id.slice(1)) % 3 !== 2)).toBe(true);
    expect(ids(hits)).not.toContain('p0');
  });

  test('the nearest of the others is the first, and no bar is more than full', () => {
    const collection = collectionOf(UNLIKE, groupedMatrix(30, 3, 0.3, 2));
    const meanings = collection.similar(['p4', 'p7'], 28).map(({ meaning }) => meaning);
    expect(meanings.map((meaning) => meaning?.rank)).toEqual(
      Array.from({ length: 28 }, (_, place) => place + 1),
    );
    for (const meaning of meanings) expect(meaning?.strength).toBeLessThanOrEqual(1);
  });

  test('what shares words comes before what is as near without them, and says which it shares', () => {
    const papers = UNLIKE.map((each, at) =>
      at === 4 || at === 7 ? { ...each, abstract: 'Splatting of radiance fields.' } : each,
    );
    const hits = collectionOf(papers, groupedMatrix(30, 3, 0, 2)).similar('p4', 9);
    expect(hits[0]).toMatchObject({ id: 'p7', keyword: { rank: 1 } });
    expect([...(hits[0]?.keyword?.words ?? [])].sort()).toEqual(['Splatting', 'fields', 'radiance']);
    expect(hits[1]?.keyword).toBeUndefined();
  });

  test('by words before there are vectors; nothing for a paper that is not there', () => {
    const collection = collectionOf(LIBRARY);
    expect(collection.similar('prune', 3)[0]).toMatchObject({
      id: 'distil',
      keyword: { rank: 1, strength: 1 },
    });
    expect(ids(collection.similar('prune', 3))).not.toContain('prune');
    expect(collection.similar('nobody', 3)).toEqual([]);
  });
});

describe('a short question in a large library', () => {
  /** The third group has the question's word in two papers only; the others of it are found by those. */
  const papers = Array.from({ length: 300 }, (_, at) =>
    paper(`p${at}`, at === 2 || at === 5 ? `Gaussian ${syntheticWord(at)}` : syntheticWord(at)),
  );
  const vectors = groupedMatrix(300, 3, 0.2, 4);
  /** Nearer to the first group than to the third. */
  const vector = normalize(Float32Array.of(1, 0, 0.7, 0, 0, 0, 0, 0));
  const groups = (text: string, library = papers) =>
    collectionOf(library, reordered(vectors, [...library.keys()]))
      .search({ text, vector })
      .hits.slice(0, 20)
      .map(({ id }) => Number(id.slice(1)) % 3);

  test('is filled up by its best answers', () => {
    const ofThird = (text: string) => groups(text).filter((group) => group === 2).length;
    expect(groups('gaussian').slice(0, 2)).toEqual([2, 2]);
    expect(ofThird('gaussian')).toBeGreaterThan(15);
    // Of a long one, whose words nobody else has, the answers are added less.
    expect(ofThird('gaussian and asdf qwer zxcv uiop hjkl vbnm tyui ghjk')).toBeLessThan(ofThird('gaussian'));
  });

  test('stays as it is in a small one', () => {
    expect(groups('gaussian', papers.slice(0, 60)).filter((group) => group === 2).length).toBeLessThan(15);
  });
});

describe('topics that learn', () => {
  const GROUPS = 4;
  const papers = Array.from({ length: 80 }, (_, at) => paper(`p${at}`, syntheticWord(at)));
  const vectors = groupedMatrix(80, GROUPS, 0.5, 6);
  const background = randomMatrix(200, 8, 9);
  const topic = { id: 't', name: 'zzz', sentence: 'yyy', vector: rowOf(vectors, 0).slice() };
  const library = () => {
    const collection = collectionOf(papers, vectors);
    collection.setBackground(background);
    return collection;
  };
  const scores = (collection: Collection, liked: string[] = [], disliked: string[] = []) =>
    new Map(
      collection.scoreTopics([{ ...topic, liked, disliked }])[0]?.papers.map((each) => [each.id, each]),
    );
  const chance = (found: ReturnType<typeof scores>, at: number) =>
    found.get(`p${at}`)?.probability ?? Number.NaN;

  test('what is disliked goes out, and what was said of nothing else changes little', () => {
    const collection = library();
    const before = scores(collection);
    for (const disliked of [['p7'], ['p7', 'p11']]) {
      const after = scores(collection, [], disliked);
      for (const id of disliked) expect(after.get(id)).toMatchObject({ probability: 0, belongs: false });
      for (const at of [0, 4, 8, 1, 2])
        expect(Math.abs(chance(after, at) - chance(before, at))).toBeLessThan(0.1);
    }
  });

  test('what is liked brings its like, and what is disliked beside it takes its like away', () => {
    const collection = library();
    const liked = ['p1', 'p5', 'p9'];
    const byExample = (disliked: string[] = []) => {
      const [found] = collection.scoreTopics([{ id: 'e', name: '', sentence: '', liked, disliked }]);
      return new Map((found?.papers ?? []).map((each) => [each.id, each]));
    };
    const after = byExample();
    const best = [...after.keys()].slice(0, 10).map((id) => Number(id.slice(1)) % GROUPS);
    expect(new Set(best)).toEqual(new Set([1]));
    expect(chance(byExample(['p2', 'p6']), 10)).toBeLessThan(chance(after, 10));
  });

  test('a liked paper that was removed, or is not embedded yet, leaves the topic as it was', () => {
    const collection = library();
    const before = scores(collection);
    expect([...scores(collection, ['gone'])]).toEqual([...before]);
    collection.putPapers([paper('new', 'entirely new')]);
    const after = scores(collection, ['new']);
    expect(after.get('new')).toMatchObject({ probability: 1, said: 'liked' });
    for (const at of [0, 1, 2]) expect(Math.abs(chance(after, at) - chance(before, at))).toBeLessThan(0.1);
  });
});

describe('what asks for nothing but a paper’s name', () => {
  const collection = () => {
    const papers = syntheticPapers(40, 20, 3).map((each, at) =>
      at === 7 ? { ...each, arxivId: '2401.04925' } : each,
    );
    return { papers, asked: collectionOf(papers, groupedMatrix(40, 3, 0.3, 2)) };
  };
  const vector = rowOf(groupedMatrix(40, 3, 0.3, 2), 4);
  const relevant = (text: string) => {
    const { asked } = collection();
    return ids(asked.search({ text, vector }).hits.filter((hit) => hit.relevant));
  };

  test.each(['???', '""', '…', '🙂', ' - '])('%s has no letter or digit: no paper is an answer', (text) => {
    expect(relevant(text)).toEqual([]);
  });

  test('an arXiv id is its paper alone, and no paper where nobody has it', () => {
    expect(relevant('arXiv:2401.04925v2')).toEqual([collection().papers[7]?.id]);
    expect(relevant('2401.99999')).toEqual([]);
  });
});

describe('groups', () => {
  test('each paper with a vector once, the same however the papers arrived', () => {
    const papers = syntheticPapers(40, 60, 5);
    const vectors = groupedMatrix(40, 6, 0.4, 7);
    const expected = collectionOf(papers, vectors).cluster(47);
    expect(expected.groups.flatMap(({ paperIds }) => paperIds).sort()).toEqual(ids(papers).sort());
    expect(expected.groups.length).toBe(6);
    expect(new Set(ids(expected.groups)).size).toBe(6);
    fc.assert(
      fc.property(fc.shuffledSubarray([...Array(40).keys()], { minLength: 40 }), (order) => {
        const shuffled = order.map((number) => papers[number] as Paper);
        expect(collectionOf(shuffled, reordered(vectors, order)).cluster(47)).toEqual(expected);
      }),
      { numRuns: 4 },
    );
  });

  test('in steps, while papers go: the groups of the papers as they were', () => {
    const papers = syntheticPapers(40, 60, 5);
    const collection = collectionOf(papers, groupedMatrix(40, 6, 0.4, 7));
    const expected = collection.cluster(47);
    const steps = collection.clusterSteps(47);
    let step = steps.next();
    collection.setPapers([]);
    while (!step.done) step = steps.next();
    expect(step.value).toEqual(expected);
  });

  test('none without vectors', () => {
    expect(collectionOf(LIBRARY).cluster(1)).toEqual({ groups: [] });
  });
});

test('topics: by words until there are vectors, then by both', () => {
  const collection = collectionOf(LIBRARY);
  const topic = { id: 't', name: 'Pruning', sentence: 'pruned networks and language models' };
  expect(collection.scoreTopics([topic])[0]?.evidence).toBe('words');
  collection.setVectors(ids(LIBRARY), AXES);
  const [scores] = collection.scoreTopics([{ ...topic, vector: axis('vision') }]);
  expect(scores?.evidence).toBe('both');
  expect(scores?.papers.find(({ id }) => id === 'vision')?.belongs).toBe(true);
});

test('a background decides what is near', () => {
  const papers = LIBRARY;
  const collection = collectionOf(papers, createMatrix(new Float32Array(12).fill(Math.SQRT1_2), 2));
  const query = { text: 'qwertz', vector: Float32Array.of(Math.SQRT1_2, Math.SQRT1_2) };
  // Unrelated papers point elsewhere, so all of this narrow library is near.
  const elsewhere = Float32Array.from({ length: 80 }, (_, index) => (index % 2 === 0 ? -1 : 0));
  collection.setBackground(createMatrix(elsewhere, 2));
  expect(collection.search(query).hits.every(({ relevant }) => relevant)).toBe(true);
  // Measured against papers just like these, none is.
  collection.setBackground(createMatrix(new Float32Array(80).fill(Math.SQRT1_2), 2));
  expect(collection.search(query).hits.some(({ relevant }) => relevant)).toBe(false);
});
