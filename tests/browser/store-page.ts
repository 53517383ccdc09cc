/** The page of store.test.ts: the store and nothing else, reached as `sheaf` from the test. */
import type { Paper } from '../../src/paper/paper.ts';
import { openStore, type Store } from '../../src/store/store.ts';

/** Papers number `from` up to, not including, `to`; a number is always the same paper. */
function makePapers(from: number, to: number): Paper[] {
  return Array.from({ length: to - from }, (_, index) => ({
    id: `title:paper${from + index}`,
    title: `Paper ${from + index}`,
    abstract: `Nothing but number ${from + index}. `.repeat(20),
  }));
}

const sheaf = { openStore, makePapers };
export type StorePage = typeof globalThis & {
  sheaf: typeof sheaf;
  /** A store that a test keeps open from one call to the next, and what it is told. */
  kept: { readonly store: Store; readonly heard: readonly string[]; readonly closed: Promise<string> };
};
Object.assign(globalThis, { sheaf });
