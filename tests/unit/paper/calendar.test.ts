import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  countByDay,
  dayOf,
  daysBetween,
  isIn,
  latestPeriod,
  nearestPeriod,
  type PeriodKind,
  parsePeriod,
  periodOf,
  resolveDate,
  weekdayOf,
} from '../../../src/paper/calendar.ts';
import { parseIsoDate } from '../../../src/paper/date.ts';

const day = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const kind = fc.constantFrom<PeriodKind>('day', 'week', 'month');

describe('a period', () => {
  it('has every one of its days, and a day is in one of a kind', () => {
    fc.assert(
      fc.property(day, kind, (any, of) => {
        const period = periodOf(of, any);
        expect(isIn(period, any)).toBe(true);
        expect(parsePeriod(of, period.id)).toEqual(period);
        expect(periodOf(of, period.first)).toEqual(period);
        expect(periodOf(of, period.last)).toEqual(period);
        // The days beside it are of others.
        expect(periodOf(of, addDays(period.first, -1)).id).not.toBe(period.id);
        expect(periodOf(of, addDays(period.last, 1)).id).not.toBe(period.id);
      }),
    );
  });

  it('is a week from Monday to Sunday, of the year that has most of it', () => {
    fc.assert(
      fc.property(day, (any) => {
        const { id, first, last } = periodOf('week', any);
        expect([weekdayOf(first), weekdayOf(last), daysBetween(first, last)]).toEqual([0, 6, 6]);
        const inYear = Array.from({ length: 7 }, (_, n) => addDays(first, n)).filter((one) =>
          one.startsWith(id.slice(0, 4)),
        );
        expect(inYear.length).toBeGreaterThanOrEqual(4);
        expect(periodOf('week', addDays(first, 7)).first).toBe(addDays(last, 1));
      }),
    );
  });

  it.each([
    ['2026-03-10', '2026-W11'],
    ['2020-12-31', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2024-12-30', '2025-W01'],
    ['2022-01-02', '2021-W52'],
    ['2000-02-29', '2000-W09'],
  ])('%s is in week %s', (date, week) => {
    expect(periodOf('week', date).id).toBe(week);
  });

  it('ends with its month', () => {
    expect(periodOf('month', '2024-02-10').last).toBe('2024-02-29');
    expect(periodOf('month', '1900-02-10').last).toBe('1900-02-28');
    expect(periodOf('month', '9999-12-15').last).toBe('9999-12-31');
    expect(isIn(periodOf('week', '9999-12-31'), '9999-12-31')).toBe(true);
    expect(periodOf('month', '2026-12-31')).toMatchObject({ first: '2026-12-01', last: '2026-12-31' });
  });

  it.each<[PeriodKind, string]>([
    ['day', '2026-02-30'],
    ['day', '2026-03'],
    ['day', ' 2026-03-10'],
    ['week', '2025-W53'],
    ['week', '2026-W00'],
    ['week', '2026-W54'],
    ['week', '2026-11'],
    ['week', '0000-W01'],
    ['month', '2026-13'],
    ['month', '2026-00'],
    ['month', '2026-03-10'],
    ['month', 'March'],
    ['day', ''],
  ])('is none: %s %j', (of, id) => {
    expect(parsePeriod(of, id)).toBeUndefined();
  });
});

describe('papers by day', () => {
  const paper = (more: object) => ({ id: 'p', title: 'P', abstract: '', ...more });
  it('count for the day of their list, else for their own date', () => {
    expect(dayOf(paper({ date: '2019-08-23', listed: '2026-03-10' }))).toBe('2026-03-10');
    expect(dayOf(paper({ date: '2019-08' }))).toBe('2019-08');
    const counts = countByDay([paper({ date: '2026-03' }), paper({}), paper({ date: '2026-03' })]);
    expect([...counts]).toEqual([['2026-03', 2]]);
  });

  it('known by their month alone are in the month and in no day of it', () => {
    expect(isIn(periodOf('month', '2026-03-01'), '2026-03')).toBe(true);
    expect(isIn(periodOf('day', '2026-03-01'), '2026-03')).toBe(false);
    expect(isIn(periodOf('week', '2026-03-01'), '2026-03')).toBe(false);
    expect(isIn(periodOf('month', '2026-03-01'), '2026')).toBe(false);
  });

  it('are stepped through from one with papers to the next', () => {
    const days = ['2026-03-10', '2025-12-31', '2026-03', '2026-04', '2024'];
    const march = periodOf('day', '2026-03-10');
    expect(nearestPeriod(days, march, -1)?.id).toBe('2025-12-31');
    expect(nearestPeriod(days, march, 1)).toBeUndefined();
    expect(nearestPeriod(days, periodOf('month', '2026-03-10'), 1)?.id).toBe('2026-04');
    expect(nearestPeriod(days, periodOf('week', '2026-03-10'), -1)?.id).toBe('2026-W01');
    expect(latestPeriod(days, 'month')?.id).toBe('2026-04');
    expect(latestPeriod(days, 'day')?.id).toBe('2026-03-10');
    expect(latestPeriod(days, 'day', periodOf('month', '2025-12-01'))?.id).toBe('2025-12-31');
    expect(latestPeriod(days, 'day', periodOf('month', '2026-04-01'))).toBeUndefined();
  });

  it('are stepped through there and back', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 2, maxLength: 20 }), kind, (days, of) => {
        const all = [...new Set(days.map((one) => periodOf(of, one).first))].sort();
        let at = latestPeriod(days, of);
        const seen: string[] = [];
        while (at) {
          seen.unshift(at.first);
          const before = nearestPeriod(days, at, -1);
          if (before) expect(nearestPeriod(days, before, 1)).toEqual(at);
          at = before;
        }
        expect(seen).toEqual(all);
      }),
    );
  });
});

describe('a time before today', () => {
  it.each([
    ['7d', '2026-03-10', '2026-03-03'],
    ['2w', '2026-03-10', '2026-02-24'],
    ['3m', '2026-05-31', '2026-02-28'],
    ['1y', '2024-02-29', '2023-02-28'],
    ['0d', '2026-03-10', '2026-03-10'],
    ['9999y', '2026-03-10', '0001-01-01'],
    ['9999w', '0002-03-10', '0001-01-01'],
    ['2026-03', '2026-03-10', '2026-03'],
  ])('%s on %s is %s', (date, today, expected) => {
    expect(resolveDate(date, today)).toBe(expected);
  });

  it('is a day that there was, and not after today', () => {
    const unit = fc.constantFrom('d', 'w', 'm', 'y');
    fc.assert(
      fc.property(day, fc.nat(9999), unit, (today, count, of) => {
        const resolved = resolveDate(`${count}${of}`, today);
        expect(parseIsoDate(resolved)).toBe(resolved);
        expect(resolved <= today).toBe(true);
      }),
    );
  });
});
