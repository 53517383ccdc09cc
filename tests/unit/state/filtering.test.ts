import { expect, it } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { sortPapers } from '../../../src/state/filtering.ts';

const paper = (id: string, more: Partial<Paper>): Paper => ({ id, title: id, abstract: '', ...more });
const papers = [
  paper('none', {}),
  paper('old', { date: '2024-01', comments: 2 }),
  paper('new', { date: '2026-03-10', upvotes: 5 }),
  paper('zero', { date: '2025', comments: 0, upvotes: 9 }),
];

const context = { today: '2026-03-11', chanceOf: (id: string) => ({ old: 0.9, none: 0.2 })[id] ?? 0 };

it.each([
  ['newest', 'new zero old none'],
  ['oldest', 'old zero new none'],
  ['comments', 'old zero none new'],
  ['upvotes', 'zero new none old'],
  ['discussed', 'zero new old none'],
  ['trending', 'new zero old none'],
  ['topics', 'old none new zero'],
  ['best', 'none old new zero'],
] as const)('papers are sorted: %s', (by, order) => {
  const before = papers.map(({ id }) => id);
  expect(sortPapers(papers, by, context).map(({ id }) => id)).toEqual(order.split(' '));
  expect(papers.map(({ id }) => id)).toEqual(before);
});
