import { type Accessor, batch, createSignal, onCleanup, untrack } from 'solid-js';
import type { ModelContract } from '../engine/contract.ts';
import {
  createEngine,
  type Device,
  type DeviceChoice,
  type DownloadProgress,
  describeModel,
  type ModelOffer,
  type ModelOrigin,
} from '../engine/engine.ts';
import { parseModelAddress } from '../engine/origin.ts';
import type { Ranker } from '../engine/ranker.ts';
import type { Paper } from '../paper/paper.ts';
import type { Store } from '../store/store.ts';
import type { Matrix } from '../vector/matrix.ts';
import { isStop, type Notices, sentenceOf } from './notices.ts';
import { createReading, type MeaningStatus, type Reading } from './reading.ts';

export type { DeviceChoice, MeaningStatus, ModelOffer, ModelOrigin };
export { parseModelAddress };

/** Search by meaning: a model, and the papers as it reads them. */
export interface Meaning extends Omit<Reading, 'sync' | 'clear'> {
  readonly status: Accessor<MeaningStatus>;
  readonly contract: Accessor<ModelContract | undefined>;
  readonly device: Accessor<Device | undefined>;
  /** False when the model's files did not fit on this device: the next start needs them again. */
  readonly filesKept: Accessor<boolean>;
  /** Id of the model that answers now, for keys of what is remembered; not tracked. */
  modelId(): string | undefined;
  /** True once the model can embed a query. */
  readonly ready: Accessor<boolean>;
  embedQuery(text: string, signal?: AbortSignal): Promise<Float32Array>;
  embedSentences(texts: readonly string[]): Promise<Matrix>;
  resume(): void;
  /** The site's own, for the way back. */
  readonly siteModel: ModelOrigin;
  /** Looks at a model without downloading its weights. */
  look(origin: ModelOrigin, signal?: AbortSignal): Promise<ModelOffer>;
  /** Opens a model; the one in use stays until the new one works. */
  use(offer: ModelOffer, options?: UseOptions): Promise<void>;
  useDevice(choice: DeviceChoice): Promise<void>;
  readonly deviceChoice: Accessor<DeviceChoice>;
  start(): Promise<void>;
}

export interface UseOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

const OFFER_SETTING = 'model-offer';
const DEVICE_SETTING = 'device';

interface Parts {
  readonly store: Promise<Store>;
  /** Papers that the ranker knows: it passes over vectors of others. */
  readonly indexedPapers: Accessor<readonly Paper[]>;
  readonly ranker: Ranker;
  readonly notices: Notices;
  /** The site's own model, used unless the reader chose another. */
  readonly siteModel: ModelOrigin;
}

