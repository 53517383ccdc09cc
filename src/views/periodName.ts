import { type Period, weekdayOf } from '../paper/calendar.ts';
import { texts } from '../texts/texts.ts';

/** `Tuesday 10 March 2026`, `Week 11, 9 to 15 March 2026`, `March 2026`. */
export function periodName({ kind, id, first, last }: Period): string {
  if (kind === 'day') return texts.days.day(partsOf(first), weekdayOf(first));
  if (kind === 'month') return texts.days.month(partsOf(first));
  return texts.days.week(Number(id.slice(-2)), partsOf(first), partsOf(last));
}

export function partsOf(day: string): { year: number; month: number; day: number } {
  const [year = 0, month = 0, ofMonth = 0] = day.split('-').map(Number);
  return { year, month, day: ofMonth };
}
