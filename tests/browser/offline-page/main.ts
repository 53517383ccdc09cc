/** The page of offline.test.ts: registers the service worker and notes what it is told. */

import fontUrl from '@fontsource-variable/inter/files/inter-greek-wght-normal.woff2?url';
import { type OfflineStatus, registerOffline, tellUp } from '../../../src/offline/register.ts';

/** Changes from one test build to the next. */
declare const __EDITION__: string;

const offline = {
  statuses: [] as OfflineStatus[],
  updates: [] as (() => void)[],
  replaced: 0,
  withdrawn: 0,
  /** A file that is kept at first use. */
  laterUrl: new URL(fontUrl, import.meta.url).href,
  startModelWorker: () => new Worker(new URL('./model.worker.ts', import.meta.url), { type: 'module' }),
  startOtherWorker: () => new Worker(new URL('./other.worker.ts', import.meta.url), { type: 'module' }),
};
export type OfflinePage = typeof globalThis & { offline: typeof offline };
Object.assign(globalThis, { offline });
(document.getElementById('edition') as HTMLElement).textContent = __EDITION__;

tellUp(() => {
  offline.withdrawn++;
});
registerOffline({
  onStatus: (status) => offline.statuses.push(status),
  onUpdate: (accept) => offline.updates.push(accept),
  onReplaced: () => {
    offline.replaced++;
  },
});
