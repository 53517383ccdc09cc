import { expect, it } from 'vitest';
import { titlesOf } from '../../../src/views/choices.ts';

it('titles are folded once for a library, whoever asks', () => {
  const papers = [{ id: 'a', title: '\\emph{Séparation} of $x$', abstract: '' }];
  expect(titlesOf(papers)).toEqual([{ id: 'a', title: 'Séparation of x', folded: 'separation of x' }]);
  expect(titlesOf(papers)).toBe(titlesOf(papers));
  expect(titlesOf([...papers])).not.toBe(titlesOf(papers));
});
