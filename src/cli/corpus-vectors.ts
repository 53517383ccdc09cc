import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planRuns, RUN } from '../engine/batches.ts';
import { sealId } from '../engine/describe.ts';
import type { EmbedProgress } from '../engine/progress.ts';
import { embeddedText } from '../paper/text.ts';
import { writeByteRow } from '../vector/byte-rows.ts';
import type { Spool } from './corpus-spool.ts';
import { count } from './failure.ts';
import type { ModelFolder } from './model-folder.ts';
import { createReporter } from './reporter.ts';
import { handOut, type Shares } from './shares.ts';

/** Papers that are embedded, and kept, at once: what a stop costs at most. */
const PART = 4_096;

/**
 * Vectors of all papers as bytes [papers, dimensions]. A part of them that an earlier run has embedded comes from the
 * cache: papers that are added behind the others cost only themselves.
 */
export async function vectorsOfSpool(
  spool: Spool,
  model: ModelFolder,
  cache: string,
  shares: Shares,
  signal: AbortSignal,
): Promise<Int8Array> {
  const { dimensions, compute } = model.contract;
  const folder = join(cache, 'parts', model.contract.id);
  await mkdir(folder, { recursive: true });
  const vectors = new Int8Array(spool.count * dimensions);
  const used = new Set<string>();
  const tell = createReporter('Embedded', ['paper', 'papers']);
  const start = performance.now();
  let open = false;
  let [embedded, kept] = [0, 0];
  for (let at = 0; at < spool.count; at += PART) {
    const numbers = Array.from({ length: Math.min(PART, spool.count - at) }, (_, i) => at + i);
    const texts = (await spool.read(numbers)).map(embeddedText);
    const name = `${keyOf(model, texts)}.bin`;
    used.add(name);
    const place = vectors.subarray(at * dimensions, (at + texts.length) * dimensions);
    const known = await readFile(join(folder, name)).catch(() => undefined);
    if (known?.length === place.length) {
      place.set(new Int8Array(known.buffer, known.byteOffset, known.length));
      kept += texts.length;
      continue;
    }
    if (!open) await Promise.all(shares.connections.map((share) => share.call('openModel', model, signal)));
    open = true;
    await handOut(shares.connections, planRuns(texts, RUN[compute]), async (share, run) => {
      const rows = (await share.call('embedPapers', texts.slice(run.start, run.end), signal)).vectors;
      for (let row = 0; row < run.end - run.start; row++)
        writeByteRow(
          rows.subarray(row * dimensions, (row + 1) * dimensions),
          place,
          (run.start + row) * dimensions,
        );
    });
    await writeFile(join(folder, `${name}.new`), place);
    await rename(join(folder, `${name}.new`), join(folder, name));
    signal.throwIfAborted();
    embedded += texts.length;
    tell(progressOf(embedded, kept, spool.count, (performance.now() - start) / 1000));
  }
  console.error(
    `${model.contract.name}: ${count(embedded, 'paper')} read, ${count(kept, 'vector')} from the cache.`,
  );
  for (const name of await readdir(folder)) if (!used.has(name)) await rm(join(folder, name));
  return vectors;
}

function progressOf(embedded: number, kept: number, total: number, seconds: number): EmbedProgress {
  const perSecond = embedded / Math.max(1e-3, seconds);
  const done = embedded + kept;
  return { done, total, perSecond, secondsLeft: (total - done) / perSecond };
}

/** Of the texts and of all that their vectors depend on. */
function keyOf(model: ModelFolder, texts: readonly string[]): string {
  const hash = createHash('sha256').update(sealId(model.contract).id);
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('hex').slice(0, 32);
}
