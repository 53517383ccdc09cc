/** Found groups against the tracks of a conference. */

import { mean } from '../../../src/cli/metrics.ts';
import { embeddedText } from '../../../src/paper/text.ts';
import { chooseClustering } from '../../../src/vector/clusterings.ts';
import { clusterRows } from '../../../src/vector/kmeans.ts';
import { createMatrix, type Matrix, normalize } from '../../../src/vector/matrix.ts';
import { createRandom } from '../../../src/vector/random.ts';
import type { Section } from '../table.ts';
import { adjustedMutualInformation, vMeasure } from './agreement.ts';
import { embedTexts } from './embed.ts';
import type { Tracks } from './judged.ts';
import { createTfidf, type SparseRows } from './sparse.ts';

/** The mean over so many seeds: one start says little. */
const SEEDS = [1, 2, 3, 4, 5];
/** How often the papers are drawn for an interval, with replacement. */
const DRAWS = 500;
const DRAW_SEED = 47;
/** Keeps the factor of nearly dependent rows real; changes an inner product by no more. */
const RIDGE = 1e-6;

export async function compareClusterings(
  { papers, labels }: Tracks,
  models: readonly string[],
): Promise<Section> {
  const texts = papers.map(embeddedText);
  const tracks = new Set(labels).size;
  const candidates: [string, Matrix][] = [['TF-IDF, k-means', compact(createTfidf(texts).rows)]];
  for (const id of models) candidates.push([id, await embedTexts(id, texts)]);
  const found = new Map<string, ArrayLike<number>[]>();
  const rows = candidates.map(([name, matrix]): [string, ...string[]] => {
    const asMany = SEEDS.map((seed) => clusterRows(matrix, { groups: tracks, seed }).assignment);
    found.set(name, asMany);
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
  const [first = '', ...others] = models;
  const notes = others.map((other) => {
    const [one, two] = [found.get(first) ?? [], found.get(other) ?? []];
    return `${first} over ${other}, AMI of ${tracks} groups: ${difference(labels, one, two)} when papers are drawn anew.`;
  });
  return { title: `tracks, ${papers.length} papers`, columns, rows, notes };
}

/** Mean difference of two ways to group over their seeds, with the interval of so many draws of the papers. */
function difference(
  labels: readonly string[],
  one: readonly ArrayLike<number>[],
  two: readonly ArrayLike<number>[],
): string {
  const agreement = (groups: readonly ArrayLike<number>[], rows: readonly number[]) =>
    mean(
      groups.map((of) =>
        adjustedMutualInformation(
          rows.map((row) => labels[row] as string),
          rows.map((row) => of[row] as number),
        ),
      ),
    );
  const on = (rows: readonly number[]) => agreement(one, rows) - agreement(two, rows);
  const all = labels.map((_, row) => row);
  const random = createRandom(DRAW_SEED);
  const drawn = Array.from({ length: DRAWS }, () =>
    on(all.map(() => Math.floor(random() * all.length))),
  ).sort((a, b) => a - b);
  const at = (share: number) => points(drawn[Math.round(share * (DRAWS - 1))] as number);
  return `${points(on(all))} (${at(0.025)} to ${at(0.975)})`;
}

/**
 * Rows with the same inner products as sparse ones, in as many columns as there are rows and not in 20,000: the
 * Cholesky factor of their Gram matrix. Groups depend on inner products alone.
 */
function compact({ columns, places, values }: SparseRows): Matrix {
  const size = places.length;
  const factor = new Float64Array(size * size);
  const row = new Float64Array(columns);
  for (let i = 0; i < size; i++) {
    row.fill(0);
    (places[i] as Uint32Array).forEach((column, at) => {
      row[column] = (values[i] as Float32Array)[at] as number;
    });
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? RIDGE : 0;
      (places[j] as Uint32Array).forEach((column, at) => {
        sum += (row[column] as number) * ((values[j] as Float32Array)[at] as number);
      });
      for (let k = 0; k < j; k++) sum -= (factor[i * size + k] as number) * (factor[j * size + k] as number);
      factor[i * size + j] =
        i === j ? Math.sqrt(Math.max(sum, RIDGE)) : sum / (factor[j * size + j] as number);
    }
  }
  const data = Float32Array.from(factor);
  for (let i = 0; i < size; i++) normalize(data.subarray(i * size, (i + 1) * size));
  return createMatrix(data, size);
}

function points(value: number): string {
  return (100 * value).toFixed(1);
}
