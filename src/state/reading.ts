import { type Accessor, batch, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';
import type { ModelContract } from '../engine/contract.ts';
import type { Engine } from '../engine/engine.ts';
import type { Ranker } from '../engine/ranker.ts';
import type { Paper } from '../paper/paper.ts';
import type { Store } from '../store/store.ts';
import { createMatrix, type Matrix } from '../vector/matrix.ts';
import { isForNetwork, isStop, type Notices, sentenceOf } from './notices.ts';
import type { FindSiteVectors } from './siteVectors.ts';
import { compareWithKept, type Kept, readInTurn, type Unread } from './unread.ts';

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
  /** `again`: a network that comes back may mend it; `reload`: nothing else than a reload. */
  | {
      readonly phase: 'failed';
      readonly sentence: string;
      readonly again: boolean;
      readonly reload?: boolean;
    };

/** Papers read for their meaning: from text to vectors on disk and in the ranker. */
export interface Reading {
  /** Papers of which every one has its vector; undefined while some are read, or when reading was stopped. */
  readonly complete: Accessor<readonly Paper[] | undefined>;
  /** Grows when the ranker has got vectors that it did not have. */
  readonly version: Accessor<number>;
  /** The paper's text was longer than the model reads. */
  wasCut(id: string): boolean;
  /** Brings the ranker's vectors up to the papers as they are. The newest call wins. */
  sync(): Promise<void>;
  stop(): void;
  /**
   * Puts another model in the place of the one that answers, with what is kept of its vectors; until then the old
   * one answers. What it has not read waits for `sync`.
   * @param takeOver makes `engine` the other model's; where it throws all stays as it was.
   */
  replace(model: ModelContract, background: Matrix | null, takeOver: () => void): Promise<void>;
}

interface Parts {
  readonly store: Promise<Store>;
  /** The one in use: another model may bring another engine. */
  readonly engine: () => Engine | undefined;
  readonly ranker: Ranker;
  readonly notices: Notices;
  /** Papers that the ranker knows: it passes over vectors of others. */
  readonly papers: Accessor<readonly Paper[]>;
  /** Vectors that come with the site. */
  readonly siteVectors?: FindSiteVectors | undefined;
  setStatus(status: MeaningStatus): void;
  /** Told how many papers have been read more. */
  onRead(papers: number): void;
}

/** Vectors of papers that are gone are deleted when there are so many, and so large a share: the rest is rewritten. */
const STALE_LEAST = 256;
const STALE_SHARE = 0.25;

export function createReading(parts: Parts): Reading {
  const { store, engine, ranker, notices, papers, setStatus, onRead } = parts;
  const [version, setVersion] = createSignal(0);
  const [complete, setComplete] = createSignal<readonly Paper[]>();
  const [cut, setCut] = createSignal<ReadonlySet<string>>(new Set());
  let running: AbortController | undefined;
  let lastStep = { done: 0, total: 0 };
  /** What `replace` has found unread, for the `sync` that follows: a large library is not compared twice. */
  let found:
    | { readonly model: string; readonly papers: readonly Paper[]; readonly unread: readonly Unread[] }
    | undefined;

  const setVectors = async (ids: readonly string[], matrix: Matrix) => {
    await ranker.setVectors(ids, matrix);
    setVersion((n) => n + 1);
  };

  /** Vectors kept on disk whose text is still the same go to the ranker; what is missing is returned. */
  const loadKept = async (model: ModelContract, list: readonly Paper[], signal: AbortSignal) => {
    const kept = compareWithKept(list, await (await store).vectors(model.id));
    signal.throwIfAborted();
    setCut(kept.cut);
    forgetStale(model, list, kept);
    if (kept.matrix) await setVectors(kept.ids, kept.matrix);
    return kept.unread;
  };

  const forgetStale = async (model: ModelContract, list: readonly Paper[], { stale, count }: Kept) => {
    if (list.length === 0 || stale.length < STALE_LEAST || stale.length <= count * STALE_SHARE) return;
    // Not waited for, and no harm when it fails: they only take room.
    await (await store).deleteVectors(model.id, stale).catch(() => undefined);
  };

  const addCut = (ids: Iterable<string>) => setCut((set) => new Set([...set, ...ids]));
  const embedMissing = async (asked: Engine, missing: readonly Paper[], signal: AbortSignal) =>
    readInTurn(await store, asked, missing, {
      signal,
      onKept: async (kept) => {
        addCut(kept.cut);
        if (kept.matrix) await setVectors(kept.ids, kept.matrix);
      },
      onProgress: (progress) => {
        if (signal.aborted) return;
        lastStep = { done: progress.done, total: progress.total };
        setStatus({ phase: 'embedding', ...progress });
      },
      onUnkept: (error) => notices.fail(error),
      siteVectors: parts.siteVectors,
      onBatch: async (entries, vectors, taken) => {
        if (!taken) onRead(entries.length);
        const longIds = entries.filter((entry) => entry.cut).map((entry) => entry.id);
        if (longIds.length > 0) addCut(longIds);
        if (signal.aborted) return;
        const ids = entries.map((entry) => entry.id);
        await setVectors(ids, createMatrix(vectors, vectors.length / ids.length));
      },
    });

  const sync = async () => {
    const list = untrack(papers);
    // Of the engine, not of the signal: between two models the engine knows first.
    const asked = engine();
    const model = asked?.contract();
    if (!asked || !model) return;
    running?.abort();
    const mine = new AbortController();
    running = mine;
    try {
      const fresh = found?.model === model.id && found.papers === list ? found.unread : undefined;
      found = undefined;
      const missing = fresh ?? (await loadKept(model, list, mine.signal));
      if (missing.length > 0) {
        setComplete(undefined);
        lastStep = { done: 0, total: missing.length };
        const unread = new Set(missing.map(({ id }) => id));
        await embedMissing(
          asked,
          list.filter(({ id }) => unread.has(id)),
          mine.signal,
        );
      }
      if (mine.signal.aborted) return;
      setStatus({ phase: 'on' });
      setComplete(list);
    } catch (error) {
      if (isStop(error) || mine.signal.aborted) return;
      setStatus({ phase: 'failed', sentence: sentenceOf(error), again: isForNetwork(error) });
    }
  };

  createEffect(on(papers, () => void sync()));
  onCleanup(() => running?.abort());

  return {
    complete,
    version,
    wasCut: (id) => cut().has(id),
    sync,
    stop() {
      running?.abort();
      setStatus({ phase: 'stopped', ...lastStep });
    },
    async replace(model, background, takeOver) {
      const list = untrack(papers);
      const kept = compareWithKept(list, await (await store).vectors(model.id));
      // In one turn: no question is asked of one model and answered with the vectors of the other.
      batch(() => {
        takeOver();
        running?.abort();
        setComplete(undefined);
      });
      setCut(kept.cut);
      forgetStale(model, list, kept);
      await ranker.replaceVectors(kept.ids, kept.matrix, background);
      found = { model: model.id, papers: list, unread: kept.unread };
      setVersion((n) => n + 1);
    },
  };
}
