import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import type { Hit } from '../ranking/hit.ts';
import type { Address } from './address.ts';
import type { Meaning } from './meaning.ts';

interface Parts {
  readonly address: Accessor<Address>;
  readonly ranker: Pick<Ranker, 'similar'>;
  readonly indexed: Accessor<number>;
  readonly meaning: Pick<Meaning, 'version'>;
}

/** Most papers that "similar" lists: further ones are not similar. */
const SIMILAR_LIMIT = 50;

/** Papers near the one whose place is open, nearest first. */
export function createSimilar({ address, ranker, indexed, meaning }: Parts): Accessor<readonly Hit[]> {
  const [hits, setHits] = createSignal<readonly Hit[]>([]);
  const id = createMemo(() => {
    const { place } = address();
    return place.kind === 'similar' ? place.id : undefined;
  });
  createEffect(
    on([id, indexed, meaning.version], async ([wanted]) => {
      // A ranker that is gone has been told of already.
      const list = wanted ? await ranker.similar([wanted], SIMILAR_LIMIT).catch(() => []) : [];
      if (id() === wanted) setHits(list);
    }),
  );
  return hits;
}
