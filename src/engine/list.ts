import { endOfRun, paceRun, RUN, type RunLimits } from './batches.ts';
import type { Embedded } from './encoder.ts';
import type { EmbedOptions } from './engine.ts';
import { createProgress } from './progress.ts';
import type { SecondWorker } from './second-worker.ts';
import type { Tenure } from './tenure.ts';

/** Who embeds a run of texts. */
type Embedder = (texts: readonly string[]) => Promise<Embedded>;

/**
 * Embeds a list run by run: by the tenure's worker, and by a second beside it where there is one. Each takes the next run when its
 * last one has been kept, and runs are handed on in the order of the texts.
 */
export async function embedList(
  mine: Tenure,
  second: SecondWorker | undefined,
  texts: readonly string[],
  { signal, onBatch, onProgress }: EmbedOptions,
): Promise<void> {
  const tell = createProgress(texts, onProgress);
  const least: RunLimits = RUN[mine.parts.offer.contract.compute];
  let limits = least;
  let next = 0;
  let failed = false;
  /** The handing on of the run before. */
  let before: Promise<unknown> = Promise.resolve();

  const work = async (embed: Embedder): Promise<void> => {
    while (next < texts.length && !failed) {
      signal?.throwIfAborted();
      const cutBy = limits;
      const [start, end] = [next, endOfRun(texts, next, cutBy)];
      next = end;
      const asked = performance.now();
      const found = embed(texts.slice(start, end));
      const turn = before;
      const handOn = async () => {
        const { vectors, cut } = await found;
        limits = paceRun(cutBy, performance.now() - asked, least);
        await turn;
        const indices = Array.from({ length: end - start }, (_, index) => start + index);
        await onBatch({ indices, vectors, cut });
        tell(end);
      };
      const handed = handOn();
      // Whoever waits for its turn behind a failure fails with it: nothing is handed on with a gap before it.
      before = handed;
      before.catch(() => {});
      await handed.catch((error) => {
        failed = true;
        throw error;
      });
    }
  };

  const workers = [work((run) => mine.embed(run, 'document', false, signal))];
  if (second) workers.push(work((run) => second.embed(run, 'document', signal)));
  const ends = await Promise.allSettled(workers);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
