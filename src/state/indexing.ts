import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import type { Paper } from '../paper/paper.ts';
import type { Store } from '../store/store.ts';
import { laterTexts } from '../texts/later.ts';
import type { KeptIndex } from '../words/kept.ts';
import type { Library } from './library.ts';
import { type Notices, sentenceOf } from './notices.ts';

export interface Indexing {
  /** Grows when the worker has caught up with a change of the papers. */
  readonly count: Accessor<number>;
  /** The papers as the worker knows them: it takes vectors of these only. */
  readonly papers: Accessor<readonly Paper[]>;
}

/** Papers sent to the ranking worker at once: about 100 ms of indexing, so that a query comes between. */
const SLICE = 500;
/** Of fewer papers the index is made anew at each visit: that takes half a second. */
const LEAST_KEPT = 5_000;
/** It is kept again when so many papers have changed in it, as a share, and nothing has changed for so long. */
const CHANGED_SHARE = 0.02;
const QUIET_MS = 10_000;

/** Keeps the worker's keyword index up to the papers, and on disk where it is large. */
export function createIndexing(
  ranker: Ranker,
  library: Library,
  store: Promise<Store>,
  notices: Notices,
): Indexing {
  const [state, setState] = createSignal<{ count: number; papers: readonly Paper[] }>({
    count: 0,
    papers: [],
  });
  let known: ReadonlyMap<string, Paper> = new Map();
  let queue = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Papers changed since the index was kept. */
  let unkept = 0;
  let begun = false;

  /** Before the first papers come, so that they find their words there. Gives how many do. */
  const loadKept = async (papers: readonly Paper[]): Promise<number> => {
    const opened = await store;
    const kept = opened.keepsDerived && (await opened.wordIndex<Omit<KeptIndex, 'pages'>>());
    if (!kept) return 0;
    const ids = papers.map(({ id }) => id);
    return (await ranker.loadIndex({ ...kept.head, pages: kept.pages }, ids)) ?? 0;
  };

  const keep = async () => {
    const opened = await store;
    // In memory it would only be there twice.
    const index = opened.keepsDerived && (await ranker.keptIndex());
    if (!index) return;
    const { pages, ...head } = index;
    await opened.putWordIndex(head, pages);
    unkept = 0;
  };

  const keepSoon = (papers: number) => {
    clearTimeout(timer);
    if (papers < LEAST_KEPT || unkept < papers * CHANGED_SHARE) return;
    // What fails costs only time at the next visit.
    timer = setTimeout(() => void keep().catch(() => undefined), QUIET_MS);
  };
  onCleanup(() => clearTimeout(timer));

  const bring = async (papers: readonly Paper[]) => {
    // The library keeps a paper that has not changed the same object.
    const changed = papers.filter((paper) => known.get(paper.id) !== paper);
    const now = new Map(papers.map((paper) => [paper.id, paper]));
    const gone = [...known.keys()].filter((id) => !now.has(id));
    const first = !begun && papers.length >= LEAST_KEPT;
    if (papers.length > 0) begun = true;
    const found = first ? await loadKept(papers).catch(() => 0) : 0;
    known = now;
    if (gone.length > 0) await ranker.removePapers(gone);
    for (let at = 0; at < changed.length; at += SLICE) await ranker.putPapers(changed.slice(at, at + SLICE));
    unkept += changed.length + gone.length - found;
    if (changed.length + gone.length > 0) setState(({ count }) => ({ count: count + 1, papers }));
    keepSoon(papers.length);
  };
  createEffect(() => {
    const papers = library.papers();
    queue = queue
      .then(() => bring(papers))
      .catch((error) => notices.fail(error, { text: laterTexts.found.wordsFail(sentenceOf(error)) }));
  });
  return { count: () => state().count, papers: () => state().papers };
}
