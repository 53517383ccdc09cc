/**
 * The service worker: keeps the site of one build, answers from it, and adds the
 * headers that a plain host does not send. Built by itself as `sw.js`.
 */
import { fetchChecked, withHeaders } from './checked.ts';
import type { PageMessage, WorkerMessage } from './messages.ts';
import { type CachedFile, isHashed, type Precache } from './precache.ts';
import { keepShared, SHARE_PATH } from './shared.ts';
import { afterComingUp, afterOpening, hasFailed, ofBuild, openStarts } from './starts.ts';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build when all other files are written. */
declare const __PRECACHE__: Precache;

const { build, files, later } = __PRECACHE__;
const scope = self.registration.scope;

/** Caches are shared by every site of a host: the sub-path keeps two copies of Sheaf apart. */
const PREFIX = `sheaf ${new URL(scope).pathname} `;
const CACHE = PREFIX + build;
/** Fetched at once while installing: enough to fill a line, few enough to leave the page some of it. */
const FETCHES_AT_ONCE = 4;

/** A page that is in sight and has not come up after so long is broken. */
const UP_WITHIN_MS = 20_000;

const starts = openStarts(scope);
const known = new Map([...files, ...later].map((file) => [file.path, file]));

self.addEventListener('install', (event) => {
  answerAlone(event);
  event.waitUntil(install());
});
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => {
  const message = event.data as PageMessage;
  if (message.type === 'activate') event.waitUntil(self.skipWaiting());
  if (message.type === 'up') event.waitUntil(noteUp(message.script, event.source as Client | null));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openNew());
});

self.addEventListener('fetch', (event) => {
  const answer = answerTo(event.request, event);
  if (answer) event.respondWith(answer);
});

/**
 * Some browsers ask the host for a page while they start its worker, and take what comes first. A page that is
 * kept is not asked for again, so such a race is declined where a browser lets itself be told.
 */
function answerAlone(event: ExtendableEvent): void {
  const { addRoutes } = event as ExtendableEvent & { addRoutes?: (rules: object) => Promise<void> };
  const declined = addRoutes?.call(event, { condition: { requestMode: 'navigate' }, source: 'fetch-event' });
  declined?.catch(() => {});
}

async function install(): Promise<void> {
  const before = await starts.read();
  // Of three builds the oldest goes first: there is room for two.
  await forgetBuilds(before?.good, before?.build);
  const older = await ownCaches();
  const cache = await caches.open(CACHE);
  const queue = [...files];
  let done = 0;
  let broken: CachedFile | undefined;
  const work = async () => {
    for (let file = queue.shift(); file; file = queue.shift()) {
      try {
        await keep(cache, file, older);
      } catch (error) {
        queue.length = 0;
        broken ??= file;
        throw error;
      }
      await tell({ type: 'progress', done: ++done, total: files.length });
    }
  };
  const results = await Promise.allSettled(Array.from({ length: FETCHES_AT_ONCE }, work));
  const failure = results.find((result) => result.status === 'rejected');
  if (!failure || !broken) {
    // Nobody is asked about the end of a build that does not come up: there is nobody there.
    if (before && before.build !== build && hasFailed(before, Date.now())) await self.skipWaiting();
    return;
  }
  // Half a site is no site: the next visit begins anew, and what was kept before goes on serving.
  if (!older.includes(CACHE)) await caches.delete(CACHE);
  const full = (failure.reason as Error).name === 'QuotaExceededError';
  await tell({ type: 'failed', path: broken.path, reason: full ? 'full' : 'broken' });
  throw failure.reason;
}

async function activate(): Promise<void> {
  const cache = await caches.open(CACHE);
  const { good } = await starts.change((last) => ofBuild(build, last));
  const old = (await ownCaches()).filter((name) => name !== CACHE);
  // What was fetched for a GPU or another script is still good when its name is still the same.
  for (const file of later) {
    const copy = await findCopy(file, old);
    if (copy) await cache.put(urlOf(file), copy);
  }
  // The one before stays: for its pages that are still open, and for the case that this one does not come up.
  await forgetBuilds(good);
  // The page of the first visit is answered from now on too.
  await self.clients.claim();
}

/** Fetches a file, checks it and keeps it with its headers. A file that an older build kept is not fetched again. */
async function keep(cache: Cache, file: CachedFile, older: readonly string[]): Promise<void> {
  const copy = (await findCopy(file, older)) ?? withHeaders(await fetchChecked(urlOf(file), file), file.path);
  await cache.put(urlOf(file), copy);
}

/** All but this build, the last that came up, and another; none while it is not known which came up. */
async function forgetBuilds(good: string | undefined, other = good): Promise<void> {
  if (good === undefined) return;
  const kept = [CACHE, PREFIX + good, PREFIX + other];
  for (const name of await ownCaches()) if (!kept.includes(name)) await caches.delete(name);
}

