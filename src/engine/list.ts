import { endOfRun, isLargest, paceRun, RUN, type RunLimits } from './batches.ts';
import type { Embedded } from './encoder.ts';
import type { EmbedOptions } from './engine.ts';
import { createProgress } from './progress.ts';
import type { SecondWorker } from './second-worker.ts';
import type { Tenure } from './tenure.ts';

/** Who embeds a run of texts. */
type Embedder = (texts: readonly string[]) => Promise<Embedded>;

/** A run that is a smaller share of what is worth help tells of its beginning, not of its pace, unless it is of the largest. */
const TELLING_SHARE = 1 / 30;

/** Of a run that has been answered, and of the list: all in characters and milliseconds. */
export interface Pace {
  readonly took: number;
  readonly length: number;
  /** What nobody has taken yet. */
  readonly left: number;
  /** The run was as large as runs become. */
  readonly largest: boolean;
}

/** Whether the rest of a list would take long at the pace of a run. */
export function isWorthHelp({ took, length, left, largest }: Pace, worth: number): boolean {
  const tells = largest || took >= TELLING_SHARE * worth;
  return tells && length > 0 && (left * took) / length > worth;
}

/** Another worker, and when it is asked. */
export interface Help {
  /** Undefined where none would help now: a faster device may have come meanwhile. */
  open(): SecondWorker | undefined;
  /** Milliseconds that the rest would take at least. */
  readonly worth: number;
}

/**
 * Embeds a list run by run: by the tenure's worker, and by a second beside it where the rest, at the pace so far, would
 * take long. Each takes the next run when its last one has been kept, and runs are handed on in the order of the texts.
 */
export async function embedList(
  mine: Tenure,
  help: Help,
  texts: readonly string[],
  { signal, onBatch, onProgress }: EmbedOptions,
): Promise<void> {
  const tell = createProgress(texts, onProgress);
  // With the runtime of unknown pace: some tenths of a second on a slow device.
  const least: RunLimits = RUN[mine.parts.offer.contract.lookup ? 'lookup' : 'encoder'];
  const lengthOf = (start: number, end: number) => {
    let length = 0;
    for (let at = start; at < end; at++) length += (texts[at] as string).length;
    return length;
  };
  let left = lengthOf(0, texts.length);
  let limits = least;
  let next = 0;
  let failed = false;
  let helped: Promise<void> | undefined;
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
        const pace = { took, length, left, largest: isLargest(cutBy) };
        const second = !helped && isWorthHelp(pace, help.worth) ? help.open() : undefined;
        if (second) {
          helped = work((run) => second.embed(run, 'document', signal));
          // Told below: without this its failure meanwhile would count as unhandled.
          helped.catch(() => {});
        }
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
  const [other] = await Promise.allSettled([helped]);
  for (const end of [own, other]) if (end.status === 'rejected') throw end.reason;
}