export function createMeaning({ store, indexedPapers, ranker, notices, siteModel }: Parts): Meaning {
  const [status, setStatus] = createSignal<MeaningStatus>({ phase: 'starting' });
  const [contract, setContract] = createSignal<ModelContract>();
  const [device, setDevice] = createSignal<Device>();
  const [deviceChoice, setDeviceChoice] = createSignal<DeviceChoice>('auto');
  const [filesKept, setFilesKept] = createSignal(true);
  let offerInUse: ModelOffer | undefined;

  const engine = createEngine({
    cache: {
      get: async (model, path) => (await store).modelFile(model, path),
      async put(model, path, bytes) {
        await (await store).putModelFile(model, path, bytes).catch((error) => {
          setFilesKept(false);
          notices.warn(sentenceOf(error));
        });
      },
    },
    onDevice: setDevice,
  });

  const reading = createReading({ store, engine, ranker, notices, papers: indexedPapers, setStatus });

  const openNow = async (offer: ModelOffer, { signal, onProgress }: UseOptions) => {
    const chosen = await engine.open(offer, {
      device: untrack(deviceChoice),
      ...(signal ? { signal } : {}),
      onProgress: (progress) => {
        onProgress?.(progress);
        if (!untrack(contract)) setStatus({ phase: 'downloading', ...progress });
      },
    });
    offerInUse = offer;
    // Vectors of two models are never mixed: the ranker forgets before it learns.
    await reading.clear();
    await ranker.setBackground(await engine.background());
    batch(() => {
      setContract(offer.contract);
      setDevice(chosen);
    });
    await reading.sync();
  };
  let opening: Promise<unknown> = Promise.resolve();
  /** One at a time, in the order asked for: the reader's choice comes after a slow start, not before it. */
  const open = (offer: ModelOffer, options: UseOptions = {}): Promise<void> => {
    const opened = opening
      .catch(() => undefined)
      .then(() => {
        options.signal?.throwIfAborted();
        return openNow(offer, options);
      });
    opening = opened;
    return opened;
  };

  /** For the next visit. The model works meanwhile, so that a full disk is told and nothing more. */
  const keepOffer = async (offer: ModelOffer) => {
    // Picked files cannot be asked for again, and another host is not, before a press: their bytes are here.
    const kept = { kind: 'kept' as const, model: offer.contract.id };
    const origin = offer.origin.kind === 'site' ? offer.origin : kept;
    try {
      await (await store).putSetting(OFFER_SETTING, { ...offer, origin, host: null });
      await forgetOlder(offer);
    } catch (error) {
      notices.warn(sentenceOf(error));
    }
  };

  /** The site's model under its earlier digests is of no use any more: a new build has another. */
  const forgetOlder = async (offer: ModelOffer) => {
    if (offer.origin.kind !== 'site') return;
    const kept = await store;
    const name = `${offer.contract.id.split('#')[0]}#`;
    for (const { id: model } of await kept.models()) {
      if (model === offer.contract.id || !model.startsWith(name)) continue;
      await kept.deleteModel(model);
      await kept.deleteVectors(model);
    }
  };

  /** The site's model as it is now, or, without a network, as it was at the last visit. */
  const offerOfSite = async (last: ModelOffer | undefined): Promise<ModelOffer> => {
    try {
      return await describeModel(siteModel);
    } catch (error) {
      if (last?.origin.kind === 'site') return last;
      throw error;
    }
  };

  const openAtStart = async () => {
    const kept = await store;
    if (!kept.keepsDerived) setFilesKept(false);
    setDeviceChoice((await kept.setting<DeviceChoice>(DEVICE_SETTING)) ?? 'auto');
    const last = await kept.setting<ModelOffer>(OFFER_SETTING);
    if (last && last.origin.kind !== 'site') {
      try {
        return await open(last);
      } catch (error) {
        if (isStop(error)) throw error;
        notices.warn(
          `${sentenceOf(error)} The site’s own model is used; choose yours again on the Model page.`,
        );
      }
    }
    const offer = await offerOfSite(last);
    await open(offer);
    await keepOffer(offer);
  };

  const start = async () => {
    setStatus({ phase: 'starting' });
    try {
      await openAtStart();
    } catch (error) {
      if (!isStop(error)) setStatus({ phase: 'failed', sentence: sentenceOf(error) });
    }
  };

  onCleanup(() => engine.close());

  return {
    status,
    siteModel,
    contract,
    device,
    deviceChoice,
    filesKept,
    modelId: () => engine.contract()?.id,
    complete: reading.complete,
    version: reading.version,
    embedded: reading.embedded,
    wasCut: reading.wasCut,
    stop: reading.stop,
    resume: () => void reading.sync(),
    ready: () => contract() !== undefined,
    embedQuery: (text, signal) => engine.embedQuery(text, signal),
    embedSentences: (texts) => engine.embedTexts(texts, 'document'),
    look: (origin, signal) => describeModel(origin, signal),
    async use(offer, options) {
      await open(offer, options);
      await keepOffer(offer);
    },
    async useDevice(choice) {
      const before = untrack(deviceChoice);
      setDeviceChoice(choice);
      try {
        if (offerInUse) await open(offerInUse);
      } catch (error) {
        setDeviceChoice(before);
        throw error;
      }
      await (await store).putSetting(DEVICE_SETTING, choice);
    },
    start,
  };
}
