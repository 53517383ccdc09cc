import { createMemo, createSignal } from 'solid-js';
import type { FirstStore } from '../store/store.ts';
import type { Notices } from './notices.ts';
import type { Topic, Topics } from './topics.ts';

/** Setting that holds the ids of the topics that the reader does not follow: a new topic is followed. */
const NOT_FOLLOWED_SETTING = 'topics-not-followed';

export interface Following {
  /** Topics of which the reader wants to hear, in their order. */
  readonly topics: () => readonly Topic[];
  follows(topicId: string): boolean;
  /** Resolves when it is kept. */
  follow(topicId: string, wanted: boolean): Promise<void>;
}

export function createFollowing(store: Promise<FirstStore>, topics: Topics, notices: Notices): Following {
  const [not, setNot] = createSignal<readonly string[]>([]);
  const read = async () =>
    setNot((await (await store).setting<readonly string[]>(NOT_FOLLOWED_SETTING)) ?? []);
  const reload = () => read().catch((error) => notices.fail(error));
  void reload();
  void store.then((kept) =>
    kept.onChanged((part) => {
      if (part === 'settings') void reload();
    }),
  );
  const followed = createMemo(() => topics.list().filter(({ id }) => !not().includes(id)));
  return {
    topics: followed,
    follows: (id) => !not().includes(id),
    async follow(id, wanted) {
      const kept = await store;
      setNot(
        await kept.changeSetting<readonly string[]>(NOT_FOLLOWED_SETTING, (before = []) =>
          wanted ? before.filter((one) => one !== id) : [...new Set([...before, id])],
        ),
      );
    },
  };
}
