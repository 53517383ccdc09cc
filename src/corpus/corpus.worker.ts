/** Reads a large list from the host that the reader has said yes to: the page's own policy allows it no other. */
import type { CorpusAnswer, CorpusQuestion } from './corpus.ts';
import { readDescription } from './description.ts';
import { CorpusError } from './error.ts';
import { createHeldBytes } from './held.ts';
import { type CorpusReader, createCorpusReader } from './reader.ts';

let reader: CorpusReader | undefined;
/** Why there is none. */
let problem = 'No list is open.';
const running = new Map<number, AbortController>();

self.addEventListener('message', ({ data }: MessageEvent<CorpusQuestion>) => {
  if ('open' in data) {
    const { text, base, bundles } = data.open;
    try {
      reader = createCorpusReader(readDescription(text), base, createHeldBytes(bundles));
    } catch (error) {
      // Kept by a build that read more into it, say: told at the first question.
      problem = error instanceof CorpusError ? error.message : `The list could not be opened: ${error}.`;
    }
  } else if ('stop' in data) running.get(data.stop)?.abort();
  else void answer(data);
});

async function answer({ id, vector, count }: Extract<CorpusQuestion, { vector: unknown }>): Promise<void> {
  if (!reader) return self.postMessage({ id, problem, bundles: [] } satisfies CorpusAnswer);
  const stop = new AbortController();
  running.set(id, stop);
  const before = reader.traffic.bytes;
  let said: CorpusAnswer;
  try {
    const hits = await reader.search(vector, count, stop.signal);
    const records = await reader.records(
      hits.map(({ row }) => row),
      stop.signal,
    );
    said = { id, records, moved: reader.traffic.bytes - before, bundles: [] };
  } catch (error) {
    const known = error instanceof CorpusError || stop.signal.aborted;
    said = {
      id,
      problem: known ? (error as Error).message : `The list could not be read: ${error}.`,
      bundles: [],
    };
  }
  running.delete(id);
  // What came before a failure is of use to the next try.
  const bundles = reader.held.takeNew();
  self.postMessage({ ...said, bundles }, { transfer: bundles.map(({ data }) => data.buffer) });
}
