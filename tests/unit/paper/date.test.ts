import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  compareDates,
  formatDate,
  isoDay,
  localDay,
  parseIsoDate,
  parseMonth,
} from '../../../src/paper/date.ts';

it.each([
  ['2025-03-29', 'Mar 29, 2025'],
  ['2026-01-01', 'Jan 1, 2026'],
  ['2025-03', 'Mar 2025'],
  ['2025', '2025'],
  ['2025-13-01', '2025-13-01'],
  ['soon', 'soon'],
])('%s reads %s', (iso, text) => expect(formatDate(iso)).toBe(text));

it('writes the day that was written, in every time zone', () => {
  const zone = process.env.TZ;
  try {
    for (const name of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC']) {
      process.env.TZ = name;
      expect(formatDate('2025-01-01')).toBe('Jan 1, 2025');
      expect(parseIsoDate('2025-01-01T23:59:00-11:00')).toBe('2025-01-01');
    }
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

it('sorts oldest first, and no date before all', () => {
  const dates = ['2026-02-23', undefined, '2026', '2025-12-31', '2026-02', undefined];
  expect([...dates].sort((a, b) => compareDates(b, a))).toEqual(
    // Array.prototype.sort puts undefined last by itself.
    ['2026-02-23', '2026-02', '2026', '2025-12-31', undefined, undefined],
  );
  expect(compareDates(undefined, '0001')).toBe(-1);
  expect(compareDates('2026', '2026')).toBe(0);
});

it.each([
  ['2025-03-29T23:30:00.000Z', '2025-03-29'],
  ['2025-03-29 08:00:00', '2025-03-29'],
  ['2025-03', '2025-03'],
  [' 2025 ', '2025'],
  ['2025-02-29', undefined],
  ['2024-02-29', '2024-02-29'],
  ['2025-00-10', undefined],
  ['0000', undefined],
  ['20250329', undefined],
  ['Mar 29, 2025', undefined],
])('%j is %s', (text, iso) => expect(parseIsoDate(text)).toBe(iso));

it('knows the days of the calendar', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2200 }), fc.nat(14), fc.nat(33), (year, month, day) => {
      const date = new Date(0);
      date.setUTCFullYear(year, month - 1, day);
      const real =
        date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCFullYear() === year;
      expect(isoDay(year, month, day)).toBe(real ? date.toISOString().slice(0, 10) : undefined);
    }),
  );
});

it.each([
  ['Mar', 3],
  ['march', 3],
  ['Sept.', 9],
  ['may', 5],
  ['Ma', undefined],
  ['Marc', 3],
  ['Mars', undefined],
])('%s is month %s', (name, month) => expect(parseMonth(name)).toBe(month));

it('a moment is of the day that it has where the reader is', () => {
  expect(localDay(new Date(2026, 2, 1, 0, 5))).toBe('2026-03-01');
  expect(localDay(new Date(2026, 11, 31, 23, 55))).toBe('2026-12-31');
});
