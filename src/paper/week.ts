const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** `2025-03-01` -> `2025-W09`: the week of its Thursday. */
export function isoWeek(day: string): string {
  const thursday = dayOfWeek(day, 3);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - first) / WEEK_MS) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

/** The Monday of a day's week, ISO 8601. */
export function mondayOf(day: string): string {
  return dayOfWeek(day, 0).toISOString().slice(0, 10);
}

/** @param wanted from Monday, 0. */
function dayOfWeek(day: string, wanted: number): Date {
  const date = new Date(`${day}T00:00:00Z`);
  const weekday = (date.getUTCDay() + 6) % 7;
  return new Date(date.getTime() + (wanted - weekday) * DAY_MS);
}
