import { createEffect, createSignal } from 'solid-js';
import { type OfflineStatus, registerOffline, tellUp } from '../offline/register.ts';
import { laterTexts } from '../texts/later.ts';
import { texts } from '../texts/texts.ts';
import type { Meaning } from './meaning.ts';
import type { Notes } from './notes.ts';
import type { Notices } from './notices.ts';

export type Offline = ReturnType<typeof createOffline>;

/**
 * Registers the service worker once the models are here, or known not to come: on a first visit the site is not
 * fetched twice while the reader waits. An update waits for the reader's yes.
 */
export function createOffline(meaning: Meaning, notices: Notices, notes: Notes) {
  const [status, setStatus] = createSignal<OfflineStatus>({ phase: 'preparing' });
  let registered = false;
  createEffect(() => {
    const { phase } = meaning.status();
    if (registered || phase === 'starting' || phase === 'downloading') return;
    const ended = phase === 'failed' || phase === 'stopped' || meaning.settled();
    if (!ended && awaitsBetter(meaning)) return;
    registered = true;
    registerOffline({
      onStatus: setStatus,
      onUpdate: (accept) => {
        // What is being written first: the page goes as soon as the newer one takes over.
        const run = () => void notes.saveAll().then(accept);
        notices.offer(laterTexts.shell.newer.here, { label: laterTexts.shell.newer.use, run });
      },
      onReplaced: (reload) =>
        notices.offer(laterTexts.shell.newer.inUse, { label: texts.shell.pageFailed.reload, run: reload }),
    });
  });
  return { status, cameUp: () => tellUp(() => notices.warn(laterTexts.shell.newer.withdrawn)) };
}

/** The better model fetches the runtime, which the service worker would ask for beside it. Nothing climbs in an empty library. */
function awaitsBetter({ climb, complete }: Meaning): boolean {
  const status = climb.status();
  return status ? status.phase === 'downloading' : complete()?.length !== 0;
}
