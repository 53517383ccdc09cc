import { dayOf, daysBetween } from './calendar.ts';
import type { Paper } from './paper.ts';

/** Who comments took more trouble than who voted. */
const VOTES_A_COMMENT = 2;
/** As Hacker News has it; there by the hour, here by the day, since lists come by the day. */
const GRAVITY = 1.8;
/** Days that every paper is older: without them the first day would decide all. */
const HEAD_START = 2;

/** Upvotes, and each comment as two; undefined where neither is known. */
export function votesOf({ upvotes, comments }: Paper): number | undefined {
  if (upvotes === undefined && comments === undefined) return undefined;
  return (upvotes ?? 0) + VOTES_A_COMMENT * (comments ?? 0);
}

/**
 * `(votes + 1) / (days + 2) ^ 1.8`: what many talk about now. Where nothing is known of votes the newer is higher;
 * 0 without a date. A month or year counts from its first day.
 * @param today ISO 8601.
 */
export function trending(paper: Paper, today: string): number {
  const day = dayOf(paper);
  if (day === undefined) return 0;
  const age = Math.max(0, daysBetween(`${day}-01-01`.slice(0, 10), today));
  return ((votesOf(paper) ?? 0) + 1) / (age + HEAD_START) ** GRAVITY;
}
