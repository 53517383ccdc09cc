import { expect, it } from 'vitest';
import { dateOf } from '../../../src/paper/calendar.ts';

it.each<[why: string, paper: { date?: string; listed?: string }, date: string | undefined]>([
  ['its own day', { date: '2026-03-10', listed: '2026-03-12' }, '2026-03-10'],
  ['the day of a list in that month', { date: '2026-08', listed: '2026-08-22' }, '2026-08-22'],
  ['the day of a list soon after', { date: '2026-08', listed: '2026-09-02' }, '2026-09-02'],
  ['its month, where a list showed it much later', { date: '2026-03', listed: '2026-08-22' }, '2026-03'],
  ['its month, where a list showed it before', { date: '2026-08', listed: '2026-07-30' }, '2026-08'],
  ['its year', { date: '2026', listed: '2026-08-22' }, '2026'],
  ['nothing, where a list alone is known', { listed: '2026-08-22' }, undefined],
  ['nothing', {}, undefined],
])('a paper is dated by %s', (_, paper, date) => {
  expect(dateOf(paper)).toBe(date);
});
