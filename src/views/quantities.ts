import { laterTexts } from '../texts/later.ts';

/** Bytes for people: `7.3 MB`. */
export function megabytes(bytes: number): string {
  return laterTexts.quantities.megabytes(bytes / 1e6);
}

/** Seconds for people; nothing where they are not known. */
export function timeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  const { left } = laterTexts.quantities;
  if (seconds < 1.5) return left.moment;
  return seconds < 90 ? left.seconds(Math.round(seconds)) : left.minutes(Math.round(seconds / 60));
}
