/** A large library in the real store and the real workers, without the site around them; driven by library.ts. */
import { createEngine, describeModel, type Engine } from '../../../src/engine/engine.ts';
import { createRanker, type Ranker } from '../../../src/engine/ranker.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { contentKey, embeddedText } from '../../../src/paper/text.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { createMatrix } from '../../../src/vector/matrix.ts';

/** As the site sends them. */
const SLICE = 500;

let store: Store | undefined;
let ranker: Ranker | undefined;
let engine: Engine | undefined;
let papers: readonly Paper[] = [];

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const library = {
  /** Everything that has to be there before the clock runs. */
  async open(model: string, list: Paper[]): Promise<void> {
    papers = list;
    store = await openStore();
    ranker = createRanker();
    engine = createEngine({ cache: { get: async () => undefined, put: async () => {} } });
    const base = new URL(`models/${model}/`, document.baseURI).href;
    await engine.open(await describeModel({ kind: 'site', base }), { device: 'wasm' });
    await ranker.setBackground(await engine.background());
  },

  /** Into IndexedDB, until the transaction is over. */
  add: () => time(async () => await store?.addPapers(papers)),

  /** The words, in the ranking worker. */
  index: () =>
    time(async () => {
      for (let at = 0; at < papers.length; at += SLICE) await ranker?.putPapers(papers.slice(at, at + SLICE));
    }),

  /** Embeds, keeps and ranks batch by batch, as the site does; ends after the limit with what is done. */
  async embed(limit: number): Promise<{ milliseconds: number; done: number }> {
    const contract = engine?.contract();
    if (!engine || !contract) throw new Error('no model is open');
    const texts = papers.map(embeddedText);
    const columns = contract.dimensions;
    const signal = AbortSignal.timeout(limit);
    let done = 0;
    const start = performance.now();
    const work = engine.embed(texts, {
      signal,
      async onBatch({ indices, vectors, cut }) {
        const entries = indices.map((at, row) => ({
          id: papers[at]?.id ?? '',
          key: contentKey(texts[at] ?? ''),
          vector: vectors.slice(row * columns, (row + 1) * columns),
          cut: cut[row] === true,
        }));
        await store?.putVectors(contract.id, columns, entries);
        await ranker?.setVectors(
          entries.map(({ id }) => id),
          createMatrix(vectors, columns),
        );
        done += indices.length;
      },
    });
    await work.catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    return { milliseconds: performance.now() - start, done };
  },

  /** Milliseconds of each query, from the page and back. */
  async search(queries: string[], mode: 'keyword' | 'hybrid') {
    const times: number[] = [];
    const modes = new Set<string | undefined>();
    for (const text of queries) {
      times.push(
        await time(async () => {
          const vector = mode === 'hybrid' ? await engine?.embedQuery(text) : undefined;
          modes.add((await ranker?.search({ text, vector }))?.mode);
        }),
      );
    }
    return { times, modes: [...modes] };
  },
};

export type LibraryPage = typeof library;
Object.assign(globalThis, { library });
