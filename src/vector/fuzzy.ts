import type { Neighbours } from './neighbours.ts';

/** Pairs of rows that belong together, each once. */
export interface Edges {
  readonly heads: Uint32Array;
  readonly tails: Uint32Array;
  /** How surely, in (0, 1]. */
  readonly weights: Float32Array;
}

const ROUNDS = 48;
/** Sums of weights this near to what is wanted will do. */
const NEAR_ENOUGH = 1e-4;
/** Least bandwidth, as a share of the mean distance: rows in a heap would have none. */
const LEAST_BANDWIDTH = 1e-3;

/**
 * Weights of neighbourhood as in UMAP (McInnes, Healy and Melville, 2018): each row's nearest counts fully, and its
 * others by a bandwidth of its own, so that sparse and dense parts are treated alike; of the two that a pair has
 * the probabilistic sum is taken.
 */
export function fuzzyEdges({ rows, distances, count }: Neighbours): Edges {
  const directed = weigh(distances, count);
  const heads: number[] = [];
  const tails: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < rows.length; i++) {
    const [head, tail] = [Math.floor(i / count), rows[i] as number];
    let back = 0;
    for (let j = tail * count; j < (tail + 1) * count; j++) {
      if (rows[j] === head) back = directed[j] as number;
    }
    // A pair that both list comes twice.
    if (back > 0 && tail < head) continue;
    const there = directed[i] as number;
    heads.push(head);
    tails.push(tail);
    weights.push(there + back - there * back);
  }
  return {
    heads: Uint32Array.from(heads),
    tails: Uint32Array.from(tails),
    weights: Float32Array.from(weights),
  };
}

/** Weight of each listed neighbour for the row that lists it, in (0, 1]. */
function weigh(distances: Float32Array, count: number): Float32Array {
  const weights = new Float32Array(distances.length);
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, distances.length);
  const least = Math.max(LEAST_BANDWIDTH * mean, Number.MIN_VALUE);
  const wanted = Math.log2(count + 1);
  for (let start = 0; start < distances.length; start += count) {
    const nearest = distances[start] as number;
    const bandwidth = Math.max(least, findBandwidth(distances, start, count, nearest, wanted));
    for (let i = start; i < start + count; i++) {
      const weight = Math.exp(-((distances[i] as number) - nearest) / bandwidth);
      // A weight of 0 is no pair at all: a float's smallest keeps it one.
      weights[i] = Math.max(weight, 1e-6);
    }
  }
  return weights;
}

/** By halving: the bandwidth at which the weights sum to what is wanted. */
function findBandwidth(
  distances: Float32Array,
  start: number,
  count: number,
  nearest: number,
  wanted: number,
): number {
  let [low, high, middle] = [0, Number.POSITIVE_INFINITY, 1];
  for (let round = 0; round < ROUNDS; round++) {
    let sum = 0;
    for (let i = start; i < start + count; i++) {
      sum += Math.exp(-((distances[i] as number) - nearest) / middle);
    }
    if (Math.abs(sum - wanted) < NEAR_ENOUGH) break;
    if (sum > wanted) high = middle;
    else low = middle;
    middle = high === Number.POSITIVE_INFINITY ? middle * 2 : (low + high) / 2;
  }
  return middle;
}
