import { describe, expect, it } from 'vitest';
import { timelineOf, weekOf } from '../../../src/paper/weeks.ts';

describe('weeks', () => {
  it.each([
    ['2026-03-10', '2026-W11'],
    ['2024-12-30', '2025-W01'],
    ['2023-01-01', '2022-W52'],
    ['2020-12-31', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2026-01-01', '2026-W01'],
  ])('%s is in %s', (day, week) => expect(weekOf(day)).toBe(week));

  it.each(['2026-02-30', '2026-03', '2026', 'soon', undefined])('%s is in none', (date) => {
    expect(weekOf(date)).toBeUndefined();
  });

  it('run without gaps from the oldest to the newest, over a year with 53', () => {
    const { unit, periods, periodOf } = timelineOf(['2021-01-12', '2020-12-20', '2020', undefined]);
    expect(unit).toBe('week');
    expect(periods).toEqual(['2020-W51', '2020-W52', '2020-W53', '2021-W01', '2021-W02']);
    expect(periodOf('2020')).toBeUndefined();
  });

  it('become months where they would be too many, or where dates say no more', () => {
    const long = timelineOf(['2021-11-12', '2026-02-20']);
    expect([long.unit, long.periods.length, long.periods[0], long.periods.at(-1)]).toEqual([
      'month',
      52,
      '2021-11',
      '2026-02',
    ]);
    const vague = timelineOf(['2026-01', '2026-02', '2026-03', '2026-01-12']);
    expect([vague.unit, vague.periods]).toEqual(['month', ['2026-01', '2026-02', '2026-03']]);
    expect(vague.periodOf('2026-13')).toBeUndefined();
    expect(timelineOf([undefined, '2026']).periods).toEqual([]);
  });

  it('leave out years that no paper has: one wrong date draws no line of a thousand years', () => {
    const timeline = timelineOf(['0202-01-01', '2026-03-10', '2026-03-17', '9999-12-31']);
    expect(timeline.periods).toEqual(['2026-W11', '2026-W12']);
    expect(timeline.periodOf('0202-01-01')).toBeUndefined();
    expect(timelineOf(['1900-01-01', '2199-12-31', '0202-01']).periods).toHaveLength(3600);
  });
});
