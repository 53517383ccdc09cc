import type { Neighbours } from './neighbours.ts';
import { finish, within } from './steps.ts';

/** Pairs of rows that belong together, each once. */
export interface Edges {
  readonly heads: Uint32Array;
  readonly tails: Uint32Array;
  /** How surely, in (0, 1]. */
  readonly weights: Float32Array;
}

const ROUNDS = 48;
/** Lists weighed, and pairs joined, between two yields: some 10 ms. */
const SLICE_LISTS = 4_000;
const SLICE_PAIRS = 200_000;
/** Sums of weights this near to what is wanted will do. */
const NEAR_ENOUGH = 1e-4;
/** Least bandwidth, as a share of the mean distance: rows in a heap would have none. */
const LEAST_BANDWIDTH = 1e-3;

/**
 * Weights of neighbourhood as in UMAP (McInnes, Healy and Melville, 2018): each row's nearest counts fully, and its
 * others by a bandwidth of its own, so that sparse and dense parts are treated alike; of the two that a pair has
 * the probabilistic sum is taken.
 */
export function fuzzyEdges(neighbours: Neighbours): Edges {
  return finish(fuzzyEdgesSteps(neighbours));
}

/** The same in steps. */
export function* fuzzyEdgesSteps({ rows, distances, count, of }: Neighbours): Generator<number, Edges> {
  const directed = yield* within(weigh(distances, count), 0, 0.6);
  const listOf = of && new Map(Array.from(of, (row, list) => [row, list] as const));
  const heads = new Uint32Array(rows.length);
  const tails = new Uint32Array(rows.length);
  const weights = new Float32Array(rows.length);
  let edges = 0;
  for (let i = 0; i < rows.length; i++) {
    if (i % SLICE_PAIRS === SLICE_PAIRS - 1) yield 0.6 + (0.4 * i) / rows.length;
    const own = Math.floor(i / count);
    const [head, tail] = [of ? (of[own] as number) : own, rows[i] as number];
    const list = listOf ? listOf.get(tail) : tail;
    let back = 0;
    if (list !== undefined)
      for (let j = list * count; j < (list + 1) * count; j++) {
        if (rows[j] === head) back = directed[j] as number;
      }
    // A pair that both list comes twice.
    if (back > 0 && tail < head) continue;
    const there = directed[i] as number;
    heads[edges] = head;
    tails[edges] = tail;
    weights[edges] = there + back - there * back;
    edges++;
  }
  return {
    heads: heads.subarray(0, edges),
    tails: tails.subarray(0, edges),
    weights: weights.subarray(0, edges),
  };
}

/** Weight of each listed neighbour for the row that lists it, in (0, 1]. */
function* weigh(distances: Float32Array, count: number): Generator<number, Float32Array> {
  const weights = new Float32Array(distances.length);
  let total = 0;
  for (const distance of distances) total += distance;
  const mean = total / Math.max(1, distances.length);
  const least = Math.max(LEAST_BANDWIDTH * mean, Number.MIN_VALUE);
  const wanted = Math.log2(count + 1);
  let looked = 0;
  for (let start = 0; start < distances.length; start += count) {
    const nearest = distances[start] as number;
    const bandwidth = Math.max(least, findBandwidth(distances, start, count, nearest, wanted));
    for (let i = start; i < start + count; i++) {
      const weight = Math.exp(-((distances[i] as number) - nearest) / bandwidth);
      // A weight of 0 is no pair at all: a float's smallest keeps it one.
      weights[i] = Math.max(weight, 1e-6);
    }
    if (++looked % SLICE_LISTS === 0) yield start / distances.length;
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
