import { type FetchOptions, fetchText } from './fetch.ts';
import type { ListAnswer } from './list.worker.ts';
import { SourceError } from './result.ts';

/** A list that an address names, and where it is. */
export interface ListAddress {
  readonly url: string;
  /** Of another site: named before it is asked. */
  readonly host?: string;
}

/**
 * Where a list is that a link names, an address or one beside the page.
 * @throws {SourceError} where it is no address that can be asked.
 */
export function parseListAddress(written: string, base: string): ListAddress {
  let url: URL;
  try {
    url = new URL(written.trim(), base);
  } catch {
    throw new SourceError(`The link names a list at “${shortened(written)}”, which is no address.`);
  }
  const { origin, protocol, hostname, host, username, password } = url;
  if (origin === new URL(base).origin) return { url: url.href };
  const own = protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost');
  // A name before the host only serves to deceive.
  if ((protocol !== 'https:' && !own) || username !== '' || password !== '') {
    throw new SourceError(
      `The link names a list at “${shortened(written)}”, which is not asked for: it is not an address that begins with https.`,
    );
  }
  return { url: url.href, host };
}

/**
 * The text of a list at an address that the reader has said yes to.
 * @throws {SourceError} when it does not come.
 * @throws the signal's reason when it was stopped.
 */
export async function fetchNamed({ url, host }: ListAddress, options: FetchOptions): Promise<string> {
  if (host === undefined) return fetchText(url, 'list', options);
  const { signal } = options;
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./list.worker.ts', import.meta.url), { type: 'module' });
  let stop = () => {};
  try {
    const answer = await new Promise<ListAnswer>((resolve, reject) => {
      stop = () => reject(signal?.reason);
      signal?.addEventListener('abort', stop);
      worker.onmessage = ({ data }: MessageEvent<ListAnswer>) => resolve(data);
      worker.onerror = () =>
        resolve({ problem: 'The part of Sheaf that fetches lists could not be started.' });
      worker.postMessage(url);
    });
    if ('text' in answer) return answer.text;
    throw new SourceError(
      `${answer.problem} Some hosts do not let other sites ask them: then open the address, save the file and drop it here.`,
    );
  } finally {
    signal?.removeEventListener('abort', stop);
    worker.terminate();
  }
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
