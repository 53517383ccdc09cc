/**
 * Pieces in one batch, padding counted. A look-up gains nothing by more (of 1,024 to 8,192 none was faster by a tenth with one thread, and with two 4,096 were slower), an encoder's attention
 * grows with the square of the length, and a query waits for the running batch:
 * with layers 2,048 pieces take about 0.4 s on one slow core.
 */
export const TOKENS_PER_BATCH = 2_048;
/** A graph may hold numbers a text, such as our better model's counters, 96 kB each. */
const TEXTS_PER_BATCH = 64;

/**
 * What is answered, kept and counted at once, so that a stop loses little: where a page begins (see {@link paceRun}), and the most of the
 * command line, whose runs are shared out among processes.
 * A look-up reads thousands of texts a second, an encoder some tens.
 */
export const RUN = {
  lookup: { texts: 256, characters: 256_000 },
  encoder: { texts: 64, characters: 16_000 },
} as const;

/**
 * Groups texts of like length, so that little is spent on padding.
 * @param lengths pieces of each text; a text of none is left out: there is nothing to run.
 * @param tokensPerBatch longest length times number of texts stays within it; a longer text runs alone. No more than 64 texts.
 * @returns the indices of each batch, shortest texts first.
 */
export function planBatches(lengths: readonly number[], tokensPerBatch: number): number[][] {
  const order = lengths.map((_, index) => index).filter((index) => lengthAt(lengths, index) > 0);
  order.sort((a, b) => lengthAt(lengths, a) - lengthAt(lengths, b) || a - b);
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const index of order) {
    // Sorted, so this text would be the longest of the batch.
    const full =
      batch.length === TEXTS_PER_BATCH || (batch.length + 1) * lengthAt(lengths, index) > tokensPerBatch;
    if (batch.length > 0 && full) {
      batches.push(batch);
      batch = [];
    }
    batch.push(index);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

function lengthAt(lengths: readonly number[], index: number): number {
  return lengths[index] ?? 0;
}

/** Most texts and characters of a run. */
export interface RunLimits {
  readonly texts: number;
  readonly characters: number;
}

/**
 * Cuts a list of texts into runs in their own order, each of at most so many texts and characters
 * (at least one text): what is answered, stored and counted at once.
 * @returns start and end of each run, end excluded.
 */
export function planRuns(texts: readonly string[], most: RunLimits): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  for (let start = 0; start < texts.length; start = (runs.at(-1) as { end: number }).end) {
    runs.push({ start, end: endOfRun(texts, start, most) });
  }
  return runs;
}

/** The end, excluded, of a run that begins at a place. */
export function endOfRun(texts: readonly string[], start: number, most: RunLimits): number {
  let characters = 0;
  for (let end = start; end < texts.length; end++) {
    characters += (texts[end] as string).length;
    if (end > start && (end - start >= most.texts || characters > most.characters)) return end;
  }
  return texts.length;
}

/** A run is to take about so long, milliseconds: a stop or a crash loses little more. */
const RUN_MS = 500;
/** And up to this: beyond it a run of the quickest model saves nothing more. */
const LARGEST_RUN: RunLimits = { texts: 512, characters: 512_000 };

/** Whether runs become no larger. */
export const isLargest = ({ texts, characters }: RunLimits): boolean =>
  texts >= LARGEST_RUN.texts && characters >= LARGEST_RUN.characters;

/**
 * The limits of the next run, by how long the last one took: twice as much or half of it at most, and no less than at the
 * beginning. Small runs cost a quick model a
 * tenth of its time for the question and the test text of each, and texts of like length are found among many.
 */
export function paceRun(limits: RunLimits, took: number, least: RunLimits): RunLimits {
  const factor = Math.min(2, Math.max(0.5, RUN_MS / Math.max(1, took)));
  const paced = (name: keyof RunLimits) =>
    Math.max(least[name], Math.min(LARGEST_RUN[name], Math.floor(limits[name] * factor)));
  return { texts: paced('texts'), characters: paced('characters') };
}
