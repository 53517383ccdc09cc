import { type Collection, createCollection } from '../ranking/collection.ts';
import type { Twins } from '../ranking/duplicates.ts';
import type { Group, Groups } from '../ranking/grouping.ts';
import type { RankedColumns } from '../ranking/hit.ts';
import type { LayoutRequest, Places } from '../ranking/places.ts';
import type { SearchRequest } from '../ranking/search.ts';
import { buffersOf, type TopicColumns } from '../ranking/topicColumns.ts';
import type { TopicQuery } from '../ranking/topics.ts';
import { transfer } from './call.ts';
import { breathe } from './turns.ts';

/** Slices of papers come closer to each other. */
const QUIET_MS = 200;

type InSteps = 'cluster' | 'clusterSteps' | 'twinSteps' | 'projectSteps' | 'layoutSteps' | 'packSteps';

/** A ranking as it crosses. */
export type SentRanking = Sent<RankedColumns>;

/** Columns that speak of papers by their places: they are moved, and ids are sent once for each order of the library. */
export interface Sent<T> {
  readonly columns: T;
  readonly version: number;
  /** In the library's order; absent where the asking side has them. */
  readonly ids?: readonly string[];
}

/** The functions that the ranking worker serves: the collection's, where slow ones let others in. */
export type RankingTable = Omit<
  Collection,
  InSteps | 'search' | 'searchColumns' | 'scoreTopics' | 'scoreTopicColumns' | 'ids'
> & {
  /** @param known the version of the library's order that the asking side has. */
  search(request: SearchRequest, known?: number): SentRanking;
  scoreTopics(topics: readonly TopicQuery[], known?: number): Promise<Sent<TopicColumns[]>>;
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
  /** The papers that have vectors as points, quickly and roughly; a search is answered between its steps. */
  project(seed: number): Promise<Places>;
  /** The papers that have vectors as points; as `cluster` of them that there are at the first step. */
  layout(request: LayoutRequest, onProgress?: (share: number) => void, signal?: AbortSignal): Promise<Places>;
};

export function createRankingTable(whole: Collection = createCollection()): RankingTable {
  const { clusterSteps, twinSteps, projectSteps, layoutSteps, packSteps, searchColumns, ids, ...others } =
    whole;
  const { search: _, scoreTopics: __, scoreTopicColumns, ...collection } = others;
  let order: { readonly version: number; readonly ids: readonly string[] } = { version: 0, ids: [] };
  let removals = 0;
  let packing = false;
  let soon: ReturnType<typeof setTimeout> | undefined;
  /** Once papers have stopped coming, so that a page that sends slice after slice waits for none of it. */
  function packSoon() {
    clearTimeout(soon);
    soon = setTimeout(() => {
      // What is packing takes those that have come since.
      if (packing) return;
      packing = true;
      void inTurns(packSteps()).finally(() => {
        packing = false;
      });
    }, QUIET_MS);
  }
  function sent<T>(columns: T, known: number | undefined): Sent<T> {
    if (order.ids !== ids()) order = { version: order.version + 1, ids: ids() };
    const { version } = order;
    return { columns, version, ...(known === version ? {} : { ids: order.ids }) };
  }
  return {
    ...collection,
    search: (request, known) => movedRanking(sent(searchColumns(request), known)),
    async scoreTopics(topics, known) {
      for (;;) {
        const asked = ids();
        const columns: TopicColumns[] = [];
        for (const topic of topics) {
          if (columns.length > 0) await breathe();
          if (asked !== ids()) break;
          columns.push(...scoreTopicColumns([topic]));
        }
        // All are of the same papers: where some came meanwhile it is begun again.
        if (columns.length === topics.length) return transfer(sent(columns, known), buffersOf(columns));
      }
    },
    setPapers(papers) {
      removals++;
      collection.setPapers(papers);
      packSoon();
    },
    putPapers(papers) {
      collection.putPapers(papers);
      packSoon();
    },
    removePapers(ids) {
      removals++;
      collection.removePapers(ids);
    },
    twins: () => inTurns(twinSteps()),
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
    project: async (seed) => moved(await inTurns(projectSteps(seed))),
    layout: async (request, onProgress, signal) =>
      moved(await inTurns(layoutSteps(request), onProgress, signal)),
  };
}

/** Runs steps, and lets waiting messages in between two of them. */
async function inTurns<T>(
  steps: Generator<unknown, T>,
  onProgress?: (share: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (typeof step.value === 'number') onProgress?.(step.value);
    await breathe();
    signal?.throwIfAborted();
  }
}

const moved = (places: Places): Places => transfer(places, [places.positions.buffer as ArrayBuffer]);

function movedRanking(sent: SentRanking): SentRanking {
  const buffers = Object.values(sent.columns).flatMap((column) =>
    ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
  );
  return transfer(sent, [...new Set(buffers)]);
}
