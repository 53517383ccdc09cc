import { addDays, daysBetween, parsePeriod, periodOf } from './calendar.ts';

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
/** Papers of other years are misdated; one of them would draw the others into a corner. Counted as undated. */
const [FIRST_YEAR, LAST_YEAR] = ['1900', '2199'];

/** The ISO 8601 week of a day: `2026-03-10` -> `2026-W11`; undefined of what is no exact day of the calendar. */
export function weekOf(day: string | undefined): string | undefined {
  return parsePeriod('day', day ?? '') && periodOf('week', day as string).id;
}

/**
 * The periods from the oldest to the newest of these dates: weeks, or months where weeks would be too many or most
 * dates say no more than the month.
 */
export function timelineOf(dates: readonly (string | undefined)[]): Timeline {
  const week = likely(weekOf);
  const month = likely(monthOf);
  const days = dates.filter((date): date is string => week(date) !== undefined).sort();
  const months = dates.filter((date): date is string => month(date) !== undefined).sort();
  const weeks = days.length * 2 >= months.length ? weeksBetween(days[0], days.at(-1)) : undefined;
  if (weeks) return { unit: 'week', periods: weeks, periodOf: week };
  return {
    unit: 'month',
    periods: monthsBetween(months[0] as string, months.at(-1) as string),
    periodOf: month,
  };
}

/** Of dates that a paper can have. */
function likely(of: Timeline['periodOf']): Timeline['periodOf'] {
  return (date) => {
    const year = date?.slice(0, 4) ?? '';
    return year >= FIRST_YEAR && year <= LAST_YEAR ? of(date) : undefined;
  };
}

/** `2026-03` of a day or month of the calendar. */
function monthOf(date: string | undefined): string | undefined {
  const [, month, day = '01'] = /^(\d{4}-\d{2})(?:-(\d{2}))?$/.exec(date ?? '') ?? [];
  return month && weekOf(`${month}-${day}`) !== undefined ? month : undefined;
}

/** Undefined where they would be too many. */
function weeksBetween(first: string | undefined, last: string | undefined): string[] | undefined {
  if (!first || !last) return [];
  const [start, stop] = [periodOf('week', first).first, periodOf('week', last).first];
  if (daysBetween(start, stop) / 7 >= MOST_WEEKS) return undefined;
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
