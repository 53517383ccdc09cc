import { CorpusError } from './error.ts';
import type { Bundle } from './held.ts';
import type { CorpusRecord } from './reader.ts';

export type { CorpusDescription } from './description.ts';
export { formatDescription, readDescription } from './description.ts';
export { CorpusError } from './error.ts';
export type { Bundle } from './held.ts';
export type { CorpusRecord } from './reader.ts';

/** What the page sends the worker. */
export type CorpusQuestion =
  | { readonly open: { readonly text: string; readonly base: string; readonly bundles: readonly Bundle[] } }
  | { readonly id: number; readonly vector: Float32Array; readonly count: number }
  | { readonly stop: number };

/** What comes back: the nearest papers, best first, or why there are none; and what is to be kept. */
export type CorpusAnswer = { readonly id: number; readonly bundles: readonly Bundle[] } & (
  | { readonly records: readonly CorpusRecord[]; readonly moved: number }
  | { readonly problem: string }
);

/** A large list that is open in a worker of its own. */
export interface Corpus {
  /**
   * The papers that are nearest to a vector.
   * @returns what the list says of them, not yet looked at, and the bytes that were fetched for it.
   * @throws {CorpusError} in one sentence; the signal's reason when it was stopped.
   */
  search(
    vector: Float32Array,
    count: number,
    signal: AbortSignal,
  ): Promise<{ records: readonly CorpusRecord[]; moved: number }>;
  close(): void;
}

/**
 * @param text of the description, which has been read without an error.
 * @param base its absolute address.
 * @param bundles what was kept of it at earlier visits; moved to the worker.
 * @param keep told of what has been fetched and can be kept.
 */
export function openCorpus(
  text: string,
  base: string,
  bundles: readonly Bundle[],
  keep: (bundles: readonly Bundle[]) => void,
): Corpus {
  const worker = new Worker(new URL('./corpus.worker.ts', import.meta.url), {
    type: 'module',
    name: 'corpus',
  });
  const waiting = new Map<number, (answer: CorpusAnswer | { readonly problem: string }) => void>();
  let last = 0;
  worker.onmessage = ({ data }: MessageEvent<CorpusAnswer>) => {
    if (data.bundles.length > 0) keep(data.bundles);
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  };
  /** Why it answers no more. */
  let stopped: string | undefined;
  const end = (problem: string) => {
    stopped ??= problem;
    for (const settle of waiting.values()) settle({ problem });
    waiting.clear();
  };
  worker.onerror = () => end('The part of Sheaf that reads large lists stopped. Reload the page.');
  const say = (question: CorpusQuestion, transfer: Transferable[] = []) =>
    worker.postMessage(question, transfer);
  say(
    { open: { text, base, bundles } },
    bundles.map(({ data }) => data.buffer),
  );
  return {
    async search(vector, count, signal) {
      const id = ++last;
      const stop = () => say({ stop: id });
      signal.throwIfAborted();
      if (stopped !== undefined) throw new CorpusError(stopped);
      signal.addEventListener('abort', stop);
      try {
        const answer = await new Promise<CorpusAnswer | { readonly problem: string }>((resolve) => {
          waiting.set(id, resolve);
          say({ id, vector, count });
        });
        signal.throwIfAborted();
        if ('problem' in answer) throw new CorpusError(answer.problem);
        return answer;
      } finally {
        signal.removeEventListener('abort', stop);
      }
    },
    close() {
      worker.terminate();
      end('The list was closed.');
    },
  };
}
