import { type Accessor, createMemo } from 'solid-js';
import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { laterTexts } from '../texts/later.ts';
import { BEGINNINGS, BEGINS, BEGINS_A_WORD, rateLetters } from '../words/letters.ts';
import { fold } from '../words/terms.ts';
import { COMMANDS, type Desk } from './commands.ts';
import { afterSecondViews } from './onDemand.ts';

/** A line of the palette. */
export interface Choice {
  readonly name: string;
  readonly kind: keyof typeof laterTexts.palette.kinds;
  readonly keys: readonly string[];
  run(): void;
}

/** Papers that are offered for a few letters: more is what the search is for. */
const MOST_PAPERS = 8;
/** One letter begins too many titles. */
const LEAST_LETTERS = 2;

const { commands, alsoCalled } = laterTexts.palette;
/** Other words for a command, by its name. */
const OTHER_WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(alsoCalled).map(([key, words]) => [
    commands[key as keyof typeof alsoCalled],
    words.split(' '),
  ]),
);

/** Undefined where a choice has nothing of the letters; the lower the better. */
function rateChoice(letters: string, { name, kind }: Choice): number | undefined {
  const rate = rateLetters(letters, fold(name));
  // `map` is for `The map` as good as for a title that begins with it.
  if (rate === BEGINS_A_WORD) return BEGINS;
  const other = kind === 'command' && letters.length >= LEAST_LETTERS ? OTHER_WORDS.get(name) : undefined;
  const parts = letters.split(/\s+/);
  if (rate !== BEGINS && other && parts.every((part) => other.some((word) => word.startsWith(part))))
    return BEGINS_A_WORD;
  return rate;
}

interface Rated {
  readonly rate: number;
  readonly choice: Choice;
}

interface Title {
  readonly id: string;
  readonly title: string;
  readonly folded: string;
}

const titles = new WeakMap<readonly Paper[], readonly Title[]>();

/** Folding ten thousand titles would be felt at every letter, and each time that the palette opens: once a library. */
export function titlesOf(papers: readonly Paper[]): readonly Title[] {
  const known = titles.get(papers);
  if (known) return known;
  const made = papers.map(({ id, title }) => {
    const words = plain(title);
    return { id, title: words, folded: fold(words) };
  });
  titles.set(papers, made);
  return made;
}

/** What can be done, gone to or opened with the letters typed, the best first; the search stands last. */
export function createChoices(desk: Desk, typed: Accessor<string>): Accessor<readonly Choice[]> {
  const { bar, library, topics, groups } = desk.sheaf;
  const goTo = (kind: 'topic' | 'group', id: string, name: string): Choice => ({
    name,
    kind,
    keys: [],
    run: () => bar.go({ place: { kind, id }, query: '', paper: undefined, page: undefined }),
  });
  const fixed = createMemo((): readonly Choice[] => [
    ...COMMANDS.filter((command) => command.when?.(desk) ?? true).map(({ name, keys, run }) => ({
      name,
      keys,
      kind: 'command' as const,
      run: () => run(desk),
    })),
    ...topics.list().map(({ id, name }) => goTo('topic', id, name)),
    ...groups.list().map(({ id, name }) => goTo('group', id, name)),
  ]);
  const papersFor = (letters: string): Rated[] => {
    if (letters.length < LEAST_LETTERS) return [];
    return titlesOf(library.papers())
      .flatMap(({ id, title, folded }) => {
        const rate = rateLetters(letters, folded);
        // Scattered letters are in nearly every long title.
        return rate === undefined || rate > BEGINNINGS ? [] : [{ rate, id, title }];
      })
      .sort((a, b) => a.rate - b.rate)
      .slice(0, MOST_PAPERS)
      .map(({ rate, id, title }) => ({
        // Long titles have many beginnings: they come after whatever else has the letters.
        rate: rate === BEGINNINGS ? Number.POSITIVE_INFINITY : rate,
        choice: { name: title, kind: 'paper', keys: [], run: () => openPaper(id) },
      }));
  };
  const openPaper = (id: string) => {
    bar.go({ paper: id, page: undefined });
    afterSecondViews(() => document.querySelector<HTMLElement>('.paper h1')?.focus());
  };

  return createMemo(() => {
    const text = typed().trim();
    if (!text) return fixed();
    const letters = fold(text);
    const rated = fixed().flatMap((choice): Rated[] => {
      const rate = rateChoice(letters, choice);
      return rate === undefined ? [] : [{ rate, choice }];
    });
    // A stable sort: among equals what can be done stands before papers.
    const found = [...rated, ...papersFor(letters)].sort((a, b) => a.rate - b.rate);
    const search: Choice = {
      name: laterTexts.palette.searchFor(text),
      kind: 'command',
      keys: [],
      run: () => bar.go({ place: { kind: 'all' }, query: text, paper: undefined, page: undefined }),
    };
    return [...found.map(({ choice }) => choice), search];
  });
}
