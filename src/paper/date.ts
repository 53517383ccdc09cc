const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH_NAMES =
  'january february march april may june july august september october november december'.split(' ');
/** A day with its time and the name of its zone is shorter; of what is longer each sign would cost a look. */
const LONGEST_MOMENT = 100;
const ISO = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/**
 * `2025-03-29` -> `Mar 29, 2025`, `2025-03` -> `Mar 2025`, `2025` -> `2025`; anything else as it is.
 * Reads the digits and never makes a Date, so no time zone can move the day.
 */
export function formatDate(iso: string): string {
  const [, year, month, day] = ISO.exec(iso) ?? [];
  const name = MONTHS[Number(month) - 1];
  if (!year || (month && !name)) return iso;
  if (!name) return year;
  return day ? `${name} ${Number(day)}, ${year}` : `${name} ${year}`;
}

/**
 * For sorting, oldest first; a date that is not known counts as older than any, and `2026` as older than
 * `2026-01`. Turn the arguments round for newest first: papers without a date then come last.
 */
export function compareDates(a: string | undefined, b: string | undefined): number {
  const [left, right] = [a ?? '', b ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `2026-02-23` when the year has that day, else undefined (`Feb 29` in 2026). Month from 1. */
export function isoDay(year: number, month: number, day: number): string | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

/** The day of a moment where the reader is, not in Greenwich. */
export function localDay(moment: Date): string {
  return [
    digits(moment.getFullYear(), 4),
    digits(moment.getMonth() + 1, 2),
    digits(moment.getDate(), 2),
  ].join('-');
}

/**
 * The day (or month, or year) that a text such as `2025-03-29T23:30:00-05:00`, `2025-03` or `2025` names,
 * as it is written there; undefined when it is no ISO 8601 date.
 */
export function parseIsoDate(text: string): string | undefined {
  const bare = text.trim();
  if (bare.length > LONGEST_MOMENT) return undefined;
  const written = /^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ]\d{2}:.*)?$/.exec(bare)?.[1];
  if (!written) return undefined;
  const [year = 0, month = 1, day = 1] = written.split('-').map(Number);
  return year >= 1 && isoDay(year, month, day) ? written : undefined;
}

/** Month from 1 of an English name or its abbreviation (`Mar`, `March`, `sept.`), else undefined. */
export function parseMonth(name: string): number | undefined {
  const word = name.toLowerCase().replace(/\.$/, '');
  if (word.length < 3) return undefined;
  const index = MONTH_NAMES.findIndex(
    (full) => full.startsWith(word) || (word === 'sept' && full === 'september'),
  );
  return index < 0 ? undefined : index + 1;
}

/** Month from 1. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, '0');
}
