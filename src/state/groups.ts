import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import type { Paper } from '../paper/paper.ts';
import type { Group as FoundGroup } from '../ranking/grouping.ts';
import { inherit } from '../ranking/lineage.ts';
import type { GroupName, Store } from '../store/store.ts';
import { laterTexts } from '../texts/later.ts';
import { libraryKey } from './libraryKey.ts';
import type { Meaning } from './meaning.ts';
import { isStop, type Notices, sentenceOf } from './notices.ts';

/** A group as it is shown: under the reader's name where it has one. */
export interface Group extends FoundGroup {
  /** Named by its telling words; absent where the reader has not named it. */
  readonly foundName?: string;
}

export interface Groups {
  readonly list: Accessor<readonly Group[]>;
  byId(id: string): Group | undefined;
  of(paperId: string): Group | undefined;
  /** Names a group; an empty name gives the found one back. Gives the reader's name before, empty where there was none. */
  rename(id: string, name: string): Promise<string>;
  /** Reads again what the reader called them. */
  reloadNames(): Promise<void>;
}

/** One seed for everybody, so that two readers of one list see the same groups at first. */
const SEED = 47;
/** Below this many papers groups say nothing that the list does not. */
const FEWEST_PAPERS = 8;
/** How long the first groups wait for the better model, milliseconds: they would be found anew when it comes. */
const PATIENCE = 10_000;
/** Of how groups are found: those of an earlier version are not gone on from. */
const VERSION = 2;

/** What is kept of the last groups. */
interface Kept {
  readonly version: number;
  readonly model: string;
  readonly groups: readonly FoundGroup[];
}

/**
 * Groups found in the papers; made once all have vectors, kept until papers or model change, and gone on with
 * when papers arrive: see `groupSteps`.
 * @param openGroup id of the one that the reader is in: it is not taken away under the reader's eyes.
 */
export function createGroups(
  store: Promise<Store>,
  ranker: Ranker,
  meaning: Meaning,
  notices: Notices,
  openGroup: Accessor<string | undefined>,
): Groups {
  const [found, setFound] = createSignal<readonly FoundGroup[]>([]);
  /** The newest, which wait until the reader has left a group that is not among them. */
  const [newest, setNewest] = createSignal<readonly FoundGroup[]>([]);
  createEffect(() => {
    const [latest, open] = [newest(), openGroup()];
    const has = (groups: readonly FoundGroup[]) => groups.some(({ id }) => id === open);
    if (untrack(found) === latest || (has(untrack(found)) && !has(latest))) return;
    setFound(latest);
  });

  const [names, setNames] = createSignal<readonly GroupName[]>([]);
  const readNames = async () => void setNames(await (await store).groupNames());
  const warn = (error: unknown) => notices.fail(error);
  readNames().catch(warn);
  void store.then((kept) =>
    kept.onChanged((part) => {
      if (part === 'group-names') readNames().catch(warn);
    }),
  );
  const list = createMemo<readonly Group[]>(() => {
    const given = new Map(names().map(({ id, name }) => [id, name]));
    return found().map((group) => {
      const name = given.get(group.id);
      return name ? { ...group, name, foundName: group.name } : group;
    });
  });
  const groupOf = createMemo(
    () => new Map(list().flatMap((group) => group.paperIds.map((id) => [id, group] as const))),
  );

  let running: AbortController | undefined;
  const make = async (model: string, papers: readonly Paper[], signal: AbortSignal) => {
    const key = `${VERSION} ${model} ${SEED} ${await libraryKey(papers, signal)}`;
    const kept = await store;
    const same = await kept.clustering<Kept>(key);
    const last = same ?? (await kept.lastClustering<Kept>());
    const named = new Set((await kept.groupNames()).map(({ id }) => id));
    const before = last?.version === VERSION ? last.groups : [];
    // Another model sees other groups, found anew as for every reader of this list; the reader's own names stay.
    const start = last?.model === model ? before : [];
    const forebears = last?.model === model ? before : before.filter(({ id }) => named.has(id));
    if (signal.aborted) return;
    const find = async () =>
      inherit((await ranker.cluster(SEED, undefined, signal, start)).groups, forebears, named);
    const groups = same ? same.groups : await find();
    if (signal.aborted) return;
    setNewest(groups);
    if (!same) await kept.putClustering(key, { version: VERSION, model, groups } satisfies Kept);
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
      if (!settled && waits && untrack(found).length === 0) {
        timer ??= setTimeout(() => setPatient(false), PATIENCE);
        return;
      }
      running = new AbortController();
      make(model, papers, running.signal).catch((error) => {
        if (!isStop(error)) notices.fail(error, { text: laterTexts.topics.group.failed(sentenceOf(error)) });
      });
    }),
  );

  return {
    list,
    byId: (id) => list().find((group) => group.id === id),
    of: (paperId) => groupOf().get(paperId),
    async reloadNames() {
      await readNames().catch(warn);
    },
    async rename(id, name) {
      const before = names().find((one) => one.id === id)?.name ?? '';
      await (await store).nameGroup({ id, name });
      await readNames();
      return before;
    },
  };
}
