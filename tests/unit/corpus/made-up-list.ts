/** A large list of made-up vectors, written as the command writes it. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrangePapers } from '../../../src/cli/corpus-cells.ts';
import type { Spool } from '../../../src/cli/corpus-spool.ts';
import { startShares } from '../../../src/cli/shares.ts';
import { writeCorpus } from '../../../src/cli/write-corpus.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { writeByteRow } from '../../../src/vector/byte-rows.ts';
import { normalize } from '../../../src/vector/matrix.ts';
import { createRandom } from '../../../src/vector/random.ts';

export const DIMENSIONS = 64;

export interface MadeUpList {
  readonly folder: string;
  readonly papers: readonly Paper[];
  /** As bytes, in the order of `papers`. */
  readonly vectors: Int8Array;
  remove(): Promise<void>;
}

/** Rows about some middles, as vectors of texts lie about their topics. */
export function madeUpVectors(count: number, seed: number): Float32Array[] {
  const random = createRandom(seed);
  const normal = () => random() + random() + random() + random() - 2;
  const middles = Array.from({ length: 40 }, () => Float32Array.from({ length: DIMENSIONS }, normal));
  return Array.from({ length: count }, () => {
    const middle = middles[Math.floor(random() * middles.length)] as Float32Array;
    return normalize(middle.map((value) => value + normal()));
  });
}

export async function writeMadeUpList(
  count: number,
  paperAt: (at: number) => Paper = plainPaper,
): Promise<MadeUpList> {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-corpus-'));
  const papers = Array.from({ length: count }, (_, at) => paperAt(at));
  const vectors = new Int8Array(count * DIMENSIONS);
  for (const [at, row] of madeUpVectors(count, 7).entries()) writeByteRow(row, vectors, at * DIMENSIONS);
  const spool: Spool = {
    count,
    digest: createHash('sha256').update(JSON.stringify(papers)).digest('hex'),
    read: async (numbers) => Array.from(numbers, (number) => papers[number] as Paper),
    close: async () => {},
  };
  const { signal } = new AbortController();
  const shares = startShares(1);
  const arrangement = await arrangePapers(vectors, DIMENSIONS, shares.connections, signal);
  shares.close();
  const model = { id: 'made-up#1', name: 'Made up' };
  await writeCorpus(
    folder,
    { title: 'Made up', model, dimensions: DIMENSIONS, spool, vectors, arrangement },
    signal,
  );
  return { folder, papers, vectors, remove: () => rm(folder, { recursive: true }) };
}

export const plainPaper = (at: number): Paper => ({
  id: `title:paper ${at}`,
  title: `Paper ${at}`,
  abstract: `What paper ${at} is about. `.repeat(20),
  date: '2026-03-10',
  authors: ['Ada Ábel', 'Bo Čapek'],
});
