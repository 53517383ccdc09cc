import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { BM25_B, BM25_K1, createKeywordIndex } from '../../../src/words/keyword.ts';
import { TITLE_WEIGHT } from '../../../src/words/tally.ts';
import { isStopWord, tokenize } from '../../../src/words/terms.ts';
import { LIBRARY, paper, syntheticPapers, syntheticWord } from '../ranking/papers.ts';

function indexOf(papers: readonly Paper[]) {
  const index = createKeywordIndex();
  index.put(papers);
  return index;
}

const found = (query: string, papers: readonly Paper[] = LIBRARY) =>
  indexOf(papers)
    .search(query)
    .matches.map(({ id }) => id);

/** BM25 as it stands in the books, word by word, paper by paper. */
function naiveScores(papers: readonly Paper[], query: string): Map<string, number> {
  const words = (text: string) => text.split(' ').filter(Boolean);
  const length = ({ title, abstract }: Paper) => words(title).length * TITLE_WEIGHT + words(abstract).length;
  const average = papers.reduce((sum, each) => sum + length(each), 0) / papers.length;
  const scores = new Map<string, number>();
  for (const each of papers) {
    let score = 0;
    for (const word of words(query)) {
      const having = papers.filter(({ title, abstract }) =>
        words(`${title} ${abstract}`).includes(word),
      ).length;
      const idf = Math.log(1 + (papers.length - having + 0.5) / (having + 0.5));
      const count =
        TITLE_WEIGHT * words(each.title).filter((other) => other === word).length +
        words(each.abstract).filter((other) => other === word).length;
      score +=
        (idf * count * (BM25_K1 + 1)) / (count + BM25_K1 * (1 - BM25_B + (BM25_B * length(each)) / average));
    }
    if (score > 0) scores.set(each.id, score);
  }
  return scores;
}

