import { type Collection, createCollection, type Groups } from '../ranking/collection.ts';
import type { Twins } from '../ranking/duplicates.ts';
import type { Group } from '../ranking/grouping.ts';
import type { LayoutRequest, Places } from '../ranking/places.ts';
import { transfer } from './call.ts';
import { breathe } from './turns.ts';

/** The functions that the ranking worker serves: the collection's, where slow ones let others in. */
export type RankingTable = Omit<Collection, 'cluster' | 'clusterSteps' | 'twinSteps' | 'layoutSteps'> & {
  /**
   * Groups of the papers that have vectors; a search is answered between its steps.
   * @param onProgress told the share done, 0 to 1.
   * @param before groups that there were, which go on where they can.
   */
  cluster(
    seed: number,
    onProgress?: (share: number) => void,
    signal?: AbortSignal,
    before?: readonly Group[],
  ): Promise<Groups>;
  /** Papers that tell of one work; a search is answered between its steps. */
  twins(): Promise<Twins>;
  /** The papers that have vectors as points; as `cluster` of them that there are at the first step. */
  layout(request: LayoutRequest, onProgress?: (share: number) => void, signal?: AbortSignal): Promise<Places>;
};

export function createRankingTable(): RankingTable {
  const { clusterSteps, twinSteps, layoutSteps, ...collection } = createCollection();
  let removals = 0;
  return {
    ...collection,
    setPapers(papers) {
      removals++;
      collection.setPapers(papers);
    },
    removePapers(ids) {
      removals++;
      collection.removePapers(ids);
    },
    async twins() {
      const steps = twinSteps();
      for (;;) {
        const step = steps.next();
        if (step.done) return step.value;
        await breathe();
      }
    },
    async cluster(seed, onProgress, signal, before) {
      let seen = removals;
      let steps = clusterSteps(seed, before);
      for (;;) {
        // A group may not name papers that are gone: it is found again among those that are left.
        if (seen !== removals) {
          seen = removals;
          steps = clusterSteps(seed, before);
        }
        const step = steps.next();
        if (step.done) return step.value;
        onProgress?.(step.value);
        await breathe();
        signal?.throwIfAborted();
      }
    },
    project: (seed) => moved(collection.project(seed)),
    async layout(request, onProgress, signal) {
      const steps = layoutSteps(request);
      for (;;) {
        const step = steps.next();
        if (step.done) return moved(step.value);
        onProgress?.(step.value);
        await breathe();
        signal?.throwIfAborted();
      }
    },
  };
}

const moved = (places: Places): Places => transfer(places, [places.positions.buffer as ArrayBuffer]);
