import { daysInMonth, isoDay } from './date.ts';
import type { Paper } from './paper.ts';

export type PeriodKind = 'day' | 'week' | 'month';

/** A day `2026-03-10`, an ISO week `2026-W11`, which begins on Monday, or a month `2026-03`. */
export interface Period {
  readonly kind: PeriodKind;
  readonly id: string;
  /** Its days, ISO 8601, both of them in it. */
  readonly first: string;
  readonly last: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
/** The fourth of January is always in the first week. */
const IN_FIRST_WEEK = '01-04';

/**
 * The day that a paper counts for: that of the list which showed it, as Daily Papers has it, else its own date.
 * May be a month or a year only.
 */
export function dayOf({ listed, date }: Paper): string | undefined {
  return listed ?? date;
}

/** A list shows papers of these last days; one that it shows later is not new by that. */
const LISTED_WITHIN_DAYS = 62;

/**
 * The date by which a paper is new: its own, as exact as it is known. Where that names no day, the day of a list that
 * showed it soon after: an arXiv id tells the month alone.
 */
export function dateOf({ listed, date }: Pick<Paper, 'listed' | 'date'>): string | undefined {
  if (date === undefined || listed === undefined || !DAY.test(listed) || DAY.test(date)) return date;
  if (!/^\d{4}-\d{2}$/.test(date)) return date;
  return listed.startsWith(date) || (listed > date && listed <= addDays(`${date}-01`, LISTED_WITHIN_DAYS))
    ? listed
    : date;
}

/** Undefined for what is no such period: `2026-02-30`, `2025-W53`. */
export function parsePeriod(kind: PeriodKind, id: string): Period | undefined {
  const day = firstDayOf(kind, id);
  const period = day === undefined ? undefined : periodOf(kind, day);
  return period?.id === id ? period : undefined;
}

function firstDayOf(kind: PeriodKind, id: string): string | undefined {
  if (kind === 'week') {
    const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(id) ?? [];
    return year && Number(year) > 0 && Number(week) > 0
      ? addDays(mondayOf(`${year}-${IN_FIRST_WEEK}`), (Number(week) - 1) * 7)
      : undefined;
  }
  const day = kind === 'month' ? `${id}-01` : id;
  const [year = 0, month = 0, date = 0] = DAY.test(day) ? day.split('-').map(Number) : [];
  return year > 0 ? isoDay(year, month, date) : undefined;
}

/**
 * The period of a kind that a day is in.
 * @param day ISO 8601, whole.
 */
export function periodOf(kind: PeriodKind, day: string): Period {
  if (kind === 'day') return { kind, id: day, first: day, last: day };
  if (kind === 'month') {
    const id = day.slice(0, 7);
    const last = `${id}-${daysInMonth(Number(id.slice(0, 4)), Number(id.slice(5)))}`;
    return { kind, id, first: `${id}-01`, last };
  }
  const first = mondayOf(day);
  // A week is of the year that its Thursday is in.
  const year = addDays(first, 3).slice(0, 4);
  const week = daysBetween(mondayOf(`${year}-${IN_FIRST_WEEK}`), first) / 7 + 1;
  return { kind, id: `${year}-W${String(week).padStart(2, '0')}`, first, last: addDays(first, 6) };
}

/** A paper of which only the month is known is in the month, and in none of its days. */
export function isIn({ kind, id, first, last }: Period, day: string | undefined): boolean {
  if (day === undefined) return false;
  if (kind === 'month') return day.slice(0, 7) === id;
  return DAY.test(day) && day >= first && day <= last;
}

/** How many papers count for each day, month or year: keys as exact as they are known. */
export function countByDay(papers: readonly Paper[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const paper of papers) {
    const day = dayOf(paper);
    if (day !== undefined) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return counts;
}

/** The nearest period of the same kind that has papers, before (-1) or after (1). */
export function nearestPeriod(days: Iterable<string>, from: Period, by: -1 | 1): Period | undefined {
  let nearest: string | undefined;
  for (const day of days) {
    const known = wholeDay(from.kind, day);
    if (known === undefined || (by < 0 ? known >= from.first : known <= from.last)) continue;
    if (nearest === undefined || (by < 0 ? known > nearest : known < nearest)) nearest = known;
  }
  return nearest === undefined ? undefined : periodOf(from.kind, nearest);
}

/** The latest period of a kind that has papers; within another one, where that has any. */
export function latestPeriod(days: Iterable<string>, kind: PeriodKind, within?: Period): Period | undefined {
  let latest: string | undefined;
  for (const day of days) {
    const known = wholeDay(kind, day);
    if (known === undefined || (within && (known < within.first || known > within.last))) continue;
    if (latest === undefined || known > latest) latest = known;
  }
  return latest === undefined ? undefined : periodOf(kind, latest);
}

/** A day by which a period can be found; of a month alone, months can. */
function wholeDay(kind: PeriodKind, day: string): string | undefined {
  if (DAY.test(day)) return day;
  return kind === 'month' && day.length === 7 ? `${day}-01` : undefined;
}

/** 0 is Monday. */
export function weekdayOf(day: string): number {
  // The first day of 1970 was a Thursday.
  return (((numberOf(day) + 3) % 7) + 7) % 7;
}

/** Of whole days, which time zones and summer time leave alone. Behind the last year of four digits comes none. */
export function addDays(day: string, count: number): string {
  const date = new Date((numberOf(day) + count) * DAY_MS);
  const [year, month, ofMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return year > 9999 ? LATEST : (isoDay(year, month, ofMonth) as string);
}

/** From `a` to `b`; negative where `b` is earlier. */
export function daysBetween(a: string, b: string): number {
  return numberOf(b) - numberOf(a);
}

function mondayOf(day: string): string {
  return addDays(day, -weekdayOf(day));
}

/** Days since 1970, by the calendar. */
function numberOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

const RELATIVE = /^(\d{1,4})([dwmy])$/;

/**
 * The day that `7d`, `2w`, `3m` or `1y` ago was; any other date as it is. The 31st of a month that has none is its last.
 * @param today ISO 8601.
 */
export function resolveDate(date: string, today: string): string {
  const [, digits, unit] = RELATIVE.exec(date) ?? [];
  if (!digits) return date;
  const count = Number(digits);
  if (unit === 'd' || unit === 'w') return earliest(today, unit === 'w' ? count * 7 : count);
  const months =
    Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - count * (unit === 'y' ? 12 : 1);
  if (months < 12) return EARLIEST;
  const month = `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
  const { last } = periodOf('month', `${month}-01`);
  const day = `${month}${today.slice(7)}`;
  return day > last ? last : day;
}

const EARLIEST = '0001-01-01';
const LATEST = '9999-12-31';

function earliest(today: string, days: number): string {
  return daysBetween(EARLIEST, today) < days ? EARLIEST : addDays(today, -days);
}

/** `7d`, `2w`, `3m`, `1y`: a time before today. */
export function isRelativeDate(text: string): boolean {
  return RELATIVE.test(text);
}