describe('scores', () => {
  test('are those of BM25, also after papers were replaced and removed, in slices', () => {
    const arrangement = fc.record({
      seed: fc.nat(),
      words: fc.array(fc.nat(39).map(syntheticWord), { minLength: 1, maxLength: 6 }),
      removed: fc.array(fc.nat(59), { maxLength: 40 }),
      slice: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(arrangement, ({ seed, words, removed, slice }) => {
        const query = words.join(' ');
        const papers = syntheticPapers(60, 40, seed);
        const gone = new Set(removed.map((number) => `p${number}`));
        const index = createKeywordIndex();
        index.put(syntheticPapers(60, 40, seed + 1));
        for (let start = 0; start < papers.length; start += slice) {
          index.put(papers.slice(start, start + slice));
          index.search(query);
        }
        index.remove(gone);
        const kept = papers.filter(({ id }) => !gone.has(id));
        const expected = naiveScores(kept, query);
        const { matches, papers: searched } = index.search(query, { forgiving: false });
        expect(searched).toBe(kept.length);
        expect(new Set(matches.map(({ id }) => id))).toEqual(new Set(expected.keys()));
        for (const { id, score } of matches) expect(score).toBeCloseTo(expected.get(id) as number, 8);
        const scores = matches.map(({ score }) => score);
        expect([...scores].sort((a, b) => b - a)).toEqual(scores);
      }),
      { numRuns: 40 },
    );
  });

  test('coverage is the share of the idf mass, 1 for all words and never more', () => {
    const index = indexOf(LIBRARY);
    const [best] = index.search('pruning language models', { forgiving: false }).matches;
    expect(best?.id).toBe('prune');
    expect(best?.coverage).toBeCloseTo(1, 10);
    const [half] = index.search('prune unheardof', { forgiving: false }).matches;
    expect(half?.coverage).toBeGreaterThan(0.2);
    expect(half?.coverage).toBeLessThan(0.6);
  });

  test('a word in the title counts more than in the abstract', () => {
    const both = [
      paper('abstract', 'Other things', 'On splats today'),
      paper('title', 'Splats', 'On other things'),
    ];
    expect(found('splats', both)).toEqual(['title', 'abstract']);
  });

  test('equal papers stay in the order they were put', () => {
    const same = ['b', 'a', 'c'].map((id) => paper(id, 'One splat'));
    expect(found('splat', same)).toEqual(['b', 'a', 'c']);
  });
});

describe('what a word finds', () => {
  test('its other forms, and shows them as they stand', () => {
    const [match] = indexOf(LIBRARY).search('prune network').matches;
    expect(match?.id).toBe('prune');
    expect(match?.words).toEqual(['Pruning', 'networks']);
  });

  test('the last word is a beginning, from two letters on', () => {
    expect(found('gaus')).toEqual(['splat']);
    expect(found('compact ga')[0]).toBe('splat');
    expect(found('tr').sort()).toEqual(['prune', 'vision']);
    expect(found('x')).toEqual([]);
  });

  test('an earlier word is one too, from four letters on, for less', () => {
    const index = indexOf(LIBRARY);
    expect(index.search('transf picture').matches[0]?.id).toBe('vision');
    const typed = index.search('transf').matches[0];
    const finished = index.search('transf ').matches[0];
    expect(typed?.coverage).toBeGreaterThan(finished?.coverage as number);
    expect(index.search('tra ').matches).toEqual([]);
  });

  test.each([
    ['gausian', 'splat'],
    ['spaltting', 'splat'],
    ['splattting', 'splat'],
    ['archtecture', 'mixer'],
    ['trasnformer', 'vision'],
    ['distilation', 'distil'],
    ['acuracy', 'prune'],
    ['achritecture', 'mixer'],
  ])('a slip: %s', (typo, id) => expect(found(`${typo} `)).toContain(id));

  test('any single slip in a long word, in any place', () => {
    const index = indexOf(LIBRARY);
    const word = 'architecture';
    const slip = fc.tuple(
      fc.constantFrom('wrong', 'missing', 'extra', 'exchanged'),
      fc.nat(10),
      fc.constantFrom('q', 'z'),
    );
    fc.assert(
      fc.property(slip, ([kind, at, letter]) => {
        const [before, after] = [word.slice(0, at), word.slice(at)];
        const typo = {
          wrong: before + letter + after.slice(1),
          missing: before + after.slice(1),
          extra: before + letter + after,
          exchanged: before + after.charAt(1) + after.charAt(0) + after.slice(2),
        }[kind] as string;
        expect(index.search(`${typo} `).matches.map(({ id }) => id)).toEqual(['mixer']);
      }),
    );
  });

  test('a slip in a short word or a number is another word', () => {
    expect(found('norf ')).toEqual([]);
    expect(found('gpt5 ')).toEqual([]);
  });

  test('words joined and split', () => {
    expect(found('gaussiansplatting')).toEqual(['splat']);
    expect(found('multi layer perceptron').slice(0, 2).sort()).toEqual(['mixer', 'nerf']);
    expect(found('multilayer').sort()).toEqual(['mixer', 'nerf']);
    expect(found('pretraining')).toEqual(['prune']);
    expect(found('distil lation')[0]).toBe('distil');
    expect(found('gpt4')).toEqual(['distil']);
    expect(found('gpt-4')).toEqual(['distil']);
  });

  test('people and organisations, with or without their accents', () => {
    expect(found('mildenhall')).toEqual(['nerf']);
    expect(found('soren angstrom')).toEqual(['nerf']);
    expect(found('example labs')[0]).toBe('distil');
  });

  test('nothing: nonsense, stop words, an empty query', () => {
    expect(found('qwertzy zxcvbn')).toEqual([]);
    expect(found('of the ')).toEqual([]);
    expect(found('')).toEqual([]);
    expect(indexOf([]).search('splat')).toEqual({ matches: [], papers: 0 });
  });

  test('the index of many removed papers forgets their words', () => {
    const index = createKeywordIndex();
    index.put(Array.from({ length: 300 }, (_, number) => paper(`old${number}`, 'Splatting gaussians')));
    index.remove(Array.from({ length: 300 }, (_, number) => `old${number}`));
    index.put([paper('new', 'Pruning')]);
    expect(index.search('gausian splatt').matches).toEqual([]);
    expect(index.search('prun').matches.map(({ id }) => id)).toEqual(['new']);
    expect(index.size()).toBe(1);
    expect(index.papersWith('splat')).toBe(0);
  });

  test('a paper twice in one slice is there once, as it was last', () => {
    const index = createKeywordIndex();
    index.put([paper('a', 'Splatting'), paper('a', 'Pruning')]);
    expect(index.size()).toBe(1);
    expect(index.search('splatting').matches).toEqual([]);
    expect(index.search('pruning').matches.length).toBe(1);
  });
});

describe('papers like others', () => {
  test('each is most like itself, by 1, also after papers were replaced and removed', () => {
    const papers = syntheticPapers(60, 80, 5).filter(({ title }) => title.split(' ').length > 2);
    const index = createKeywordIndex();
    index.put(syntheticPapers(30, 80, 8).map((each) => ({ ...each, id: `gone ${each.id}` })));
    index.put(papers);
    index.remove(syntheticPapers(30, 80, 8).map(({ id }) => `gone ${id}`));
    for (const { id } of papers) {
      const { matches } = index.like([id]);
      const own = matches.find((match) => match.id === id);
      expect(own?.score).toBeCloseTo(1, 6);
      expect(own?.coverage).toBeCloseTo(1, 6);
      expect(matches.some((match) => match.id.startsWith('gone'))).toBe(false);
    }
  });

  test('what is disliked takes away; a paper that is not there adds nothing', () => {
    const index = createKeywordIndex();
    index.put(LIBRARY);
    const scoreOf = (id: string, liked: string[], disliked: string[] = []) =>
      index.like(liked, disliked).matches.find((match) => match.id === id)?.score ?? 0;
    expect(scoreOf('prune', ['distil'])).toBeGreaterThan(0);
    expect(scoreOf('prune', ['distil'], ['prune'])).toBeLessThan(0);
    expect(scoreOf('prune', ['distil'], ['splat'])).toBeLessThan(scoreOf('prune', ['distil']));
    expect(scoreOf('prune', ['distil', 'nobody'])).toBeGreaterThan(0);
    expect(index.like(['nobody']).matches).toEqual([]);
    expect(index.like([]).matches).toEqual([]);
  });

  test('names the words that both have, not those of what is disliked', () => {
    const index = createKeywordIndex();
    index.put(LIBRARY);
    const words = (id: string, liked: string[], disliked: string[]) =>
      index.like(liked, disliked).matches.find((match) => match.id === id)?.words ?? [];
    expect([...words('prune', ['distil'], [])].sort()).toEqual(['Language', 'Models']);
    expect(words('splat', ['distil'], ['splat'])).toEqual([]);
  });
});

describe('a word half typed, over the shipped list', () => {
  const { papers } = JSON.parse(readFileSync('public/papers.json', 'utf8')) as { papers: Paper[] };
  const index = indexOf(papers);
  const words = new Set(papers.flatMap(({ title, abstract }) => tokenize(`${title} ${abstract}`)));
  const beginnings = new Set(
    [...words]
      .filter(({ word }) => !isStopWord(word))
      .flatMap(({ word }) => [2, 3, 4, 5].map((to) => word.slice(0, to))),
  );

  test('finds what begins so: each match has a score, a share and its words', () => {
    const wrong = [...beginnings].filter((typed) => {
      const { matches } = index.search(typed);
      const right = matches.every(
        ({ score, coverage, words }) =>
          score > 0 &&
          Number.isFinite(score) &&
          coverage > 0 &&
          coverage <= 1 &&
          words.length > 0 &&
          words.every(Boolean),
      );
      return /\w\w$/.test(typed) && (matches.length === 0 || !right);
    });
    expect(beginnings.size).toBeGreaterThan(3000);
    expect(wrong).toEqual([]);
  });

  test('is as rare as the papers that have any of its ends', () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      paper(`p${at}`, `mo${'abcde'[at % 5]} mo${'vwxyz'[at % 5]} same`),
    );
    const { matches } = indexOf(many).search('mo');
    expect(matches.length).toBe(30);
    for (const { score, coverage } of matches) {
      expect(score).toBeGreaterThan(0);
      expect(coverage).toBeGreaterThan(0);
    }
  });
});
