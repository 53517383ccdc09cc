import type { PageMessage, WorkerMessage } from './messages.ts';
import { allowOwnScripts } from './own-scripts.ts';

/** How far Sheaf is with being there without a network. */
export type OfflineStatus =
  /** Files kept so far, of all; both are absent until the first is. */
  | { readonly phase: 'preparing'; readonly done?: number; readonly total?: number }
  | { readonly phase: 'ready' }
  /** `reason` is a sentence for the reader. The page goes on with a network. */
  | { readonly phase: 'unavailable'; readonly reason: string };

export interface OfflineEvents {
  onStatus(status: OfflineStatus): void;
  /** A newer build is kept and waits. `accept` puts it to use and loads this page once more. */
  onUpdate(accept: () => void): void;
  /** Another tab has put a newer build to use: this page runs on, but should be loaded again. */
  onReplaced?(reload: () => void): void;
}

/** A page that is open for days asks for a newer build when it is looked at, but not more often than this. */
const CHECK_INTERVAL_MS = 3_600_000;

/**
 * Registers the service worker beside the page, so that any sub-path works.
 * Never throws: what cannot be is told through `onStatus`.
 */
export function registerOffline(told: OfflineEvents): void {
  const events = { ...told, onStatus: forwardOnly(told.onStatus) };
  const unavailable = (reason: string) => events.onStatus({ phase: 'unavailable', reason });
  const refusal = whyNot();
  if (refusal) {
    unavailable(refusal);
    return;
  }
  events.onStatus({ phase: 'preparing' });
  const container = navigator.serviceWorker;
  const failure = followInstallation(container, events);
  const accept = followReplacement(container, events);
  const script = new URL('sw.js', document.baseURI);
  allowOwnScripts();
  container
    .register(script, { scope: new URL('./', script).pathname, updateViaCache: 'none' })
    .then((registration) => {
      followWorkers(registration, events, failure, accept);
      checkWhenSeen(registration);
    })
    .catch((error) => unavailable(sentenceFor(failure() ?? (error as Error).message)));
}

/**
 * Messages and states of a worker come by different ways, so one may arrive after what it should precede:
 * progress after an end is not told, and once Sheaf is kept nothing else is.
 */
function forwardOnly(tell: OfflineEvents['onStatus']): OfflineEvents['onStatus'] {
  let last: OfflineStatus['phase'] | undefined;
  return (status) => {
    if (last === 'ready' || (last === 'unavailable' && status.phase === 'preparing')) return;
    last = status.phase;
    tell(status);
  };
}

/** Why this page can have no service worker, as a sentence. */
function whyNot(): string | undefined {
  if (import.meta.env.DEV) return 'While Sheaf is being developed it is not kept for offline use.';
  if (!globalThis.isSecureContext) {
    return 'This address is neither https nor localhost, so the browser does not let Sheaf work without a network.';
  }
  return 'serviceWorker' in navigator
    ? undefined
    : 'This browser allows no service worker here (a private window, perhaps): Sheaf works, but only with a network.';
}

/**
 * Tells of progress and of a failure; returns why the installation failed, as far as it is known. The worker's
 * message may arrive before its end is seen or after: either way the last thing told names the file.
 */
function followInstallation(
  container: ServiceWorkerContainer,
  events: OfflineEvents,
): () => string | undefined {
  let failed: string | undefined;
  container.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
    // An update installs quietly, and fails quietly: what is kept already works.
    if (container.controller) return;
    if (data?.type === 'failed') {
      failed =
        data.reason === 'full' ? 'there is no room on this device' : `${data.path} did not arrive whole`;
      events.onStatus({ phase: 'unavailable', reason: sentenceFor(failed) });
    }
    if (data?.type === 'progress') {
      events.onStatus({ phase: 'preparing', done: data.done, total: data.total });
    }
  });
  // With addEventListener, messages wait for this.
  container.startMessages();
  return () => failed;
}

/** Loads the page again when its own yes has taken effect; tells it when it was another tab's. */
function followReplacement(
  container: ServiceWorkerContainer,
  events: OfflineEvents,
): (worker: ServiceWorker) => void {
  let controlled = container.controller !== null;
  let accepted = false;
  const reload = () => location.reload();
  container.addEventListener('controllerchange', () => {
    // The first worker takes over the page of the first visit: nothing was replaced.
    const first = !controlled;
    controlled = true;
    if (first) return;
    if (accepted) reload();
    else events.onReplaced?.(reload);
  });
  return (worker) => {
    accepted = true;
    // Another tab may have been quicker: then there is nothing to wait for.
    if (worker.state === 'activated') reload();
    else worker.postMessage({ type: 'activate' } satisfies PageMessage);
  };
}

/** Follows each worker of the registration, those that are there and those to come. */
function followWorkers(
  registration: ServiceWorkerRegistration,
  events: OfflineEvents,
  failure: () => string | undefined,
  accept: (worker: ServiceWorker) => void,
): void {
  const seen = new Set<ServiceWorker>();
  const follow = (worker: ServiceWorker | null) => {
    if (!worker || seen.has(worker)) return;
    seen.add(worker);
    const look = () => {
      const first = !registration.active || registration.active === worker;
      if (worker.state === 'installed' && !first) events.onUpdate(() => accept(worker));
      if (worker.state === 'activated') events.onStatus({ phase: 'ready' });
      if (worker.state === 'redundant' && first) {
        events.onStatus({ phase: 'unavailable', reason: sentenceFor(failure()) });
      }
    };
    worker.addEventListener('statechange', look);
    look();
  };
  follow(registration.active);
  follow(registration.waiting);
  follow(registration.installing);
  registration.addEventListener('updatefound', () => follow(registration.installing));
  // It may have failed before this line.
  if (seen.size === 0) events.onStatus({ phase: 'unavailable', reason: sentenceFor(failure()) });
}

/**
 * Says that this page came up, to the worker that gave it: one of a build that never says so is withdrawn. To be called
 * when the page is drawn; a worker that comes later is told when it takes over.
 * @param onWithdrawn the newest build did not come up on this device: this page is of the one before.
 */
export function tellUp(onWithdrawn: () => void): void {
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  const script = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src;
  if (!container || !script) return;
  const tell = () => container.controller?.postMessage({ type: 'up', script } satisfies PageMessage);
  container.addEventListener('controllerchange', tell);
  container.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => {
    if (data?.type === 'withdrawn') onWithdrawn();
  });
  container.startMessages();
  tell();
}

function checkWhenSeen(registration: ServiceWorkerRegistration): void {
  let last = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - last < CHECK_INTERVAL_MS) return;
    last = Date.now();
    // Without a network there is no newer build.
    registration.update().catch(() => {});
  });
}

function sentenceFor(failure: string | undefined): string {
  const why = failure ? ` (${failure})` : '';
  return `Sheaf could not be kept for use without a network${why}. It works with one, and tries again at the next visit.`;
}
