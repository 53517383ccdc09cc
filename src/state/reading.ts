import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';
import type { ModelContract } from '../engine/contract.ts';
import type { Engine } from '../engine/engine.ts';
import type { Ranker } from '../engine/ranker.ts';
import type { Paper } from '../paper/paper.ts';
import { contentKey, embeddedText } from '../paper/text.ts';
import type { Store } from '../store/store.ts';
import { createMatrix } from '../vector/matrix.ts';
import { isStop, type Notices, sentenceOf } from './notices.ts';

/** Where search by meaning stands, for the reader. */
export type MeaningStatus =
  | { readonly phase: 'starting' }
  | { readonly phase: 'downloading'; readonly done: number; readonly total: number }
  | {
      readonly phase: 'embedding';
      readonly done: number;
      readonly total: number;
      readonly perSecond: number;
      readonly secondsLeft: number;
    }
  | { readonly phase: 'on' }
  | { readonly phase: 'stopped'; readonly done: number; readonly total: number }
  | { readonly phase: 'failed'; readonly sentence: string };

/** Papers read for their meaning: from text to vectors on disk and in the ranker. */
export interface Reading {
  /** Papers of which every one has its vector; undefined while some are read, or when reading was stopped. */
  readonly complete: Accessor<readonly Paper[] | undefined>;
  /** Grows when the ranker has got vectors that it did not have. */
  readonly version: Accessor<number>;
  /** Texts embedded since the page was opened, for the curious and for tests. */
  readonly embedded: Accessor<number>;
  /** The paper's text was longer than the model reads. */
  wasCut(id: string): boolean;
  /** Brings the ranker's vectors up to the papers as they are. The newest call wins. */
  sync(): Promise<void>;
  stop(): void;
  /** Ends what runs and forgets all vectors in the ranker: another model comes. */
  clear(): Promise<void>;
}

interface Parts {
  readonly store: Promise<Store>;
  readonly engine: Engine;
  readonly ranker: Ranker;
  readonly notices: Notices;
  /** Papers that the ranker knows: it passes over vectors of others. */
  readonly papers: Accessor<readonly Paper[]>;
  setStatus(status: MeaningStatus): void;
}

/** Vectors of papers that are gone are deleted when there are so many, and so large a share: the rest is rewritten. */
const STALE_LEAST = 256;
const STALE_SHARE = 0.25;

interface Missing {
  readonly id: string;
  readonly key: string;
  readonly text: string;
}

export function createReading({ store, engine, ranker, notices, papers, setStatus }: Parts): Reading {
  const [version, setVersion] = createSignal(0);
  const [embedded, setEmbedded] = createSignal(0);
  const [complete, setComplete] = createSignal<readonly Paper[]>();
  const [cut, setCut] = createSignal<ReadonlySet<string>>(new Set());
  let running: AbortController | undefined;
  let lastStep = { done: 0, total: 0 };

  const setVectors = async (ids: readonly string[], data: Float32Array, columns: number) => {
    await ranker.setVectors(ids, createMatrix(data, columns));
    setVersion((n) => n + 1);
  };

  /** Vectors kept on disk whose text is still the same go to the ranker; what is missing is returned. */
  const loadKept = async (model: ModelContract, list: readonly Paper[], signal: AbortSignal) => {
    const kept = await (await store).vectors(model.id);
    signal.throwIfAborted();
    const row = new Map(kept.ids.map((id, index) => [id, index]));
    const fresh: { id: string; row: number }[] = [];
    const missing: Missing[] = [];
    const long = new Set<string>();
    for (const paper of list) {
      const text = embeddedText(paper);
      const key = contentKey(text);
      const at = row.get(paper.id);
      if (at !== undefined && kept.keys[at] === key) {
        fresh.push({ id: paper.id, row: at });
        if (kept.cut[at]) long.add(paper.id);
      } else missing.push({ id: paper.id, key, text });
    }
    setCut(long);
    const here = new Set(list.map(({ id }) => id));
    const stale = kept.ids.filter((id) => !here.has(id));
    if (list.length > 0 && stale.length >= STALE_LEAST && stale.length > kept.ids.length * STALE_SHARE) {
      // Not waited for, and no harm when it fails: they only take room.
      (await store).deleteVectors(model.id, stale).catch(() => undefined);
    }
    if (fresh.length > 0) {
      const data = new Float32Array(fresh.length * kept.columns);
      fresh.forEach((paper, index) => {
        data.set(
          kept.data.subarray(paper.row * kept.columns, (paper.row + 1) * kept.columns),
          index * kept.columns,
        );
      });
      await setVectors(
        fresh.map((paper) => paper.id),
        data,
        kept.columns,
      );
    }
    return missing;
  };

  /** A batch is kept before the next begins, so that a stop or a kill resumes where it was. */
  const embedMissing = async (model: ModelContract, missing: readonly Missing[], signal: AbortSignal) => {
    const kept = await store;
    const columns = model.dimensions;
    await engine.embed(
      missing.map((paper) => paper.text),
      {
        signal,
        onProgress: (progress) => {
          if (signal.aborted) return;
          lastStep = { done: progress.done, total: progress.total };
          setStatus({ phase: 'embedding', ...progress });
        },
        onBatch: async ({ indices, vectors, cut: long }) => {
          const entries = indices.map((index, i) => {
            const { id, key } = missing[index] as Missing;
            return { id, key, vector: vectors.slice(i * columns, (i + 1) * columns), cut: long[i] === true };
          });
          setEmbedded((n) => n + entries.length);
          const longIds = entries.filter((entry) => entry.cut).map((entry) => entry.id);
          if (longIds.length > 0) setCut((set) => new Set([...set, ...longIds]));
          // A full disk costs the next visit time, not this one its search.
          await kept.putVectors(model.id, columns, entries).catch((error) => notices.warn(sentenceOf(error)));
          if (signal.aborted) return;
          await setVectors(
            entries.map((entry) => entry.id),
            vectors,
            columns,
          );
        },
      },
    );
  };

  const sync = async () => {
    const list = untrack(papers);
    // Of the engine, not of the signal: between two models the engine knows first.
    const model = engine.contract();
    if (!model) return;
    running?.abort();
    const mine = new AbortController();
    running = mine;
    try {
      const missing = await loadKept(model, list, mine.signal);
      if (missing.length > 0) {
        setComplete(undefined);
        lastStep = { done: 0, total: missing.length };
        await embedMissing(model, missing, mine.signal);
      }
      if (mine.signal.aborted) return;
      setStatus({ phase: 'on' });
      setComplete(list);
    } catch (error) {
      if (isStop(error) || mine.signal.aborted) return;
      setStatus({ phase: 'failed', sentence: sentenceOf(error) });
    }
  };

  createEffect(on(papers, () => void sync()));
  onCleanup(() => running?.abort());

  return {
    complete,
    version,
    embedded,
    wasCut: (id) => cut().has(id),
    sync,
    stop() {
      running?.abort();
      setStatus({ phase: 'stopped', ...lastStep });
    },
    async clear() {
      running?.abort();
      setComplete(undefined);
      await ranker.clearVectors();
    },
  };
}
