import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { MOST_PAPERS, PIECES } from '../corpus/description.ts';
import { sealId } from '../engine/describe.ts';
import { QUICK_MODEL } from '../engine/origin.ts';
import { arrangePapers } from './corpus-cells.ts';
import { spoolPapers } from './corpus-spool.ts';
import { vectorsOfSpool } from './corpus-vectors.ts';
import { CommandError, count, reasonOf } from './failure.ts';
import { findModel } from './model-folder.ts';
import type { PublishArguments } from './publish-arguments.ts';
import { planShares, startShares } from './shares.ts';
import { writeCorpus } from './write-corpus.ts';

/** Writes a list as Parquet files that the page reads by range: see corpus/description.ts. */
export async function publishCorpus(
  given: PublishArguments,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const model = await findModel(given.model ?? QUICK_MODEL);
  const { dimensions, name } = model.contract;
  if (dimensions % PIECES !== 0)
    throw new CommandError(`${name} has vectors of ${dimensions} numbers: ${PIECES} must divide them.`);
  const cache = resolve(given.cache);
  await mkdir(cache, { recursive: true }).catch((error) => {
    throw new CommandError(`${given.cache} cannot be written: ${reasonOf(error)}.`);
  });
  const place = join(cache, 'papers.jsonl');
  const spool = await spoolPapers(given.files, given.date, place, signal);
  const { embedding } = planShares({ papers: spool.count, queries: 0, embeds: true }, given.cores);
  const shares = startShares(embedding);
  const end = (): void => shares.close();
  signal.addEventListener('abort', end);
  try {
    if (spool.count > MOST_PAPERS)
      throw new CommandError(`${count(spool.count, 'paper')} are more than the ${MOST_PAPERS} of a list.`);
    const vectors = await vectorsOfSpool(spool, model, cache, shares, signal);
    const arrangement = await arrangePapers(vectors, dimensions, shares.connections, signal);
    shares.close();
    const known = { id: sealId(model.contract).id, name };
    await writeCorpus(
      folder,
      { title: given.title, model: known, dimensions, spool, vectors, arrangement },
      signal,
    );
    console.error(`${count(spool.count, 'paper')}, ${count(arrangement.starts.length - 1, 'cell')}.`);
  } finally {
    signal.removeEventListener('abort', end);
    shares.close();
    await spool.close();
    await rm(place, { force: true });
  }
}
