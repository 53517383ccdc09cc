import type { ModelOffer, ModelOrigin } from '../engine/engine.ts';
import { isSameModel } from '../engine/origin.ts';
import type { Store } from '../store/store.ts';
import { loadEngine } from './loadEngine.ts';
import { keptUnder } from './noteVectors.ts';
import { isStop, type Notices } from './notices.ts';

/** Which model was used last, and what of models lies on this device. */
export interface Offers {
  last(): Promise<ModelOffer | undefined>;
  /** For the next visit. The model works meanwhile, so that a full disk is told and nothing more. */
  keep(offer: ModelOffer): Promise<void>;
  /** Forgets what is kept of the same model as earlier builds of the site had it. */
  forgetOlder(offer: ModelOffer): Promise<void>;
  /** Whether all files of a model lie on this device. */
  isHere(offer: ModelOffer): Promise<boolean>;
  /** The same, or files of it as an earlier build of the site had it: not one that the reader has removed. */
  wasHere(offer: ModelOffer): Promise<boolean>;
}

const OFFER_SETTING = 'model-offer';

export function createOffers(store: Promise<Store>, notices: Notices): Offers {
  /** The site's model under its earlier digests is of no use any more: a new build has another. */
  const forgetOlder = async (offer: ModelOffer) => {
    if (offer.origin.kind !== 'site') return;
    const kept = await store;
    for (const { id: model } of await kept.models()) {
      if (model === offer.contract.id || !isOneModel(model, offer.contract.id)) continue;
      await kept.deleteModel(model);
      await kept.deleteVectors(model);
      await kept.deleteVectors(keptUnder(model));
    }
  };

  return {
    last: async () => (await store).setting<ModelOffer>(OFFER_SETTING),
    async keep(offer) {
      // Picked files cannot be asked for again, and another host is not, before a press: their bytes are here.
      const kept = { kind: 'kept' as const, model: offer.contract.id };
      const origin = offer.origin.kind === 'site' ? offer.origin : kept;
      try {
        await (await store).putSetting(OFFER_SETTING, { ...offer, origin, host: null });
        await forgetOlder(offer);
      } catch (error) {
        notices.fail(error);
      }
    },
    forgetOlder: (offer) => forgetOlder(offer).catch((error) => notices.fail(error)),
    wasHere: async ({ contract: { id } }) =>
      (await (await store).models()).some((model) => isOneModel(model.id, id)),
    async isHere({ contract: { id, files } }) {
      const kept = (await (await store).models()).find((model) => model.id === id);
      return kept?.files.length === files.length;
    },
  };
}

/** Ids that differ in their digests at most. */
const isOneModel = (a: string, b: string) => a.split('#')[0] === b.split('#')[0];

/** What a place offers, without its weights. */
export async function describe(origin: ModelOrigin, signal?: AbortSignal): Promise<ModelOffer> {
  return (await loadEngine()).describeModel(origin, signal);
}

/** A model of the site as it is now, or, without a network, as it was at the last visit. */
export async function offerOfSite(
  origin: ModelOrigin,
  last: ModelOffer | undefined,
  signal?: AbortSignal,
): Promise<ModelOffer> {
  try {
    return await describe(origin, signal);
  } catch (error) {
    if (!isStop(error) && last && isSameModel(last.origin, origin)) return last;
    throw error;
  }
}
