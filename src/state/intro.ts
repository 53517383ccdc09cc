import { type Accessor, createEffect, createSignal } from 'solid-js';
import type { FirstStore } from '../store/store.ts';

/** Setting that says that the reader knows what this is. */
const SEEN_SETTING = 'intro-seen';

export interface Intro {
  /** True once it was put away, and until that is known: nothing comes only to go. */
  readonly seen: Accessor<boolean>;
  /** For good, on this device. */
  dismiss(): Promise<void>;
}

/** The short introduction above the list on a screen that has no room for the long one beside it. */
export function createIntro(store: Accessor<FirstStore | undefined>): Intro {
  const [seen, setSeen] = createSignal(true);
  createEffect(() => {
    store()
      ?.setting<boolean>(SEEN_SETTING)
      .then((known) => setSeen(known === true))
      .catch(() => undefined);
  });
  return {
    seen,
    async dismiss() {
      // It goes once that is kept, so that a page closed at once does not bring it back.
      await store()
        ?.putSetting(SEEN_SETTING, true)
        // Where it cannot be kept it comes again: no reason to bother a reader.
        .catch(() => undefined);
      setSeen(true);
    },
  };
}
