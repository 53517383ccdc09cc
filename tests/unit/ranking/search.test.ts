import { describe, expect, test } from 'vitest';
import { RELEVANCE, searchPapers } from '../../../src/ranking/search.ts';
import { createKeywordIndex } from '../../../src/words/keyword.ts';
import { paper } from './papers.ts';

const PAPERS = [
  paper('far', 'Splatting'),
  paper('near', 'Pruning networks'),
  paper('nearest', 'Distillation'),
];

/** Papers above the line, where the model says that they lie so many deviations above unrelated ones. */
function above(text: string, z: readonly number[]): string[] {
  const keyword = createKeywordIndex();
  keyword.put(PAPERS);
  const scores = { similarities: Float32Array.from(z, (value) => value / 10), z: Float32Array.from(z) };
  const parts = {
    ids: PAPERS.map(({ id }) => id),
    titleKeys: PAPERS.map(({ title }) => title),
    arxivIds: PAPERS.map(() => undefined),
    keyword,
    measure: () => scores,
    directionOf: () => Float32Array.of(1),
  };
  const { hits } = searchPapers(parts, { text, vector: Float32Array.of(1) });
  return hits.filter(({ relevant }) => relevant).map(({ id }) => id);
}

describe('from where meaning alone is enough', () => {
  const { z, zOfOneWord, zOfUnknownWords } = RELEVANCE;

  test('is higher for a word that papers have, and highest for words that none has', () => {
    expect(above('pruning trees', [0, 0, z + 0.1])).toContain('nearest');
    expect(above('pruning trees', [0, 0, z - 0.1])).not.toContain('nearest');
    expect(above('pruning', [0, 0, zOfOneWord + 0.1])).toContain('nearest');
    expect(above('pruning', [0, 0, zOfOneWord - 0.1])).not.toContain('nearest');
    expect(above('asdfgh qwerty', [0, 0, zOfUnknownWords + 0.1])).toEqual(['nearest']);
    expect(above('asdfgh qwerty', [0, 0, zOfUnknownWords - 0.1])).toEqual([]);
  });

  test('rises with the best: of the same field is not near', () => {
    expect(above('asdfgh qwerty', [0, 5, 12])).toEqual(['nearest']);
    expect(above('asdfgh qwerty', [0, 7, 12])).toEqual(['nearest', 'near']);
  });
});
