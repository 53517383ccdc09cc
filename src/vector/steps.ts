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

/** The strings by their code units, as `sort` has them: stretches one after another, which are then joined by twos. */
export function* sortSteps(strings: readonly string[]): Generator<number, string[]> {
  if (strings.length <= SLICE_SORTED) return strings.toSorted();
  let stretches: string[][] = [];
  for (let start = 0; start < strings.length; start += SLICE_SORTED) {
    stretches.push(strings.slice(start, start + SLICE_SORTED).sort());
    yield Math.min(0.5, start / strings.length);
  }
  while (stretches.length > 1) {
    const joined: string[][] = [];
    for (let at = 0; at < stretches.length; at += 2) {
      joined.push(join(stretches[at] as string[], stretches[at + 1] ?? []));
      yield 1 / stretches.length;
    }
    stretches = joined;
  }
  return stretches[0] as string[];
}

function join(left: readonly string[], right: readonly string[]): string[] {
  const joined: string[] = [];
  let [l, r] = [0, 0];
  while (l < left.length && r < right.length) {
    joined.push((right[r] as string) < (left[l] as string) ? (right[r++] as string) : (left[l++] as string));
  }
  for (; l < left.length; l++) joined.push(left[l] as string);
  for (; r < right.length; r++) joined.push(right[r] as string);
  return joined;
}
