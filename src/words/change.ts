import { parseQuestion, type Question, type Sort, withoutPart } from './question.ts';

/*
 * What the controls above the list do to a question: they write what a reader could have typed, so that there is
 * one language and one place where a filter is seen and taken away.
 */

/** In another order; undefined for the one that the list has by itself. */
export function withSort(typed: string, by: Sort | undefined): string {
  const rest = without(typed, ({ sort }) => sort);
  return by ? joined(rest, `sort:${by}`) : rest;
}

/** Of a time that ends today, `7d`; undefined for any time. Other dates in the question would contradict it. */
export function withWindow(typed: string, ago: string | undefined): string {
  const rest = without(typed, ({ filters }) => filters.find(({ condition }) => condition.kind === 'after'));
  return ago ? joined(rest, `after:${ago}`) : rest;
}

/** The time that the question is about, where it is one that ends today. */
export function windowOf({ filters }: Question): string | undefined {
  const dates = filters.flatMap(({ condition, not }) =>
    condition.kind === 'after' ? [not ? '' : condition.date] : [],
  );
  return dates.length === 1 ? dates[0] || undefined : undefined;
}

/** Without the papers that are read, or with them again. */
export function withUnread(typed: string, only: boolean): string {
  const rest = without(typed, ({ filters }) => filters.find(isUnread));
  return only ? joined(rest, 'is:unread') : rest;
}

/** Papers that are read are left out. */
export function hidesRead({ filters }: Question): boolean {
  return filters.some(isUnread);
}

function isUnread({ condition, not }: Question['filters'][number]): boolean {
  return condition.kind === 'is' && condition.what === (not ? 'read' : 'unread');
}

/** Every such part out: somebody may have typed it twice. */
function without(
  typed: string,
  find: (question: Question) => { readonly start: number; readonly end: number } | undefined,
): string {
  let rest = typed;
  for (;;) {
    const part = find(parseQuestion(rest));
    if (!part) return rest;
    rest = withoutPart(rest, part);
  }
}

/** A phrase that was not closed would swallow what comes behind it: what is new stands first. */
function joined(typed: string, part: string): string {
  return isQuoteOpen(typed) ? `${part} ${typed}` : `${typed} ${part}`.trim();
}

function isQuoteOpen(typed: string): boolean {
  return (typed.match(/["“”„«»]/g) ?? []).length % 2 === 1;
}
