import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { dot } from '../vector/matrix.ts';
import { isStopWord, visitTokens } from '../words/terms.ts';

/** Papers that tell of one work, the newest first is the caller's choice: here in the order given. */
export type Twins = readonly (readonly string[])[];

/**
 * From where two papers are one work. Precision first: see "One work, one row" in src/README.md for what was
 * measured. Titles alone find series ("Part I", "Part II") and replies; vectors alone find rivals.
 */
export const TWIN = {
  /** Cosine of the two vectors, and the share of the words of both titles that both have. */
  alike: { similarity: 0.92, titles: 0.5 },
  /** The same where the titles are all but equal: then the abstract may have been written anew. */
  sameTitle: { similarity: 0.75, titles: 0.85 },
} as const;

/** Papers are compared when they share one of the rarest words of a title, so many of them. */
const RARE_WORDS = 4;
/** A word that more titles have than this says nothing rare: comparing all of them would cost seconds. */
const MOST_TITLES = 150;

/**
 * Finds papers that tell of one work: two versions, two days, preprint and proceedings.
 * @param rowOf unit vector of a paper; what has none has no twin.
 * @returns groups of two and more ids; no id twice.
 */
export function findTwins(papers: readonly Paper[], rowOf: (id: string) => Float32Array | undefined): Twins {
  const titles = papers.map(({ title }) => titleWords(title));
  const holders = holdersOf(titles);
  const joined = papers.map((_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (joined[root] !== root) root = joined[root] as number;
    joined[at] = root;
    return root;
  };
  titles.forEach((words, at) => {
    const seen = new Set<number>();
    for (const other of candidatesOf(words, holders)) {
      if (other >= at || seen.has(other)) continue;
      seen.add(other);
      const share = shareOf(words, titles[other] as ReadonlySet<string>);
      if (share < TWIN.alike.titles) continue;
      const [a, b] = [papers[at], papers[other]].map((paper) => rowOf((paper as Paper).id));
      const { similarity } = share >= TWIN.sameTitle.titles ? TWIN.sameTitle : TWIN.alike;
      if (!a || !b || dot(a, b) < similarity) continue;
      if (areParts(papers[at] as Paper, papers[other] as Paper)) continue;
      joined[rootOf(at)] = rootOf(other);
    }
  });
  const groups = new Map<number, string[]>();
  papers.forEach(({ id }, at) => {
    const root = rootOf(at);
    const group = groups.get(root);
    if (group) group.push(id);
    else groups.set(root, [id]);
  });
  return [...groups.values()].filter((ids) => ids.length > 1);
}

/** Places of the papers with each word of a title. */
function holdersOf(titles: readonly ReadonlySet<string>[]): ReadonlyMap<string, readonly number[]> {
  const holders = new Map<string, number[]>();
  titles.forEach((words, at) => {
    for (const word of words) {
      const places = holders.get(word);
      if (places) places.push(at);
      else holders.set(word, [at]);
    }
  });
  return holders;
}

function candidatesOf(
  words: ReadonlySet<string>,
  holders: ReadonlyMap<string, readonly number[]>,
): readonly number[] {
  return [...words]
    .map((word) => holders.get(word) as readonly number[])
    .filter((places) => places.length > 1 && places.length <= MOST_TITLES)
    .sort((a, b) => a.length - b.length)
    .slice(0, RARE_WORDS)
    .flat();
}

function titleWords(title: string): ReadonlySet<string> {
  const words = new Set<string>();
  visitTokens(plain(title), ({ term, word, joined }) => {
    if (!joined && !isStopWord(word)) words.add(term);
  });
  return words;
}

/** Jaccard index. */
function shareOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  // Most pairs are too unlike in length already.
  if (Math.min(a.size, b.size) < TWIN.alike.titles * Math.max(a.size, b.size)) return 0;
  let both = 0;
  for (const word of a) if (b.has(word)) both++;
  return both / Math.max(1, a.size + b.size - both);
}

const NUMBERS = /\b(?:\d+(?:\.\d+)*|[ivx]+)\b/giu;

/** Numbers in titles that differ are parts or releases: `Qwen2 Technical Report` and `Qwen3 Technical Report`. */
function areParts(a: Paper, b: Paper): boolean {
  const numbers = ({ title }: Paper) =>
    JSON.stringify(
      (
        plain(title)
          .replace(/(?<=\p{L})(?=\d)/gu, ' ')
          .match(NUMBERS) ?? []
      )
        .map((one) => one.toLowerCase())
        .sort(),
    );
  return numbers(a) !== numbers(b);
}
