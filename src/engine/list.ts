import { endOfRun, paceRun, RUN, type RunLimits } from './batches.ts';
import type { Embedded } from './encoder.ts';
import type { EmbedOptions } from './engine.ts';
import { createProgress } from './progress.ts';
import type { SecondWorker } from './second-worker.ts';
import type { Tenure } from './tenure.ts';

/** Who embeds a run of texts. */
type Embedder = (texts: readonly string[]) => Promise<Embedded>;

/** A run that is a smaller share of what is worth help tells of its beginning, not of its pace. */
const TELLING_SHARE = 1 / 30;

/**
 * Embeds a list run by run: by the tenure's worker, and by a second beside it where there is one and the rest, at the pace so far, would
 * take long. Each takes the next run when its
 * last one has been kept, and runs are handed on in the order of the texts.
 * @param worthHelp milliseconds.
 */
export async function embedList(
  mine: Tenure,
  second: SecondWorker | undefined,
  texts: readonly string[],
  { signal, onBatch, onProgress }: EmbedOptions,
  worthHelp: number,
): Promise<void> {
  const tell = createProgress(texts, onProgress);
  // Of unknown pace: some tenths of a second on a slow device.
  const least: RunLimits = RUN.encoder;
  const lengthOf = (start: number, end: number) => {
    let length = 0;
    for (let at = start; at < end; at++) length += (texts[at] as string).length;
    return length;
  };
  let left = lengthOf(0, texts.length);
  let limits = least;
  let next = 0;
  let failed = false;
  let help: Promise<void> | undefined;
  /** The handing on of the run before. */
  let before: Promise<unknown> = Promise.resolve();

  const work = async (embed: Embedder): Promise<void> => {
    while (next < texts.length && !failed) {
      signal?.throwIfAborted();
      const cutBy = limits;
      const [start, end] = [next, endOfRun(texts, next, cutBy)];
      next = end;
      const length = lengthOf(start, end);
      left -= length;
      const asked = performance.now();
      const found = embed(texts.slice(start, end));
      const turn = before;
      const handOn = async () => {
        const { vectors, cut } = await found;
        const took = performance.now() - asked;
        limits = paceRun(cutBy, took, least);
        const tells = took >= TELLING_SHARE * worthHelp;
        if (second && tells && (left * took) / length > worthHelp)
          help ??= work((run) => second.embed(run, 'document', signal));
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

  const [own] = await Promise.allSettled([work((run) => mine.embed(run, 'document', false, signal))]);
  const [helped] = await Promise.allSettled([help]);
  for (const end of [own, helped]) if (end.status === 'rejected') throw end.reason;
}
