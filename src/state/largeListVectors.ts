import { CorpusError } from '../corpus/corpus.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import type { Store } from '../store/store.ts';
import { texts } from '../texts/texts.ts';
import type { KnownList } from './largeListSession.ts';
import type { Meaning } from './meaning.ts';
import { createModelCache } from './modelCache.ts';

/** Questions as the model of a large list reads them. */
export interface QuestionVectors {
  vectorOf(text: string, signal: AbortSignal): Promise<Float32Array>;
  close(): void;
}

/** The model that answers in the library where it is the list's; else the list's own, opened beside it. */
export function createQuestionVectors(
  { title, model, offer }: KnownList,
  meaning: Meaning,
  store: Promise<Store>,
): QuestionVectors {
  let own: Promise<Engine> | undefined;
  const openOwn = async (): Promise<Engine> => {
    if (!offer) throw new CorpusError(texts.large.otherModel(title, model.name));
    const engine = createEngine({ cache: createModelCache(store, () => undefined) });
    await engine.open(offer, { device: 'wasm' });
    return engine;
  };
  return {
    async vectorOf(text, signal) {
      if (meaning.ready() && meaning.modelId() === model.id) return meaning.embedQuery(text, signal);
      own ??= openOwn().catch((error) => {
        own = undefined;
        throw error;
      });
      return (await own).embedQuery(text, signal);
    },
    close() {
      void own?.then(
        (engine) => engine.close(),
        () => undefined,
      );
      own = undefined;
    },
  };
}
