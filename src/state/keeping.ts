import { type FirstStore, openFirstStore } from '../store/first-store.ts';
import { texts } from '../texts/texts.ts';
import type { Notice, Notices } from './notices.ts';

/** Opens what is kept, and tells the reader what has become of it. */
export function openKept(notices: Notices, reload: NonNullable<Notice['action']>): Promise<FirstStore> {
  let letGo: (() => void) | undefined;
  const opening = openFirstStore({
    onBlocked() {
      letGo ??= notices.hold(texts.kept.held);
    },
    onFreed: () => notices.warn(texts.kept.freed, reload),
  });
  void opening.then((kept) => {
    letGo?.();
    if (kept.notice) notices.warn(kept.notice);
    if (kept.restored) {
      // Told again at the next visit, unless it was put away: the page may have died before it was read.
      const forget = () => void kept.forgetRestored().catch(() => undefined);
      notices.fail(undefined, {
        kind: 'store-restored',
        text: texts.kept.restored(kept.restored),
        onDismiss: forget,
      });
    }
    if (kept.lost) notices.fail(undefined, { kind: 'store-lost', text: texts.kept.lost });
    if (kept.waits) notices.fail(undefined, { kind: 'store-waits', text: texts.kept.waits });
    kept.onMadeRoom(() => notices.warn(texts.kept.madeRoom));
    kept.onClosed((sentence) => notices.warn(sentence, reload));
    keepCopyWhenHidden(kept);
  });
  return opening;
}

/** A page that is left may not come back: what has changed is copied then, not some seconds later. */
function keepCopyWhenHidden(store: FirstStore): void {
  // Absent where the site's code runs in Node.
  globalThis.document?.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void store.keepCopy();
  });
}
