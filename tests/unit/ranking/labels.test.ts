import { expect, test } from 'vitest';
import { labelGroups } from '../../../src/ranking/labels.ts';
import { stem } from '../../../src/words/terms.ts';
import { paper } from './papers.ts';

const splats = [
  paper(
    'a',
    'Compact 3D Gaussian Splatting',
    'We propose Gaussian splatting with state of the art results. 3DGS is fast.',
  ),
  paper('b', 'Gaussian Splatting on phones', 'Our novel method renders 3DGS scenes.'),
  paper('c', 'Pruned Gaussian Splatting', 'We show that 3DGS improves results over the state of the art.'),
];
const models = [
  paper('d', 'Language models on phones', 'Language models are pruned. We propose a novel method.'),
  paper('e', 'Small language models', 'State-of-the-art language models, pruned. LLMs are large.'),
  paper('f', 'Teaching language models', 'LLMs learn. Results improve over the state of the art.'),
];

test('names groups as people write them', () => {
  const [first, second] = labelGroups([splats, models]);
  expect(first?.words.slice(0, 2)).toEqual(['gaussian splatting', '3DGS']);
  expect(first?.name).toBe('Gaussian splatting, 3DGS');
  expect(second?.words).toContain('language models');
  expect(second?.words).toContain('LLMs');
});

test('no label twice, no word twice within one, nothing empty', () => {
  const labels = labelGroups([splats, models, [...splats, ...models]]);
  const all = labels.flatMap(({ words }) => words);
  expect(new Set(all).size).toBe(all.length);
  for (const { words } of labels) {
    const terms = words.flatMap((word) => word.toLowerCase().split(/[ -]/)).map(stem);
    expect(new Set(terms).size).toBe(terms.length);
    expect(words.length).toBeLessThanOrEqual(3);
  }
  expect(all.join(' ')).not.toMatch(/state|propos|novel|result|method/i);
});

test('a group of one, of papers without words, and none', () => {
  const [single, wordless] = labelGroups([[paper('a', 'Radiance fields')], [paper('b', '…')]]);
  expect(single?.words).toContain('radiance fields');
  expect(wordless).toEqual({ name: 'Group 2', words: [] });
  expect(labelGroups([])).toEqual([]);
});
