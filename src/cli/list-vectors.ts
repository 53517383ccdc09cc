import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sealId } from '../engine/describe.ts';
import {
  checkDescription,
  checkVectors,
  type SiteVectors,
  type VectorsDescription,
  vectorsPath,
} from '../engine/site-vectors.ts';
import type { Paper } from '../paper/paper.ts';
import { contentKey, embeddedText } from '../paper/text.ts';
import { rowOf } from '../vector/matrix.ts';
import { embedTexts } from './embed-texts.ts';
import { count } from './failure.ts';
import type { ModelFolder } from './model-folder.ts';
import { planShares, type Shares } from './shares.ts';

/** The vectors of a list by one model. */
export interface ListVectors {
  /** Name of the model's folder. */
  readonly model: string;
  readonly description: VectorsDescription;
  /** Unit rows [papers, dimensions] in the order of the list. */
  readonly vectors: Float32Array;
}

/**
 * The vectors of a list: those that the cache has of the same texts by the same model, and the rest embedded, which
 * goes into the cache.
 */
export async function vectorsOfList(
  papers: readonly Paper[],
  model: ModelFolder,
  cache: string,
  shares: Shares,
  signal: AbortSignal,
): Promise<ListVectors> {
  const { id: name, dimensions } = model.contract;
  const known = await readCache(cache, model);
  const texts = papers.map(embeddedText);
  const keys = texts.map(contentKey);
  const vectors = new Float32Array(papers.length * dimensions);
  const cut = new Set<number>();
  const missing: number[] = [];
  keys.forEach((key, index) => {
    const row = known?.rows.get(key);
    if (known && row !== undefined) {
      vectors.set(rowOf(known.matrix, row), index * dimensions);
      if (known.cut.has(row)) cut.add(index);
    } else missing.push(index);
  });
  console.error(
    `${model.contract.name}: ${count(missing.length, 'paper')} to read, ${count(papers.length - missing.length, 'vector')} from the cache.`,
  );
  if (missing.length > 0) {
    const wanted = missing.map((index) => texts[index] as string);
    const embedded = await embedMissing(wanted, model, shares, signal);
    missing.forEach((index, at) => {
      vectors.set(embedded.vectors.subarray(at * dimensions, (at + 1) * dimensions), index * dimensions);
      if (embedded.cut[at]) cut.add(index);
    });
  }
  const description: VectorsDescription = {
    model: sealId(model.contract).id,
    dimensions,
    sha256: createHash('sha256').update(bytesOf(vectors)).digest('hex'),
    ids: papers.map(({ id }) => id),
    keys,
    cut: [...cut].sort((a, b) => a - b),
  };
  const list = { model: name, description, vectors };
  if (missing.length > 0) await writeVectors(list, cache);
  return list;
}

async function embedMissing(
  texts: readonly string[],
  model: ModelFolder,
  shares: Shares,
  signal: AbortSignal,
) {
  const { embedding } = planShares(
    { papers: texts.length, queries: 0, embeds: true },
    shares.connections.length,
  );
  const embedders = shares.connections.slice(0, embedding);
  await Promise.all(embedders.map((share) => share.call('openModel', model, signal)));
  return embedTexts(embedders, texts, model.contract, signal);
}

/** What an earlier run has embedded; a file that is not whole is none, and is written anew. */
async function readCache(cache: string, { contract }: ModelFolder): Promise<SiteVectors | undefined> {
  const place = join(cache, vectorsPath(contract.id));
  try {
    const json: unknown = JSON.parse(await readFile(`${place}.json`, 'utf8'));
    const description = checkDescription(json, sealId(contract));
    const bytes = await readFile(`${place}.bin`);
    return await checkVectors(new Uint8Array(bytes).buffer, description, contract);
  } catch {
    return undefined;
  }
}

/** Under `vectors/` of a folder: the numbers, row after row, little end first, and what they are. */
export async function writeVectors(
  { model, description, vectors }: ListVectors,
  folder: string,
): Promise<void> {
  const place = join(folder, vectorsPath(model));
  await mkdir(join(folder, 'vectors'), { recursive: true });
  await writeWhole(`${place}.bin`, bytesOf(vectors));
  await writeWhole(`${place}.json`, `${JSON.stringify(description)}\n`);
}

async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}

function bytesOf(vectors: Float32Array): Uint8Array {
  return new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
}
