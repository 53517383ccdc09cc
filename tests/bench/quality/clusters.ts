/** Found groups against the tracks of a conference. */

import { mean } from '../../../src/cli/metrics.ts';
import { findModel, requestModel } from '../../../src/cli/model-folder.ts';
import { nodeRuntime } from '../../../src/cli/node-runtime.ts';
import { createEncoder } from '../../../src/engine/encoder.ts';
import { embeddedText } from '../../../src/paper/text.ts';
import { chooseClustering } from '../../../src/vector/clusterings.ts';
import { clusterRows } from '../../../src/vector/kmeans.ts';
import { createMatrix, type Matrix, normalize } from '../../../src/vector/matrix.ts';
import type { Section } from '../table.ts';
import { adjustedMutualInformation, vMeasure } from './agreement.ts';
import type { Tracks } from './judged.ts';
import { createTfidf, type SparseRows } from './sparse.ts';

/** The mean over so many seeds: one start says little. */
const SEEDS = [1, 2, 3, 4, 5];

export async function compareClusterings(
  { papers, labels }: Tracks,
  models: readonly string[],
): Promise<Section> {
  const texts = papers.map(embeddedText);
  const tracks = new Set(labels).size;
  const candidates: [string, Matrix][] = [['TF-IDF, k-means', dense(createTfidf(texts).rows)]];
  for (const id of models) candidates.push([id, await embed(id, texts)]);
  const rows = candidates.map(([name, matrix]): [string, ...string[]] => {
    const asMany = SEEDS.map((seed) => clusterRows(matrix, { groups: tracks, seed }).assignment);
    const chosen = SEEDS.map((seed) => chooseClustering(matrix, { seed }).assignment);
    return [
      name,
      ...[asMany, chosen].flatMap((found) => [
        points(mean(found.map((groups) => adjustedMutualInformation(labels, groups)))),
        points(mean(found.map((groups) => vMeasure(labels, groups)))),
      ]),
      String(new Set(chosen[0]).size),
    ];
  });
  const columns = [`AMI, ${tracks} groups`, 'v', 'AMI, as the site', 'v', 'groups'];
  return { title: `tracks, ${papers.length} papers`, columns, rows };
}

async function embed(id: string, texts: readonly string[]): Promise<Matrix> {
  const encoder = createEncoder(nodeRuntime);
  const model = await findModel(id);
  await encoder.open(await requestModel(model));
  const { vectors } = await encoder.embed(texts, 'document', false);
  await encoder.close();
  return createMatrix(vectors, model.contract.dimensions);
}

function dense({ columns, places, values }: SparseRows): Matrix {
  const data = new Float32Array(places.length * columns);
  places.forEach((where, row) => {
    where.forEach((column, i) => {
      data[row * columns + column] = (values[row] as Float32Array)[i] as number;
    });
    normalize(data.subarray(row * columns, (row + 1) * columns));
  });
  return createMatrix(data, columns);
}

function points(value: number): string {
  return (100 * value).toFixed(1);
}
