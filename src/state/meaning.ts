import { type Accessor, batch, createEffect, createMemo, createSignal, onCleanup, untrack } from 'solid-js';
import type { ModelContract } from '../engine/contract.ts';
import type { Device, DeviceChoice, ModelOffer, ModelOrigin } from '../engine/engine.ts';
import { isSameModel, parseModelAddress } from '../engine/origin.ts';
import type { Ranker } from '../engine/ranker.ts';
import type { Paper } from '../paper/paper.ts';
import type { Store } from '../store/store.ts';
import { laterTexts } from '../texts/later.ts';
import type { Matrix } from '../vector/matrix.ts';
import { type Climb, type ClimbStatus, createClimb, savesData } from './climb.ts';
import { engineIsMissing, loadEngine } from './loadEngine.ts';
import { createModelInUse, type UseOptions } from './modelInUse.ts';
import { isForNetwork, isStop, type Notices, sentenceOf } from './notices.ts';
import { createOffers, describe, offerOfSite } from './offers.ts';
import type { MeaningStatus, Reading } from './reading.ts';
import { createSiteOpening, type SiteModels } from './siteOpening.ts';
import type { FindSiteVectors } from './siteVectors.ts';

export type { ClimbStatus, DeviceChoice, MeaningStatus, ModelOffer, ModelOrigin };
export { parseModelAddress };

/** Search by meaning: a model, and the papers as it reads them. */
export interface Meaning extends Omit<Reading, 'sync' | 'replace'> {
  readonly status: Accessor<MeaningStatus>;
  readonly contract: Accessor<ModelContract | undefined>;
  readonly device: Accessor<Device | undefined>;
  /** False when the model's files did not fit on this device: the next start needs them again. */
  readonly filesKept: Accessor<boolean>;
  /** Texts read since the page was opened, those that two models read twice: for the curious and for tests. */
  readonly embedded: Accessor<number>;
  /** Id of the model that answers now, for keys of what is remembered; not tracked. */
  modelId(): string | undefined;
  /** True once the model can embed a query. */
  readonly ready: Accessor<boolean>;
  embedQuery(text: string, signal?: AbortSignal): Promise<Float32Array>;
  embedSentences(texts: readonly string[]): Promise<Matrix>;
  resume(): void;
  /** The site's own that the reader wants, for the way back. */
  readonly siteModel: Accessor<ModelOrigin>;
  /** One of the site's own answers. */
  readonly ofSite: Accessor<boolean>;
  /** The way from the site's quick model to its better one; `again` after a stop or a failure. */
  readonly climb: Pick<Climb, 'status' | 'stop'> & { again(): void };
  /** Whether the site's better model is wanted; not at first where the reader saves data. */
  readonly climbs: Accessor<boolean>;
  setClimbs(wanted: boolean): Promise<void>;
  /** False while the site's quick model answers and the better one is still to come. */
  readonly settled: Accessor<boolean>;
  /** Looks at a model without downloading its weights. */
  look(origin: ModelOrigin, signal?: AbortSignal): Promise<ModelOffer>;
  /** Opens a model; the one in use stays until the new one works. */
  use(offer: ModelOffer, options?: UseOptions): Promise<void>;
  useDevice(choice: DeviceChoice): Promise<void>;
  readonly deviceChoice: Accessor<DeviceChoice>;
  start(): Promise<void>;
}

/** What is made of all vectors waits so long for a better model that comes back, milliseconds. */
const PATIENCE = 10_000;

const DEVICE_SETTING = 'device';
const CLIMB_SETTING = 'better-model';
/** The reader has stopped the better one on its way: it waits for them at the next visit too. */
const STOPPED_SETTING = 'better-model-stopped';

interface Parts {
  readonly store: Promise<Store>;
  /** Papers that the ranker knows: it passes over vectors of others. */
  readonly indexedPapers: Accessor<readonly Paper[]>;
  readonly ranker: Ranker;
  readonly notices: Notices;
  /** The site's own models, used unless the reader chose another. */
  readonly siteModels: SiteModels;
  /** Vectors that come with the site. */
  readonly siteVectors?: FindSiteVectors | undefined;
}

