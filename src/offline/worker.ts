/**
 * The service worker: keeps the site of one build, answers from it, and adds the
 * headers that a plain host does not send. Built by itself as `sw.js`.
 */
import { ACTIVATE, type WorkerMessage } from './messages.ts';
import { headersFor } from './policy.ts';
import { type CachedFile, isHashed, type Precache } from './precache.ts';
import { keepShared, SHARE_PATH } from './shared.ts';

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

const known = new Map([...files, ...later].map((file) => [file.path, file]));

self.addEventListener('install', (event) => {
  answerAlone(event);
  event.waitUntil(install());
});
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => {
  if (event.data === ACTIVATE) event.waitUntil(self.skipWaiting());
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openNew());
});

self.addEventListener('fetch', (event) => {
  const answer = answerTo(event.request);
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
  if (!failure || !broken) return;
  // Half a site is no site: the next visit begins anew, and what was kept before goes on serving.
  await caches.delete(CACHE);
  const full = (failure.reason as Error).name === 'QuotaExceededError';
  await tell({ type: 'failed', path: broken.path, reason: full ? 'full' : 'broken' });
  throw failure.reason;
}

async function activate(): Promise<void> {
  const cache = await caches.open(CACHE);
  const old = (await ownCaches()).filter((name) => name !== CACHE);
  // What was fetched for a GPU or another script is still good when its name is still the same.
  for (const file of later) {
    const copy = await findCopy(file, old);
    if (copy) await cache.put(urlOf(file), copy);
  }
  for (const name of old) await caches.delete(name);
  // The page of the first visit is answered from now on too.
  await self.clients.claim();
}

/** Fetches a file, checks it and keeps it with its headers. A file that an older build kept is not fetched again. */
async function keep(cache: Cache, file: CachedFile, older: readonly string[]): Promise<void> {
  const copy = (await findCopy(file, older)) ?? withHeaders(await fetchChecked(file), file.path);
  await cache.put(urlOf(file), copy);
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

/** Cache.put keeps a body cut short as if it were whole; a fetch with a checksum refuses it. */
async function fetchChecked({ path, integrity }: CachedFile): Promise<Response> {
  const url = urlOf({ path });
  const attempt = async (cache: RequestCache) => {
    const response = await fetch(url, { integrity, cache, credentials: 'same-origin' });
    if (response.status !== 200) throw new TypeError(`${path}: ${response.status}`);
    return response;
  };
  // The page has just loaded most of them: what the browser's own cache still has whole is not sent again.
  return attempt(isHashed(path) ? 'force-cache' : 'no-cache').catch(() => attempt('reload'));
}

function answerTo(request: Request): Promise<Response> | undefined {
  if (request.method === 'POST' && request.url === scope + SHARE_PATH) return takeIn(request);
  if (request.method !== 'GET' || !request.url.startsWith(scope)) return undefined;
  const path = pathOf(request);
  const file = known.get(path);
  if (file) return fromCache(file, request);
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

async function fromCache(file: CachedFile, request: Request): Promise<Response> {
  const kept = await caches.match(urlOf(file), { cacheName: CACHE });
  if (kept) return kept;
  if (!later.includes(file)) return withHeaders(await fetch(request), file.path);
  const response = withHeaders(await fetchChecked(file), file.path);
  const copy = response.clone();
  // No room is no reason not to answer.
  void caches
    .open(CACHE)
    .then((cache) => cache.put(urlOf(file), copy))
    .catch(() => {});
  return response;
}

function withHeaders(response: Response, path: string): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(headersFor(path))) headers.set(name, value);
  if (headers.has('Content-Encoding')) {
    // The body is unpacked here; its length was the packed one.
    headers.delete('Content-Encoding');
    headers.delete('Content-Length');
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
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
