import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { isStopWord, visitTokens } from '../words/terms.ts';
import { isEmptyWord, writtenForm } from './labels.ts';

/** A word that sets the examples of a topic apart. */
export interface TellingWord {
  /** As the examples mostly write it. */
  readonly word: string;
  /** What it speaks for: the liked have it more than others, or the disliked. */
  readonly speaks: 'for' | 'against';
  /** 3 strongly, 2 clearly, 1 a little. */
  readonly strength: 1 | 2 | 3;
}

/** Words shown of each kind: what the eye takes in at once. */
const MOST_FOR = 10;
const MOST_AGAINST = 5;
/** What the whole library says counts as so many papers beside the examples: one paper alone proves no word. */
const PRIOR_PAPERS = 2;
/** Logarithm of odds from which a word speaks a little, clearly, strongly: as often again, five times, fifteen times. */
const STEPS = [0.7, 1.6, 2.7] as const;
/** Of several examples at least two say it, or one in its title: what one says else may be that paper's own matter. */
const FEWEST = 2;

/**
 * Words that the liked papers have and others have not, and the same of the disliked: the logarithm of how much
 * likelier an example has the word than a paper of the library, drawn towards none where there are few examples.
 * The most telling first. Pure.
 * @param papersWith how many of the library's papers have a term.
 * @param papers how many papers the library has.
 */
export function tellingWordsOf(
  liked: readonly Paper[],
  disliked: readonly Paper[],
  papersWith: (term: string) => number,
  papers: number,
): TellingWord[] {
  const [yes, no] = [countTerms(liked), countTerms(disliked)];
  const oddsOf = (count: number, examples: number, term: string) => {
    const everywhere = (papersWith(term) + 0.5) / (papers + 1);
    return Math.log((count + PRIOR_PAPERS * everywhere) / (examples + PRIOR_PAPERS) / everywhere);
  };
  const tell = (
    own: ReadonlyMap<string, Counted>,
    others: ReadonlyMap<string, Counted>,
    [size, otherSize]: readonly [number, number],
    speaks: TellingWord['speaks'],
    most: number,
  ) => {
    const least = Math.min(size, FEWEST);
    return [...own]
      .flatMap(([term, { count, titles, written }]) => {
        const other = otherSize > 0 ? Math.max(0, oddsOf(others.get(term)?.count ?? 0, otherSize, term)) : 0;
        const odds = oddsOf(count, size, term) - other;
        const strength = STEPS.filter((step) => odds >= step).length;
        // How many examples say it counts beside how rare it is: else every misprint would be a telling word.
        const weight = odds * ((count + titles) / size);
        return (count < least && titles === 0) || strength === 0
          ? []
          : [{ term, word: writtenForm(written), strength, weight }];
      })
      .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
      .slice(0, most)
      .map(({ word, strength }): TellingWord => ({ word, speaks, strength: strength as 1 | 2 | 3 }));
  };
  return [
    ...tell(yes, no, [liked.length, disliked.length], 'for', MOST_FOR),
    ...tell(no, yes, [disliked.length, liked.length], 'against', MOST_AGAINST),
  ];
}

interface Counted {
  /** Papers that have it, and those that have it in the title, where authors name the thing itself. */
  count: number;
  titles: number;
  readonly written: Map<string, number>;
}

function countTerms(papers: readonly Paper[]): Map<string, Counted> {
  const counted = new Map<string, Counted>();
  for (const { title, abstract } of papers) {
    const seen = new Set<string>();
    const heading = plain(title);
    visitTokens(`${heading}. ${plain(abstract)}`, (token, offset) => {
      const { term, word, written, joined } = token;
      if (joined || isStopWord(word) || isEmptyWord(token) || !/\p{L}{2}|\d\p{L}/u.test(word)) return;
      const known = counted.get(term) ?? { count: 0, titles: 0, written: new Map() };
      counted.set(term, known);
      const form = /\p{L}\p{Lu}|\d/u.test(written) ? written : written.toLowerCase();
      known.written.set(form, (known.written.get(form) ?? 0) + 1);
      if (!seen.has(term)) {
        known.count++;
        // Its first use: the title stands before the abstract.
        if (offset + token.start < heading.length) known.titles++;
      }
      seen.add(term);
    });
  }
  return counted;
}
