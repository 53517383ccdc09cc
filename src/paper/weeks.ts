import { isoDay } from './date.ts';

/** Papers counted by week or month. */
export interface Timeline {
  readonly unit: 'week' | 'month';
  /** `2026-W11` or `2026-03`, without gaps, oldest first. */
  readonly periods: readonly string[];
  /** Period of each dated paper; undefined of those without an exact day (for weeks) or month. */
  periodOf(date: string | undefined): string | undefined;
}

const DAY_MS = 86_400_000;
/** More weeks than these would be thinner than a line: months then. */
const MOST_WEEKS = 130;

/**
 * The ISO 8601 week of a day: `2026-03-10` -> `2026-W11`; undefined of what is no exact day of the calendar.
 * A week belongs to the year that has its Thursday.
 */
export function isoWeek(day: string | undefined): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '') ?? [];
  if (!year || !isoDay(Number(year), Number(month), Number(date))) return undefined;
  return weekOf(Date.parse(day as string));
}

/** @param at midnight of a day, milliseconds since 1970. */
function weekOf(at: number): string {
  const weekday = (new Date(at).getUTCDay() + 6) % 7;
  const thursday = at + (3 - weekday) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const first = Date.parse(`${String(year).padStart(4, '0')}-01-01`);
  const week = 1 + Math.floor((thursday - first) / (7 * DAY_MS));
  return `${String(year).padStart(4, '0')}-W${String(week).padStart(2, '0')}`;
}

/**
 * The periods from the oldest to the newest of these dates: weeks, or months where weeks would be too many or most
 * dates say no more than the month.
 */
export function timelineOf(dates: readonly (string | undefined)[]): Timeline {
  const days = dates.filter((date): date is string => isoWeek(date) !== undefined).sort();
  const months = dates.filter((date): date is string => monthOf(date) !== undefined).sort();
  const weeks = days.length * 2 >= months.length ? weeksBetween(days[0], days.at(-1)) : undefined;
  if (weeks && weeks.length <= MOST_WEEKS) return { unit: 'week', periods: weeks, periodOf: isoWeek };
  return {
    unit: 'month',
    periods: monthsBetween(months[0] as string, months.at(-1) as string),
    periodOf: monthOf,
  };
}

/** `2026-03` of a day or month of the calendar. */
function monthOf(date: string | undefined): string | undefined {
  const [, month, day = '01'] = /^(\d{4}-\d{2})(?:-(\d{2}))?$/.exec(date ?? '') ?? [];
  return month && isoWeek(`${month}-${day}`) !== undefined ? month : undefined;
}

function weeksBetween(first: string | undefined, last: string | undefined): string[] {
  if (!first || !last) return [];
  const weeks: string[] = [];
  const end = isoWeek(last) as string;
  for (let at = Date.parse(first); weeks.at(-1) !== end; at += 7 * DAY_MS) weeks.push(weekOf(at));
  return weeks;
}

function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  const number = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
  for (let month = number(first); month <= number(last); month++) {
    months.push(
      `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`,
    );
  }
  return months;
}
