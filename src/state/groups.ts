import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import { contentKey } from '../paper/text.ts';
import type { Group } from '../ranking/collection.ts';
import type { Store } from '../store/store.ts';
import type { Meaning } from './meaning.ts';
import { isStop, type Notices, sentenceOf } from './notices.ts';

export interface Groups {
  readonly list: Accessor<readonly Group[]>;
  byId(id: string): Group | undefined;
  of(paperId: string): Group | undefined;
}

/** One seed for everybody, so that two readers of one list see the same groups. */
const SEED = 47;
/** Below this many papers groups say nothing that the list does not. */
const FEWEST_PAPERS = 8;
/** How long the first groups wait for the better model, milliseconds: they would be named anew when it comes. */
const PATIENCE = 10_000;

/**
 * Groups found in the papers; made once all have vectors, kept until papers or model change.
 * @param openGroup id of the one that the reader is in: it is not taken away under the reader's eyes.
 */
export function createGroups(
  store: Promise<Store>,
  ranker: Ranker,
  meaning: Meaning,
  notices: Notices,
  openGroup: Accessor<string | undefined>,
): Groups {
  const [list, setList] = createSignal<readonly Group[]>([]);
  /** The newest, which wait until the reader has left a group that is not among them. */
  const [newest, setNewest] = createSignal<readonly Group[]>([]);
  createEffect(() => {
    const [found, open] = [newest(), openGroup()];
    const has = (groups: readonly Group[]) => groups.some(({ id }) => id === open);
    if (untrack(list) === found || (has(untrack(list)) && !has(found))) return;
    setList(found);
  });
  const groupOf = createMemo(
    () => new Map(list().flatMap((group) => group.paperIds.map((id) => [id, group] as const))),
  );

  let running: AbortController | undefined;
  const make = async (key: string, signal: AbortSignal) => {
    const kept = await store;
    const before = await kept.clustering<readonly Group[]>(key);
    if (signal.aborted) return;
    const found = before ?? (await ranker.cluster(SEED, undefined, signal)).groups;
    if (signal.aborted) return;
    setNewest(found);
    if (!before) await kept.putClustering(key, found);
  };

  const [patient, setPatient] = createSignal(true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  createEffect(
    on([meaning.complete, meaning.settled, patient], ([papers, settled, waits]) => {
      // Other papers or another model: what is being found of the old would be kept under their name.
      running?.abort();
      const model = meaning.modelId();
      if (!papers || !model) return;
      if (papers.length < FEWEST_PAPERS) {
        setNewest([]);
        return;
      }
      if (!settled && waits && untrack(list).length === 0) {
        timer ??= setTimeout(() => setPatient(false), PATIENCE);
        return;
      }
      const texts = papers.map((paper) => paper.id + paper.title + paper.abstract).sort();
      running = new AbortController();
      make(`${model} ${SEED} ${contentKey(texts.join('\n'))}`, running.signal).catch((error) => {
        if (!isStop(error)) notices.warn(`The groups could not be made or kept. ${sentenceOf(error)}`);
      });
    }),
  );

  return {
    list,
    byId: (id) => list().find((group) => group.id === id),
    of: (paperId) => groupOf().get(paperId),
  };
}
