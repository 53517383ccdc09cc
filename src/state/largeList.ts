import { type Accessor, createSignal, getOwner, runWithOwner } from 'solid-js';
import type { ListAddress } from '../source/elsewhere.ts';
import type { Store } from '../store/store.ts';
import type { LargeListParts, LargeListSession } from './largeListSession.ts';

/** A list that stays on its host: what its code needs is loaded when there is one. */
export interface LargeList {
  readonly session: Accessor<LargeListSession | undefined>;
  /** Takes a text that `isDescription` knows. @throws {Error} in one sentence where it cannot be opened. */
  offer(address: ListAddress, text: string): Promise<void>;
}

/** Setting that holds the one that is open. */
export const LARGE_LIST_SETTING = 'large-list';

export function createLargeList(store: Promise<Store>, parts: () => LargeListParts): LargeList {
  const [session, setSession] = createSignal<LargeListSession>();
  const owner = getOwner();
  let loading: Promise<LargeListSession> | undefined;
  const load = () => {
    loading ??= import('./largeListSession.ts').then(async ({ createLargeListSession }) => {
      const made = runWithOwner(owner, () => createLargeListSession(parts())) as LargeListSession;
      await made.restore();
      setSession(made);
      return made;
    });
    // Without a network now, it may come another time.
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  };
  const restore = async () => {
    const kept = await store;
    const list = await kept.setting<{ readonly key: string }>(LARGE_LIST_SETTING);
    // What a tab left behind that was ended while it closed a list, or wrote for one that was closed.
    void kept.deleteOtherCorpusParts(list?.key).catch(() => undefined);
    if (list) await load();
  };
  restore().catch(() => undefined);
  return { session, offer: async (address, text) => (await load()).offer(address, text) };
}
