import { type Accessor, batch, createSignal, onCleanup, untrack } from 'solid-js';
import type { ModelContract } from '../engine/contract.ts';
import type { Device, DeviceChoice, DownloadProgress, Engine, ModelOffer } from '../engine/engine.ts';
import { EngineError } from '../engine/error.ts';
import type { Ranker } from '../engine/ranker.ts';
import type { Paper } from '../paper/paper.ts';
import type { Store } from '../store/store.ts';
import { laterTexts } from '../texts/later.ts';
import { loadEngine } from './loadEngine.ts';
import { createModelCache } from './modelCache.ts';
import type { Notices } from './notices.ts';
import { createReading, type MeaningStatus, type Reading } from './reading.ts';
import type { FindSiteVectors } from './siteVectors.ts';

export interface UseOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** A model that is open in an engine of its own and not in use yet. */
export interface Prepared {
  readonly engine: Engine;
  readonly offer: ModelOffer;
}

/** The model that answers, and how another takes its place. */
export interface ModelInUse {
  readonly contract: Accessor<ModelContract | undefined>;
  readonly device: Accessor<Device | undefined>;
  readonly reading: Reading;
  /** Not tracked. */
  offer(): ModelOffer | undefined;
  /** @throws {EngineError} while no model is open. */
  engine(): Engine;
  /** Opens a model beside the one in use. */
  prepare(offer: ModelOffer, options: UseOptions): Promise<Prepared>;
  /** Puts it to use; an AbortError, and it is closed, when stopped before. */
  takeOver(prepared: Prepared, signal: AbortSignal): Promise<void>;
  /** Opens a model and puts it to use; the one in use stays until the new one works. What it has not read waits for `reading.sync`. */
  open(offer: ModelOffer, options: UseOptions): Promise<void>;
}

interface Parts {
  readonly store: Promise<Store>;
  readonly ranker: Ranker;
  readonly notices: Notices;
  readonly papers: Accessor<readonly Paper[]>;
  readonly deviceChoice: Accessor<DeviceChoice>;
  readonly siteVectors?: FindSiteVectors | undefined;
  setStatus(status: MeaningStatus): void;
  /** Told how many papers have been read more. */
  onRead(papers: number): void;
  /** A model's file could not be kept. */
  onUnkept(): void;
}

export function createModelInUse(parts: Parts): ModelInUse {
  const { store, notices, setStatus } = parts;
  const [contract, setContract] = createSignal<ModelContract>();
  const [device, setDevice] = createSignal<Device>();
  let inUse: Prepared | undefined;

  const cache = createModelCache(store, (error) => {
    parts.onUnkept();
    notices.fail(error);
  });
  const reading = createReading({ ...parts, engine: () => inUse?.engine });
  onCleanup(() => inUse?.engine.close());

  let faultTold = false;
  /** Once a visit, of whichever model: the page on the model says more. */
  const tellFault = (sentence: string) => {
    if (!faultTold) notices.warn(laterTexts.status.deviceReplaced(sentence));
    faultTold = true;
  };

  /** Each has an engine of its own, so that one answers while the next one starts and reads. */
  const prepare = async (offer: ModelOffer, options: UseOptions): Promise<Prepared> => {
    const { createEngine } = await loadEngine();
    const engine = createEngine({
      cache,
      onDevice: (chosen) => {
        if (inUse?.engine === engine) setDevice(chosen);
      },
      onFault: tellFault,
    });
    await engine.open(offer, { device: untrack(parts.deviceChoice), ...options });
    return { engine, offer };
  };

  const putToUse = async (prepared: Prepared, signal?: AbortSignal) => {
    const { contract: model } = prepared.offer;
    try {
      const background = await prepared.engine.background();
      await reading.replace(model, background, () => {
        // The last moment: from here on nothing is waited for.
        signal?.throwIfAborted();
        inUse?.engine.close();
        inUse = prepared;
        batch(() => {
          setContract(model);
          setDevice(prepared.engine.device() ?? undefined);
        });
      });
    } finally {
      if (inUse !== prepared) prepared.engine.close();
    }
  };

  let turn: Promise<unknown> = Promise.resolve();
  /** One at a time, in the order asked for: the reader's choice comes after a slow start, not before it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.catch(() => undefined).then(work);
    turn = done;
    return done;
  };

  return {
    contract,
    device,
    reading,
    offer: () => inUse?.offer,
    engine() {
      if (inUse) return inUse.engine;
      throw new EngineError('closed', laterTexts.status.noModel);
    },
    prepare,
    takeOver: (prepared, signal) =>
      inTurn(async () => {
        await putToUse(prepared, signal);
        void reading.sync();
      }),
    async open(offer, { signal, onProgress }) {
      await inTurn(async () => {
        signal?.throwIfAborted();
        const prepared = await prepare(offer, {
          ...(signal ? { signal } : {}),
          onProgress: (progress) => {
            onProgress?.(progress);
            if (!untrack(contract)) setStatus({ phase: 'downloading', ...progress });
          },
        });
        await putToUse(prepared, signal);
      });
    },
  };
}
