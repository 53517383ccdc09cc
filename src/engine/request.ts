import { EngineError } from './error.ts';

export interface RequestOptions {
  readonly method?: 'GET' | 'HEAD';
  /** By default the server is asked even when the browser has a copy: a bad copy must not outlive a repaired server. */
  readonly cache?: RequestCache;
  /** `bytes=0-99`. */
  readonly range?: string;
}

/**
 * fetch, in the sentences of this room.
 * @throws {EngineError} `unreachable`; the signal's reason when stopped.
 */
export async function request(
  url: string,
  signal?: AbortSignal,
  { method = 'GET', cache = 'no-cache', range }: RequestOptions = {},
): Promise<Response> {
  try {
    const headers = range ? { headers: { Range: range } } : {};
    return await fetch(url, { method, cache, ...headers, ...(signal && { signal }) });
  } catch {
    signal?.throwIfAborted();
    const { host } = new URL(url);
    throw new EngineError(
      'unreachable',
      `${host || url} does not answer. Check the connection and try again.`,
    );
  }
}

export function badStatus(status: number, path: string, url: string): EngineError {
  const { host } = new URL(url);
  if (status === 404) {
    return new EngineError(
      'missing',
      `${host} has no ${path} for this model. Check the address, or choose another model.`,
    );
  }
  if (status === 401 || status === 403) {
    return new EngineError(
      'unreachable',
      `${host} does not give ${path} to everyone (status ${status}). Choose a public model.`,
    );
  }
  return new EngineError('unreachable', `${host} answered ${path} with status ${status}. Try again later.`);
}
