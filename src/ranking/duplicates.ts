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
  /** The same where one title is the other with a word more: then the abstract may have been written anew. */
  sameTitle: { similarity: 0.75, titles: 0.85 },
} as const;

/** Papers are compared when they share one of the rarest words of a title, so many of them. */
const RARE_WORDS = 4;
/** A word that more titles have than this says nothing rare: comparing all of them would cost seconds. */
const MOST_TITLES = 150;

/** Papers looked at in one step: some 50 ms. */
const STEP = 500;

/**
 * Finds papers that tell of one work: two versions, two days, preprint and proceedings. About a second for 10,000
 * papers; see {@link twinSteps} to stay answerable meanwhile.
 * @param rowOf unit vector of a paper; what has none has no twin.
 * @returns groups of two and more ids; no id twice.
 */
export function findTwins(papers: readonly Paper[], rowOf: RowOf): Twins {
  const steps = twinSteps(papers, rowOf);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

type RowOf = (id: string) => Float32Array | undefined;

/** The same in steps; yields the share done. */
export function* twinSteps(papers: readonly Paper[], rowOf: RowOf): Generator<number, Twins> {
  const titles = papers.map(({ title }) => titleWords(title));
  const holders = holdersOf(titles);
  const joined = papers.map((_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (joined[root] !== root) root = joined[root] as number;
    joined[at] = root;
    return root;
  };
  for (const [at, words] of titles.entries()) {
    if (at % STEP === STEP - 1) yield at / titles.length;
    for (const other of new Set(candidatesOf(words, holders))) {
      if (other >= at) continue;
      const pair = {
        papers: [papers[at], papers[other]] as [Paper, Paper],
        words: [words, titles[other]] as Words,
      };
      if (areTwins(pair, rowOf)) joined[rootOf(at)] = rootOf(other);
    }
  }
  const groups = new Map<number, string[]>();
  papers.forEach(({ id }, at) => {
    const root = rootOf(at);
    const group = groups.get(root);
    if (group) group.push(id);
    else groups.set(root, [id]);
  });
  return [...groups.values()].filter((ids) => ids.length > 1);
}

type Words = [ReadonlySet<string>, ReadonlySet<string>];

function areTwins({ papers, words }: { papers: [Paper, Paper]; words: Words }, rowOf: RowOf): boolean {
  const share = shareOf(...words);
  if (share < TWIN.alike.titles) return false;
  const [a, b] = [rowOf(papers[0].id), rowOf(papers[1].id)];
  if (!a || !b) return false;
  // A word in the place of another makes a sister: `… Nano: open models` and `… Ultra: open models`.
  const [few, many] = words[0].size < words[1].size ? words : [words[1], words[0]];
  const same = share >= TWIN.sameTitle.titles && [...few].every((word) => many.has(word));
  const { similarity } = same ? TWIN.sameTitle : TWIN.alike;
  return dot(a, b) >= similarity && !areParts(...papers);
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

/** Numbers wherever they stand (`Qwen2`, `72B`), and whole words, which may be numbers too. */
const PIECES = /\d+(?:\.\d+)*|\p{L}+/gu;
const NUMBER_WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };

/** Numbers in titles that differ are parts, sizes or releases: `Qwen2 Technical Report` and `Qwen3 Technical Report`. */
function areParts(a: Paper, b: Paper): boolean {
  return numbersOf(a.title) !== numbersOf(b.title);
}

function numbersOf(title: string): string {
  const pieces = plain(title).toLowerCase().match(PIECES) ?? [];
  return pieces
    .flatMap((piece) => numberOf(piece) ?? [])
    .sort()
    .join(' ');
}

/** `2`, `two` and `ii` are one. */
function numberOf(piece: string): string | undefined {
  if (/^\d/.test(piece)) return piece;
  const word = NUMBER_WORDS.indexOf(piece);
  if (word >= 0) return String(word);
  if (!/^[ivx]+$/.test(piece)) return undefined;
  const values = [...piece].map((letter) => ROMAN[letter] as number);
  return String(values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0));
}
