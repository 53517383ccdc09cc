import { planRuns, RUN } from '../engine/batches.ts';
import type { Connection } from '../engine/call.ts';
import type { ModelContract } from '../engine/contract.ts';
import type { Embedded } from '../engine/encoder.ts';
import { createProgress } from '../engine/progress.ts';
import { createReporter } from './reporter.ts';
import type { Share } from './share.ts';
import { handOut } from './shares.ts';

/**
 * Papers' texts in shares that have the model open; tells on stderr how far it is.
 * @returns unit rows [texts, dimensions] in their order, and which texts were cut.
 */
export async function embedTexts(
  embedders: readonly Connection<Share>[],
  texts: readonly string[],
  { compute, dimensions }: ModelContract,
  signal: AbortSignal,
): Promise<Embedded> {
  const vectors = new Float32Array(texts.length * dimensions);
  const cut: boolean[] = new Array(texts.length).fill(false);
  const tell = createProgress(texts, createReporter('Embedded', ['paper', 'papers']));
  let done = 0;
  await handOut(embedders, planRuns(texts, RUN[compute]), async (embedder, { start, end }) => {
    const embedded = await embedder.call('embedPapers', texts.slice(start, end), signal);
    vectors.set(embedded.vectors, start * dimensions);
    embedded.cut.forEach((wasCut, index) => {
      cut[start + index] = wasCut;
    });
    done += end - start;
    tell(done);
  });
  return { vectors, cut };
}
