import { type Accessor, batch, createSignal, onCleanup, untrack } from 'solid-js';
import type { DownloadProgress, Engine, ModelOffer } from '../engine/engine.ts';
import type { Paper } from '../paper/paper.ts';
import type { Store } from '../store/store.ts';
import { laterTexts } from '../texts/later.ts';
import type { Prepared } from './modelInUse.ts';
import { isForNetwork, sentenceOf } from './notices.ts';
import type { FindSiteVectors } from './siteVectors.ts';
import { readInTurn } from './unread.ts';

/** How far the better model is, while the quick one answers. */
export type ClimbStatus =
  /** Bytes. */
  | { readonly phase: 'downloading'; readonly name: string; readonly done: number; readonly total: number }
  /** Papers. */
  | {
      readonly phase: 'reading';
      readonly name: string;
      readonly done: number;
      readonly total: number;
      readonly secondsLeft: number;
    }
  | { readonly phase: 'stopped'; readonly name: string }
  /** `again`: a network that comes back may mend it. */
  | { readonly phase: 'failed'; readonly name: string; readonly sentence: string; readonly again: boolean };

/** From the model that answers first to a better one, which takes over when it has read every paper. */
export interface Climb {
  /** Undefined before, and when the better model is in use. */
  readonly status: Accessor<ClimbStatus | undefined>;
  /** True from the start of a climb to its end, however it ends. */
  readonly underWay: Accessor<boolean>;
  /** Never rejects: the model in use stays, and the status tells why. */
  start(): Promise<void>;
  /** By the reader, who is shown the way on. */
  stop(): void;
  /** Ends it without a word, since another model was asked for; a stop by the reader stays one. */
  interrupt(): void;
  /** After a stop or a failure, as if it had never begun. */
  forget(): void;
}

interface Parts {
  readonly store: Promise<Store>;
  readonly papers: Accessor<readonly Paper[]>;
  /** Told how many papers have been read more. */
  onRead(papers: number): void;
  describe(signal: AbortSignal): Promise<ModelOffer>;
  prepare(
    offer: ModelOffer,
    options: { signal: AbortSignal; onProgress: (progress: DownloadProgress) => void },
  ): Promise<Prepared>;
  /** Vectors that come with the site. */
  readonly siteVectors?: FindSiteVectors | undefined;
  /** Puts it to use, or closes it and rejects. */
  takeOver(prepared: Prepared, signal: AbortSignal): Promise<void>;
}

export function createClimb({
  store,
  papers,
  onRead,
  describe,
  prepare,
  takeOver,
  siteVectors,
}: Parts): Climb {
  const [status, setStatus] = createSignal<ClimbStatus>();
  const [running, setRunning] = createSignal<AbortController>();

  /** Papers that arrive while others are read are read too, so that the takeover finds every vector. */
  const readAll = async (engine: Engine, name: string, signal: AbortSignal) => {
    const kept = await store;
    let last: readonly Paper[] | undefined;
    for (let list = untrack(papers); list !== last; list = untrack(papers)) {
      last = list;
      await readInTurn(kept, engine, list, {
        signal,
        onProgress: ({ done, total, secondsLeft }) => {
          if (!signal.aborted) setStatus({ phase: 'reading', name, done, total, secondsLeft });
        },
        onBatch: (entries, _, taken) => taken || onRead(entries.length),
        siteVectors,
        // The takeover would find none: reading goes on with what answers now.
        onUnkept: (error) => {
          throw error;
        },
      });
    }
  };

  let name = laterTexts.status.better.nameless;
  const climb = async (signal: AbortSignal) => {
    let prepared: Prepared | undefined;
    try {
      const offer = await describe(signal);
      name = offer.contract.name;
      prepared = await prepare(offer, {
        signal,
        onProgress: ({ done, total }) => {
          if (!signal.aborted) setStatus({ phase: 'downloading', name, done, total });
        },
      });
      await readAll(prepared.engine, name, signal);
      signal.throwIfAborted();
      const ready = prepared;
      prepared = undefined;
      await takeOver(ready, signal);
      setStatus(undefined);
    } catch (error) {
      prepared?.engine.close();
      if (signal.aborted) return;
      setStatus({ phase: 'failed', name, sentence: sentenceOf(error), again: isForNetwork(error) });
    }
  };

  const end = (status: ClimbStatus | undefined) => {
    untrack(running)?.abort();
    batch(() => {
      setRunning(undefined);
      setStatus(status);
    });
  };
  onCleanup(() => untrack(running)?.abort());

  return {
    status,
    underWay: () => running() !== undefined,
    async start() {
      const mine = new AbortController();
      untrack(running)?.abort();
      // At once: between the two nothing would be under way, and who waits for that would start another.
      batch(() => {
        setRunning(mine);
        setStatus({ phase: 'downloading', name, done: 0, total: 0 });
      });
      await climb(mine.signal);
      if (untrack(running) === mine) setRunning(undefined);
    },
    stop() {
      end({ phase: 'stopped', name });
    },
    interrupt() {
      const now = untrack(status);
      end(now?.phase === 'stopped' ? now : undefined);
    },
    forget: () => end(undefined),
  };
}

/** The reader has asked the browser to spare the connection. */
export function savesData(): boolean {
  const browser = globalThis.navigator as { connection?: { saveData?: boolean } } | undefined;
  return browser?.connection?.saveData === true;
}