export function createMeaning({
  store,
  indexedPapers,
  ranker,
  notices,
  siteModels,
  siteVectors,
}: Parts): Meaning {
  const [status, setStatus] = createSignal<MeaningStatus>({ phase: 'starting' });
  const [deviceChoice, setDeviceChoice] = createSignal<DeviceChoice>('auto');
  const [filesKept, setFilesKept] = createSignal(true);
  const [climbs, setClimbs] = createSignal(!savesData());
  const [embedded, setEmbedded] = createSignal(0);
  /** The site's better model where it answered at the last visit, its files are here, and it is wanted. */
  const [betterHere, setBetterHere] = createSignal<ModelOffer>();
  const onRead = (papers: number) => setEmbedded((n) => n + papers);

  const offers = createOffers(store, notices);
  const models = createModelInUse({
    store,
    ranker,
    notices,
    papers: indexedPapers,
    setStatus,
    deviceChoice,
    onRead,
    siteVectors,
    onUnkept: () => setFilesKept(false),
  });
  const { reading, contract } = models;
  const climb = createClimb({
    store,
    papers: indexedPapers,
    onRead,
    siteVectors,
    async describe(signal) {
      const here = untrack(betterHere);
      const offer = await offerOfSite(siteModels.best, here, signal);
      // The site has another by now, which has read nothing.
      if (offer.contract.id !== here?.contract.id) setBetterHere(undefined);
      return offer;
    },
    prepare: models.prepare,
    async takeOver(prepared, signal) {
      await models.takeOver(prepared, signal);
      await offers.keep(prepared.offer);
    },
  });

  /** Models that are being opened: nothing climbs meanwhile. */
  const [opening, setOpening] = createSignal(0);
  /** @param options.keep false: another is to be the first of the next visit. */
  const open = async (
    offer: ModelOffer,
    { keep = true, ...options }: UseOptions & { readonly keep?: boolean } = {},
  ): Promise<void> => {
    let read: Promise<void> | undefined;
    setOpening((n) => n + 1);
    climb.interrupt();
    try {
      await models.open(offer, options);
      read = reading.sync();
      // Before anything climbs from it: the better one, kept sooner, would be forgotten for it.
      await (keep ? offers.keep(offer) : offers.forgetOlder(offer));
    } finally {
      setOpening((n) => n - 1);
    }
    await read;
  };

  let patience: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(patience));
  const waitFor = (better: ModelOffer | undefined) => {
    clearTimeout(patience);
    setBetterHere(better);
    // It may have much to read first, or wait for another tab that reads.
    if (better) patience = setTimeout(() => setBetterHere(undefined), PATIENCE);
  };
  const openSiteModel = createSiteOpening({
    siteModels,
    offers,
    wanted: () => untrack(climbs),
    returns: waitFor,
    open,
  });

  const openAtStart = async () => {
    // While the store opens; what is wrong with it is told by whoever needs it.
    void loadEngine().catch(() => undefined);
    const kept = await store;
    if (!kept.keepsDerived) setFilesKept(false);
    setDeviceChoice((await kept.setting<DeviceChoice>(DEVICE_SETTING)) ?? 'auto');
    setClimbs((await kept.setting<boolean>(CLIMB_SETTING)) ?? !savesData());
    if (await kept.setting<boolean>(STOPPED_SETTING)) climb.stop();
    const last = await offers.last();
    if (last && last.origin.kind !== 'site') {
      try {
        return await open(last);
      } catch (error) {
        if (isStop(error)) throw error;
        notices.fail(error, { text: laterTexts.status.siteModelInstead(sentenceOf(error)) });
      }
    }
    await openSiteModel(last);
  };

  const start = async () => {
    setStatus({ phase: 'starting' });
    try {
      await openAtStart();
    } catch (error) {
      if (!isStop(error))
        setStatus({
          phase: 'failed',
          sentence: sentenceOf(error),
          again: isForNetwork(error),
          reload: engineIsMissing(),
        });
    }
  };

  const origin = createMemo(() => contract() && models.offer()?.origin);
  const quickAnswers = createMemo(() => isSameModel(origin(), siteModels.quick));
  const gaveUp = createMemo(() => ['stopped', 'failed'].includes(climb.status()?.phase ?? ''));
  const settled = createMemo(() => !climbs() || gaveUp() || !quickAnswers());

  // Up, once the quick one has read everything: sooner the two would only be in each other's way. But what is here has read before.
  const climbIfWanted = () => {
    if (settled() || opening() > 0 || !(betterHere() || reading.complete()?.length)) return;
    if (!untrack(climb.underWay)) void climb.start();
  };
  createEffect(climbIfWanted);

  const keepStopped = async (stopped: boolean) => {
    try {
      await (await store).putSetting(STOPPED_SETTING, stopped);
    } catch (error) {
      notices.fail(error);
    }
  };
  const stopClimb = () => {
    climb.stop();
    void keepStopped(true);
  };

  return {
    status,
    siteModel: () => (climbs() ? siteModels.best : siteModels.quick),
    ofSite: () => origin()?.kind === 'site',
    climb: {
      status: () => (quickAnswers() ? climb.status() : undefined),
      stop: stopClimb,
      again: () => {
        void keepStopped(false);
        batch(() => {
          climb.forget();
          climbIfWanted();
        });
      },
    },
    climbs,
    settled,
    async setClimbs(wanted) {
      void keepStopped(false);
      // Forgotten first: what the wish starts must not be ended by it.
      batch(() => {
        climb.forget();
        setClimbs(wanted);
      });
      // Begun before the model is opened, which takes a while: a reader may leave meanwhile.
      const kept = (await store).putSetting(CLIMB_SETTING, wanted);
      kept.catch(() => undefined);
      const offer = models.offer();
      if (!wanted && offer) {
        if (isSameModel(offer.origin, siteModels.best)) await openSiteModel(offer);
        else if (isSameModel(offer.origin, siteModels.quick)) await offers.keep(offer);
      }
      await kept;
    },
    contract,
    device: models.device,
    deviceChoice,
    filesKept,
    modelId: () => models.offer()?.contract.id,
    // What is made of all vectors would be made of the quick one's first and anew a second later: it waits for those that it was made of before.
    complete: () => (betterHere() && !settled() ? undefined : reading.complete()),
    version: reading.version,
    embedded,
    wasCut: reading.wasCut,
    stop() {
      // The better one that comes back has nothing to read: it is not what is stopped.
      if (untrack(climb.underWay) && !untrack(betterHere)) stopClimb();
      reading.stop();
    },
    resume: () => void reading.sync(),
    ready: () => contract() !== undefined,
    embedQuery: async (text, signal) => models.engine().embedQuery(text, signal),
    embedSentences: async (texts) => models.engine().embedTexts(texts, 'document'),
    look: describe,
    use: open,
    async useDevice(choice) {
      const before = untrack(deviceChoice);
      setDeviceChoice(choice);
      try {
        const offer = models.offer();
        if (offer) await open(offer);
      } catch (error) {
        setDeviceChoice(before);
        throw error;
      }
      await (await store).putSetting(DEVICE_SETTING, choice);
    },
    start,
  };
}
