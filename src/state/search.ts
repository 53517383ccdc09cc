import { type Accessor, createEffect, createSignal, on, untrack } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import type { Ranking } from '../ranking/hit.ts';
import type { Meaning } from './meaning.ts';
import { isStop, type Notices } from './notices.ts';

export interface Search {
  /** The newest ranking; undefined without a query. */
  readonly ranking: Accessor<Ranking | undefined>;
  /** The vector of the query that `ranking` answers, once meaning has joined. */
  readonly queryVector: Accessor<Float32Array | undefined>;
  /** A newer ranking is being made. */
  readonly pending: Accessor<boolean>;
}

interface Answer {
  readonly ranking: Ranking;
  /** Of its query, and the model that made it; absent where words alone answered. */
  readonly vector?: Float32Array;
  readonly model?: string | undefined;
}

/**
 * How long a page that already searches by meaning waits for it before it shows
 * words alone, milliseconds: below this two orders in a row are only a flicker.
 */
const MEANING_GRACE = 80;

/** Hits asked for besides the relevant ones, so that an open paper below the line can still say its ranks. */
const LIMIT = 500;

/**
 * Search climbs: words at once, meaning in place when it is there.
 * The newest query wins; an older answer that arrives late is dropped.
 */
export function createSearch(
  query: Accessor<string>,
  ranker: Ranker,
  indexed: Accessor<number>,
  meaning: Meaning,
  notices: Notices,
): Search {
  // One signal: an order is never explained with the vector of another query.
  const [answer, setAnswer] = createSignal<Answer>();
  const ranking = () => answer()?.ranking;
  const [pending, setPending] = createSignal(false);
  let newest = new AbortController();

  const run = async (text: string, byMeaning: boolean, signal: AbortSignal) => {
    const words = ranker.search({ text, limit: LIMIT });
    if (!byMeaning) {
      const found = await words;
      if (!signal.aborted) setAnswer({ ranking: found });
      return;
    }
    // The same question asked again, since papers have arrived: the better order stays until the new one is here.
    const shown = untrack(ranking);
    let joined = shown?.query === text && shown.mode !== 'keyword';
    const showWords = words.then(async (found) => {
      await new Promise((resolve) => setTimeout(resolve, MEANING_GRACE));
      if (!joined && !signal.aborted) setAnswer({ ranking: found });
    });
    showWords.catch(() => undefined);
    const model = meaning.modelId();
    const vector = await meaning.embedQuery(text.trim(), signal);
    // The ranker keeps the array that it is sent; the page explains with its own.
    const both = await ranker.search({ text, vector: vector.slice(), limit: LIMIT });
    joined = true;
    if (!signal.aborted) setAnswer({ ranking: both, vector, model });
  };

  createEffect(
    on([query, indexed, meaning.ready, meaning.version], ([text, known, byMeaning]) => {
      newest.abort();
      newest = new AbortController();
      const { signal } = newest;
      // A space at the end says that the last word is whole.
      const wanted = text.trimStart();
      if (!wanted) {
        setAnswer(undefined);
        setPending(false);
        return;
      }
      setPending(true);
      // The worker knows no paper yet: that none fits would be true, and wrong a moment later.
      if (known === 0) return;
      run(wanted, byMeaning, signal)
        .catch((error) => {
          if (!isStop(error) && !signal.aborted) notices.fail(error);
        })
        .finally(() => {
          if (!signal.aborted) setPending(false);
        });
    }),
  );

  return {
    ranking,
    queryVector() {
      const { vector, model } = answer() ?? {};
      // Between two models the vector is of the old one and sentences would be of the new.
      return meaning.contract() && model === meaning.modelId() ? vector : undefined;
    },
    pending,
  };
}
