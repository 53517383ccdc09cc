import { CorpusError } from './error.ts';
import type { Range } from './ranged-file.ts';

/**
 * Asks a host for a part of a file.
 * @param patience how long it may say nothing, milliseconds.
 * @param take gets what comes, piece by piece; nothing more is read once it says no.
 * @throws {CorpusError} in one sentence; the signal's reason when it was stopped.
 */
export async function askFor(
  url: string,
  range: Range,
  patience: number,
  take: (chunk: Uint8Array) => boolean,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { host } = new URL(url);
  const cut = new AbortController();
  const stop = () => cut.abort();
  let timer = setTimeout(stop, patience);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', stop);
  let answered = false;
  try {
    const response = await fetchRange(url, range, cut.signal);
    answered = true;
    refuseOthers(response, host);
    const reader = response.body?.getReader();
    for (;;) {
      clearTimeout(timer);
      timer = setTimeout(stop, patience);
      const next = await reader?.read();
      if (!next || next.done || !take(next.value)) return;
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof CorpusError) throw error;
    throw new CorpusError(
      answered
        ? `The connection to ${host} was cut while a part of the list came. Search again.`
        : `${host} could not be reached: there is no network, it does not answer, or it passes on to another address, which is not followed.`,
    );
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    // What is still to come is not wanted.
    stop();
  }
}

function fetchRange(url: string, { start, end }: Range, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    headers: { Range: `bytes=${start}-${end - 1}` },
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    // Kept by ourselves; a cache between that joins parts of two versions would spoil them.
    cache: 'no-store',
    // To a host that the reader has said nothing about.
    redirect: 'error',
    signal,
  });
}

function refuseOthers({ status }: Response, host: string): void {
  if (status === 206) return;
  if (status === 200)
    throw new CorpusError(
      `${host} sends only whole files, not parts of them (HTTP ranges), which a large list needs.`,
    );
  throw new CorpusError(
    status === 404 || status === 410 || status === 416
      ? `A part of this list is gone from ${host}: it may have been published anew. Open it again.`
      : `${host} answered ${status} instead of a part of the list.`,
  );
}