/** A page says that it came up. One of an older build says so too, and is told why it is an older one. */
async function noteUp(script: string, client: Client | null): Promise<void> {
  if (known.has(script.slice(scope.length))) {
    await starts.change((last) => afterComingUp(ofBuild(build, last)));
    return;
  }
  const now = ofBuild(build, await starts.now());
  if (hasFailed(now, Date.now())) client?.postMessage({ type: 'withdrawn' } satisfies WorkerMessage);
}

async function ownCaches(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

async function findCopy(file: CachedFile, names: readonly string[]): Promise<Response | undefined> {
  if (!isHashed(file.path)) return undefined;
  for (const cacheName of names) {
    const copy = await caches.match(urlOf(file), { cacheName });
    if (copy) return copy;
  }
  return undefined;
}

function answerTo(request: Request, event: FetchEvent): Promise<Response> | undefined {
  if (request.method === 'POST' && request.url === scope + SHARE_PATH) return takeIn(request);
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return undefined;
  const path = pathOf(request);
  const file = known.get(path);
  if (file && request.mode === 'navigate') return openPage(file, event);
  if (file) return fromBuild(file, request);
  // A page of the build before, whose files the host has no more.
  if (isHashed(path)) return fromAnyBuild(request);
  // Only the page itself: another site may stand below this one.
  if (request.mode !== 'navigate') return undefined;
  return fetch(request).catch(() => Response.redirect(scope));
}

/** What was shared waits for the page that adds papers. A share that cannot be kept still opens it. */
async function takeIn(request: Request): Promise<Response> {
  await keepShared(request, scope).catch(() => {});
  return Response.redirect(`${scope}#/?page=add`, 303);
}

function pathOf(request: Request): string {
  const [url = ''] = request.url.split(/[?#]/, 1);
  const path = url.slice(scope.length);
  try {
    return decodeURIComponent(path) || 'index.html';
  } catch {
    // A % that begins no letter: no file of the site is called so.
    return path;
  }
}

/** A page of this build, or, where none of it comes up, of the one before. */
async function openPage(file: CachedFile, event: FetchEvent): Promise<Response> {
  const now = await starts.change((last) => afterOpening(ofBuild(build, last), Date.now()));
  if (!now.cameUp && !hasFailed(now, Date.now())) event.waitUntil(watch(event.resultingClientId));
  return fromBuild(file, event.request);
}

/** Loads a page anew that has not come up: a blank one cannot do it itself. */
async function watch(clientId: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, UP_WITHIN_MS));
  const client = await self.clients.get(clientId);
  const now = ofBuild(build, await starts.now());
  if (!(client instanceof WindowClient) || client.visibilityState !== 'visible') return;
  if (now.cameUp || now.good === undefined || now.good === build) return;
  await starts.change((last) => ({ ...ofBuild(build, last), failedAt: Date.now() }));
  await client.navigate(client.url).catch(() => {});
}

/** From this build, or the one before while this one is given up. */
async function fromBuild(file: CachedFile, request: Request): Promise<Response> {
  const now = ofBuild(build, await starts.now());
  const before = hasFailed(now, Date.now()) && now.good !== build ? now.good : undefined;
  const kept = before && (await caches.match(urlOf(file), { cacheName: PREFIX + before }));
  return kept || fromCache(file, request);
}

async function fromAnyBuild(request: Request): Promise<Response> {
  for (const cacheName of await ownCaches()) {
    const kept = await caches.match(request.url, { cacheName });
    if (kept) return kept;
  }
  return fetch(request);
}

async function fromCache(file: CachedFile, request: Request): Promise<Response> {
  const kept = await caches.match(urlOf(file), { cacheName: CACHE });
  if (kept) return kept;
  if (!later.includes(file)) return withHeaders(await fetch(request), file.path);
  const response = withHeaders(await fetchChecked(urlOf(file), file), file.path);
  const copy = response.clone();
  // No room is no reason not to answer.
  void caches
    .open(CACHE)
    .then((cache) => cache.put(urlOf(file), copy))
    .catch(() => {});
  return response;
}

/** Of a phone, where only this worker may show one: a press opens what is new. */
async function openNew(): Promise<void> {
  const address = `${scope}#/new`;
  const windows = await self.clients.matchAll({ includeUncontrolled: true, type: 'window' });
  const open = windows.find(({ url }) => url.startsWith(scope));
  if (!open) await self.clients.openWindow(address);
  else await (await open.focus()).navigate(address).catch(() => undefined);
}

function urlOf({ path }: Pick<CachedFile, 'path'>): string {
  return new URL(path.split('/').map(encodeURIComponent).join('/'), scope).href;
}

async function tell(message: WorkerMessage): Promise<void> {
  for (const client of await self.clients.matchAll({ includeUncontrolled: true, type: 'window' })) {
    if (client.url.startsWith(scope)) client.postMessage(message);
  }
}
