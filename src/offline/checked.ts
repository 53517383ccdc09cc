import { headersFor } from './policy.ts';
import { type CachedFile, isHashed } from './precache.ts';

/** Cache.put keeps a body cut short as if it were whole; a fetch with a checksum refuses it. */
export async function fetchChecked(url: string, { path, integrity }: CachedFile): Promise<Response> {
  const attempt = async (cache: RequestCache) => {
    const response = await fetch(url, { integrity, cache, credentials: 'same-origin' });
    if (response.status !== 200) throw new TypeError(`${path}: ${response.status}`);
    return response;
  };
  // The page has just loaded most of them: what the browser's own cache still has whole is not sent again.
  return attempt(isHashed(path) ? 'force-cache' : 'no-cache').catch(() => attempt('reload'));
}

/** As a plain host sends it, with the headers that it does not send. */
export function withHeaders(response: Response, path: string): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(headersFor(path))) headers.set(name, value);
  if (headers.has('Content-Encoding')) {
    // The body is unpacked here; its length was the packed one.
    headers.delete('Content-Encoding');
    headers.delete('Content-Length');
  }
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
