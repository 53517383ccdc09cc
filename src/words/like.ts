/** Terms that a paper is compared by: with more, each comparison costs more and the order hardly changes. */
const MOST_TERMS = 200;
/** Of those, so many name what two papers share. */
export const TOLD_TERMS = 12;
/** What a paper that was disliked takes away, against what a liked one gives (Rocchio's gamma; Salton and Buckley 1990). */
const DISLIKED_WEIGHT = 0.25;

type WeightedTerms = readonly (readonly [term: number, weight: number])[];

/** One use of a term in a paper. */
export interface TermUse {
  readonly term: number;
  /** Weighted count in the paper. */
  readonly count: number;
  readonly idf: number;
  /** Share of the term's highest possible score that the count reaches, times k1 + 1. */
  readonly saturation: number;
}

/** A paper as a question: each term with its weight, so that the paper has 1 with itself. */
export function weighTerms(uses: readonly TermUse[]): WeightedTerms {
  const own = uses.reduce((sum, { count, idf, saturation }) => sum + count * idf * saturation, 0);
  return uses.map(({ term, count, idf }) => [term, own > 0 ? (count * idf) / own : 0]);
}

/** Terms that tell what some papers have and others have not, the weightiest first. */
export function tellingTerms(
  liked: readonly WeightedTerms[],
  disliked: readonly WeightedTerms[],
): WeightedTerms {
  const sums = new Map<number, number>();
  const add = (papers: readonly WeightedTerms[], share: number) => {
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
