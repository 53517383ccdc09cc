import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchPapers } from '../../../src/ranking/search.ts';
import { createKeywordIndex } from '../../../src/words/keyword.ts';
import { paper } from './papers.ts';

const WORDS = ['pruning', 'trees', 'diffusion', 'splatting', 'agents'];

test('a rank by words or by meaning is that among all papers, however few of them are told', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }), {
        minLength: 300,
        maxLength: 400,
        size: 'max',
      }),
      fc.array(fc.nat(299), { maxLength: 5 }),
      fc.nat(1000),
      (titles, edited, seed) => {
        const papers = titles.map((words, at) => paper(`p${at}`, `Paper ${words.join(' ')}`));
        const keyword = createKeywordIndex();
        keyword.put(papers);
        // What is put again has a later slot, and its old place in the library.
        for (const at of edited) {
          keyword.remove([`p${at}`]);
          keyword.put([papers[at] as (typeof papers)[number]]);
        }
        const z = Float32Array.from(papers, (_, at) => ((at * 7919 + seed) % 50) / 10);
        const parts = {
          ids: papers.map(({ id }) => id),
          titleKeys: papers.map(() => ''),
          arxivIds: papers.map(() => undefined),
          keyword,
          measure: () => ({ similarities: z.map((value) => value / 10), z }),
          directionOf: () => Float32Array.of(1),
        };
        const text = 'pruning diffusion ';
        const matches = keyword.search(text).matches.map(({ id }) => id);
        const nearest = [...papers.keys()].sort((a, b) => (z[b] as number) - (z[a] as number));
        for (const [mode, limit] of [
          ['keyword', 400],
          ['keyword', 10],
          ['hybrid', 10],
          ['semantic', 10],
        ] as const) {
          const { hits } = searchPapers(parts, { text, vector: Float32Array.of(1), mode, limit });
          expect(hits.length).toBeGreaterThanOrEqual(10);
          for (const { id, keyword, meaning } of hits) {
            const rank = mode === 'semantic' ? 0 : matches.indexOf(id) + 1;
            expect(keyword?.rank ?? 0).toBe(rank);
            if (mode !== 'keyword') expect(meaning?.rank).toBe(nearest.indexOf(Number(id.slice(1))) + 1);
          }
        }
      },
    ),
    { numRuns: 25 },
  );
});
