import {
  byteClusteringOf,
  byteNearnessSteps,
  centreSteps,
  chooseByteClusteringSteps,
  refineByteClusteringSteps,
} from '../vector/byteClusters.ts';
import { centred, chooseClusteringSteps, clusteringOf } from '../vector/clusterings.ts';
import { type Clustering, refineClusteringSteps } from '../vector/kmeans.ts';
import type { Matrix } from '../vector/matrix.ts';
import type { QuantizedRows } from '../vector/quantized.ts';
import { dotAt } from '../vector/similarity.ts';
import { within } from '../vector/steps.ts';

/** Rows to be grouped, what all of them share aside: few as floats, many as bytes. */
export interface Groupable {
  readonly rows: number;
  /** The number of groups chosen, and groups found. */
  choose(seed: number): Generator<number, Clustering>;
  refine(start: Clustering, rounds: number): Generator<number, Clustering>;
  /** Groups as others have made them; rows of none have no group. */
  made(groupOf: readonly (number | undefined)[], groups: number, seed: number): Generator<number, Clustering>;
  /** Cosine of each row with the middle of its group. */
  nearness(clustering: Clustering): Generator<number, Float32Array>;
}

export function* groupableSteps(given: Matrix | QuantizedRows): Generator<number, Groupable> {
  return 'data' in given ? ofFew(given) : yield* ofMany(given);
}

function ofFew(matrix: Matrix): Groupable {
  const rows = centred(matrix);
  return {
    rows: matrix.rows,
    choose: (seed) => chooseClusteringSteps(matrix, { seed }),
    refine: (start, rounds) => refineClusteringSteps(rows, start, rounds),
    // biome-ignore lint/correctness/useYield: one step, as the others are some.
    *made(groupOf, groups, seed) {
      return clusteringOf(rows, groupOf, groups, seed);
    },
    *nearness({ assignment, centroids }) {
      const { columns, data } = rows;
      return Float32Array.from(assignment, (group, row) =>
        dotAt(data, row * columns, centroids.data, group * columns, columns),
      );
    },
  };
}

function* ofMany(block: QuantizedRows): Generator<number, Groupable> {
  const rows = yield* within(centreSteps(block), 0, 0);
  return {
    rows: block.count(),
    choose: (seed) => chooseByteClusteringSteps(rows, seed),
    refine: (start, rounds) => refineByteClusteringSteps(rows, start, rounds),
    made: (groupOf, groups, seed) => byteClusteringOf(rows, groupOf, groups, seed),
    nearness: (clustering) => byteNearnessSteps(rows, clustering),
  };
}
