import { CorpusError } from '../corpus/corpus.ts';
import { createEngine, describeModel, type Engine, type ModelOffer } from '../engine/engine.ts';
import { EngineError } from '../engine/error.ts';
import { laterTexts } from '../texts/later.ts';
import type { KnownList, LargeListParts } from './largeListSession.ts';
import { createModelCache } from './modelCache.ts';
import { createOffers } from './offers.ts';
import type { SiteModels } from './siteOpening.ts';

/** Questions as the model of a large list reads them. */
export interface QuestionVectors {
  vectorOf(text: string, signal: AbortSignal): Promise<Float32Array>;
  /** After what no other question would change: the reader asks for another try. */
  retry(): void;
  close(): void;
}

type Parts = Pick<LargeListParts, 'meaning' | 'store' | 'siteModels' | 'notices'>;

/** The model that answers in the library where it is the list's; else the list's own, opened beside it. */
export function createQuestionVectors(
  { title, model, offer }: KnownList,
  { meaning, store, siteModels, notices }: Parts,
): QuestionVectors {
  let own: Promise<Engine> | undefined;
  /** It has failed, and is not tried again by itself. */
  let refused = false;
  /** The site's model as it is now; as it was at an earlier visit only where its files are here. */
  const offerNow = async (): Promise<ModelOffer> => {
    const now = await lookForOffer(siteModels, model.id);
    if (now.offer) return now.offer;
    if (offer && (await createOffers(store, notices).isHere(offer))) return offer;
    throw now.problem ?? new CorpusError(laterTexts.large.otherModel(title, model.name));
  };
  const openOwn = async (): Promise<Engine> => {
    const found = await offerNow();
    const engine = createEngine({ cache: createModelCache(store, () => undefined) });
    try {
      await engine.open(found, { device: 'wasm' });
    } catch (error) {
      engine.close();
      throw error;
    }
    return engine;
  };
  const close = () => {
    void own?.then(
      (engine) => engine.close(),
      () => undefined,
    );
    own = undefined;
  };
  return {
    async vectorOf(text, signal) {
      if (meaning.ready() && meaning.modelId() === model.id) return meaning.embedQuery(text, signal);
      own ??= openOwn();
      const mine = own;
      const engine = await mine.catch((error) => {
        // Of what will not be otherwise, megabytes are not fetched again at each question.
        if (own === mine && isForGood(error)) refused = true;
        else if (own === mine) own = undefined;
        throw error;
      });
      return engine.embedQuery(text, signal);
    },
    retry() {
      if (refused) own = undefined;
      refused = false;
    },
    close,
  };
}

function isForGood(error: unknown): boolean {
  return error instanceof CorpusError || (error instanceof EngineError && error.code === 'checksum');
}

/** The one of the site's models that has this id; where there is none, what kept one of them from being looked at. */
export async function lookForOffer(
  { quick, best }: SiteModels,
  id: string,
): Promise<{ offer?: ModelOffer; problem?: unknown }> {
  let problem: unknown;
  for (const origin of [quick, best]) {
    try {
      const offer = await describeModel(origin);
      if (offer.contract.id === id) return { offer };
    } catch (error) {
      problem = error;
    }
  }
  return problem === undefined ? {} : { problem };
}
