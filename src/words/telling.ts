/** Terms that a paper is compared by: with more, each comparison costs more and the order hardly changes. */
const MOST_TERMS = 200;
/** Of those, so many name what two papers share. */
export const TOLD_TERMS = 12;
/** What a paper that was disliked takes away, against what a liked one gives (Rocchio's gamma; Salton and Buckley 1990). */
const DISLIKED_WEIGHT = 0.25;

/**
 * Terms that tell what some papers have and others have not, the weightiest first.
 * @param liked each paper's terms with their weights.
 */
export function tellingTerms(
  liked: readonly (readonly [term: number, weight: number][])[],
  disliked: readonly (readonly [term: number, weight: number][])[],
): [term: number, weight: number][] {
  const sums = new Map<number, number>();
  const add = (papers: typeof liked, share: number) => {
    for (const terms of papers)
      for (const [term, weight] of terms)
        sums.set(term, (sums.get(term) ?? 0) + (share * weight) / papers.length);
  };
  add(liked, 1);
  add(disliked, liked.length > 0 ? -DISLIKED_WEIGHT : -1);
  return [...sums]
    .filter(([, weight]) => weight !== 0)
    .sort(([a, x], [b, y]) => Math.abs(y) - Math.abs(x) || a - b)
    .slice(0, MOST_TERMS);
}

/** Where a number stands in rising ones that have it. */
export function findSorted(numbers: readonly number[], wanted: number): number {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
