import { addDays, parsePeriod, periodOf } from './calendar.ts';

/** Papers counted by week or month. */
export interface Timeline {
  readonly unit: 'week' | 'month';
  /** `2026-W11` or `2026-03`, without gaps, oldest first. */
  readonly periods: readonly string[];
  /** Period of each dated paper; undefined of those without an exact day (for weeks) or month. */
  periodOf(date: string | undefined): string | undefined;
}

/** More weeks than these would be thinner than a line: months then. */
const MOST_WEEKS = 130;

/** The ISO 8601 week of a day: `2026-03-10` -> `2026-W11`; undefined of what is no exact day of the calendar. */
export function weekOf(day: string | undefined): string | undefined {
  return parsePeriod('day', day ?? '') && periodOf('week', day as string).id;
}

/**
 * The periods from the oldest to the newest of these dates: weeks, or months where weeks would be too many or most
 * dates say no more than the month.
 */
export function timelineOf(dates: readonly (string | undefined)[]): Timeline {
  const days = dates.filter((date): date is string => weekOf(date) !== undefined).sort();
  const months = dates.filter((date): date is string => monthOf(date) !== undefined).sort();
  const weeks = days.length * 2 >= months.length ? weeksBetween(days[0], days.at(-1)) : undefined;
  if (weeks && weeks.length <= MOST_WEEKS) return { unit: 'week', periods: weeks, periodOf: weekOf };
  return {
    unit: 'month',
    periods: monthsBetween(months[0] as string, months.at(-1) as string),
    periodOf: monthOf,
  };
}

/** `2026-03` of a day or month of the calendar. */
function monthOf(date: string | undefined): string | undefined {
  const [, month, day = '01'] = /^(\d{4}-\d{2})(?:-(\d{2}))?$/.exec(date ?? '') ?? [];
  return month && weekOf(`${month}-${day}`) !== undefined ? month : undefined;
}

function weeksBetween(first: string | undefined, last: string | undefined): string[] {
  if (!first || !last) return [];
  const weeks: string[] = [];
  const end = periodOf('week', last).id;
  for (let day = first; weeks.at(-1) !== end; day = addDays(day, 7)) weeks.push(periodOf('week', day).id);
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
