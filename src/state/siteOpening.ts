import type { ModelOffer, ModelOrigin } from '../engine/engine.ts';
import { isSameModel } from '../engine/origin.ts';
import { isStop } from './notices.ts';
import { type Offers, offerOfSite } from './offers.ts';

export interface SiteModels {
  /** Small and quick: answers first. */
  readonly quick: ModelOrigin;
  /** Takes over when it has read every paper. */
  readonly best: ModelOrigin;
}

interface Parts {
  readonly siteModels: SiteModels;
  readonly offers: Pick<Offers, 'isHere' | 'wasHere'>;
  /** Whether the reader wants the better one. */
  wanted(): boolean;
  /** Told of the better one where it answered at the last visit and is here: it comes back at once. */
  returns(better: ModelOffer | undefined): void;
  /** @param options.keep whether the next visit is to begin with it. */
  open(offer: ModelOffer, options?: { readonly keep: boolean }): Promise<void>;
}

/**
 * Opens the site's own model: the quick one, which has no runtime to wait for, and the way up from it leads to the better one. Where
 * only the better one is here, that. An older build of it is not put before what the site has.
 */
export function createSiteOpening({ siteModels, offers, wanted, returns, open }: Parts) {
  const { quick, best } = siteModels;
  /** @param last the offer that the last visit ended with. */
  return async (last: ModelOffer | undefined): Promise<void> => {
    const isBest = last && isSameModel(last.origin, best) && (await offers.isHere(last));
    const better = isBest && wanted() ? last : undefined;
    returns(better);
    let offer: ModelOffer | undefined;
    try {
      offer = await offerOfSite(quick, last);
      // The better one stays what the next visit climbs to at once.
      if (!better || (await offers.wasHere(offer))) return await open(offer, { keep: !better });
    } catch (error) {
      // Without a network, say: the better one is better than none.
      if (!isBest || isStop(error)) throw error;
    }
    try {
      const now = await offerOfSite(best, last);
      if (!offer || now.contract.id === last?.contract.id) return await open(now);
    } catch (error) {
      if (!offer || isStop(error)) throw error;
    }
    // The climb from it tells what is wrong with the better one.
    await open(offer);
  };
}
