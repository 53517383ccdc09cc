import type { Engine } from '../engine/engine.ts';
import { createProgress, type EmbedProgress } from '../engine/progress.ts';
import type { Paper } from '../paper/paper.ts';
import { contentKey, embeddedText } from '../paper/text.ts';
import { type Store, type StoredVectors, StoreError, type Turn, type VectorEntry } from '../store/store.ts';
import { createMatrix, isUnitRow, type Matrix } from '../vector/matrix.ts';
import { type FindSiteVectors, takeSiteVectors } from './siteVectors.ts';

/** A paper that a model has not read, or not as it stands now. */
export interface Unread {
  readonly id: string;
  readonly key: string;
  readonly text: string;
}

/** A library beside the vectors that are kept of it. */
export interface Kept {
  /** Papers whose vector is kept and whose text is the same, with the rows of `matrix`. */
  readonly ids: readonly string[];
  /** Unit rows [ids.length, dimensions]; null where there are none. */
  readonly matrix: Matrix | null;
  /** Of them, those longer than the model reads. */
  readonly cut: ReadonlySet<string>;
  readonly unread: readonly Unread[];
  /** Papers that are kept and no longer in the library. */
  readonly stale: readonly string[];
  /** All that are kept, stale ones too. */
  readonly count: number;
}

/** What of a library is read already, and what is not. */
export function compareWithKept(papers: readonly Paper[], kept: StoredVectors): Kept {
  const rowOf = new Map(kept.ids.map((id, index) => [id, index]));
  const rows: number[] = [];
  const ids: string[] = [];
  const cut = new Set<string>();
  const unread: Unread[] = [];
  for (const paper of papers) {
    const text = embeddedText(paper);
    const key = contentKey(text);
    const row = rowOf.get(paper.id);
    // What is not of length 1 was damaged on the disk: it is read again.
    if (row === undefined || kept.keys[row] !== key || !isUnitRow(kept.data, row, kept.columns)) {
      unread.push({ id: paper.id, key, text });
      continue;
    }
    ids.push(paper.id);
    rows.push(row);
    if (kept.cut[row]) cut.add(paper.id);
  }
  const here = new Set(papers.map(({ id }) => id));
  const stale = kept.ids.filter((id) => !here.has(id));
  return {
    ids,
    matrix: rows.length > 0 ? gather(kept, rows) : null,
    cut,
    unread,
    stale,
    count: kept.ids.length,
  };
}

/** Some of the rows, copied, in this order; at least one. */
export function gather({ data, columns }: StoredVectors, rows: readonly number[]): Matrix {
  const gathered = new Float32Array(rows.length * columns);
  rows.forEach((row, index) => {
    gathered.set(data.subarray(row * columns, (row + 1) * columns), index * columns);
  });
  return createMatrix(gathered, columns);
}

export interface ReadOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: EmbedProgress) => void;
  /**
   * Told of each batch when it is kept, or could not be.
   * @param taken it came with the site and was not read here.
   */
  readonly onBatch?: (
    entries: readonly VectorEntry[],
    vectors: Float32Array<ArrayBuffer>,
    taken: boolean,
  ) => unknown;
  /** A batch that could not be kept: a full disk costs the next visit time, not this one its search. */
  readonly onUnkept: (error: unknown) => void;
  /** What comes with the site, which is taken first. */
  readonly siteVectors?: FindSiteVectors | undefined;
}

/** How often what another tab reads is looked at, milliseconds: all that is kept is read for it. */
const FOLLOW_MS = 2_000;

/**
 * Reads what no tab has read. One tab reads for a model; in the others what it keeps comes in meanwhile.
 * @param onKept told of papers that were kept by another tab.
 */
export async function readInTurn(
  store: Store,
  engine: Engine,
  papers: readonly Paper[],
  options: ReadOptions & { readonly onKept?: (kept: Kept) => unknown },
): Promise<void> {
  const model = engine.contract();
  if (!model || papers.length === 0) return;
  let left = papers;
  const takeKept = async (signal: AbortSignal) => {
    const kept = compareWithKept(left, await store.vectors(model.id));
    signal.throwIfAborted();
    const here = new Set(kept.ids);
    left = left.filter(({ id }) => !here.has(id));
    if (here.size > 0) await options.onKept?.(kept);
    return kept.unread;
  };
  let mine = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = createProgress(papers.map(embeddedText), options.onProgress);
  const follow = async () => {
    timer = undefined;
    if (mine) return;
    // What cannot be read now is met again when it is this tab's turn.
    await takeKept(options.signal).catch(() => undefined);
    if (!mine && !options.signal.aborted) tell(papers.length - left.length);
  };
  const stop = store.onVectors((id) => {
    if (id === model.id) timer ??= setTimeout(() => void follow(), FOLLOW_MS);
  });
  try {
    await store.inTurn(model.id, options.signal, async (turn) => {
      mine = true;
      try {
        const unread = await takeKept(turn.signal);
        await readPapers(store, engine, unread, { ...options, signal: turn.signal, turn });
      } finally {
        mine = false;
      }
    });
  } finally {
    stop();
    clearTimeout(timer);
  }
}

/** Reads papers with the engine's model; a batch is kept before the next begins, so that a stop or a kill resumes where it was. */
export async function readPapers(
  store: Store,
  engine: Engine,
  unread: readonly Unread[],
  { signal, onProgress, onBatch, siteVectors, turn, ...options }: ReadOptions & { readonly turn?: Turn },
): Promise<void> {
  const model = engine.contract();
  if (!model || unread.length === 0) return;
  const columns = model.dimensions;
  const onUnkept = (error: unknown) => {
    // Another tab reads on: this one takes what that keeps.
    if (error instanceof StoreError && error.kind === 'replaced') throw error;
    options.onUnkept(error);
  };
  const left = siteVectors
    ? await takeSiteVectors(store, model, unread, siteVectors, {
        signal,
        onProgress,
        onUnkept,
        turn,
        onBatch: (entries, vectors) => onBatch?.(entries, vectors, true),
      })
    : unread;
  if (left.length === 0) return;
  const before = unread.length - left.length;
  await engine.embed(
    left.map(({ text }) => text),
    {
      signal,
      onProgress: (step) => onProgress({ ...step, done: before + step.done, total: unread.length }),
      onBatch: async ({ indices, vectors, cut }) => {
        const entries = indices.map((index, i): VectorEntry => {
          const { id, key } = left[index] as Unread;
          return { id, key, vector: vectors.slice(i * columns, (i + 1) * columns), cut: cut[i] === true };
        });
        await store.putVectors(model.id, columns, entries, turn).catch(onUnkept);
        await onBatch?.(entries, vectors, false);
      },
    },
  );
}
