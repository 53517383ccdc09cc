/*
 * Long work is a generator that yields the share done, 0 to 1, every few tens of milliseconds at most: what runs it
 * lets a question in between, or drops it.
 */

/** All of it at once. */
export function finish<T>(steps: Generator<number, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Work that is a part of another, from one share of that to the next. */
export function* within<T>(steps: Generator<number, T>, from: number, to: number): Generator<number, T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield from + (to - from) * step.value;
  }
}

/** Strings sorted between two yields: some 10 ms. */
const SLICE_SORTED = 8_000;

/** The strings by their code units, as `sort` has them. Stretches are sorted one after another: to join them is quick. Few are sorted at once. */
export function* sortSteps(strings: readonly string[]): Generator<number, string[]> {
  if (strings.length <= SLICE_SORTED) return strings.toSorted();
  const stretches: string[][] = [];
  for (let start = 0; start < strings.length; start += SLICE_SORTED) {
    stretches.push(strings.slice(start, start + SLICE_SORTED).sort());
    yield Math.min(1, (start + SLICE_SORTED) / strings.length);
  }
  return stretches.flat().sort();
}
