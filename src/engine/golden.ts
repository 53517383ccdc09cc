import { dot } from '../vector/matrix.ts';
import type { GoldenVectors } from './contract.ts';

/** Least cosine to the shipped vector. Float paths agree to 1e-7; a wrong kernel is far off. */
export const GOLDEN_COSINE = 0.999;

/** How far the length of a vector may be from 1. */
const LENGTH_TOLERANCE = 1e-3;

/** For models that ship no golden vectors: eight texts, on which two devices are compared. */
export const GOLDEN_TEXTS: readonly string[] = [
  '3D Gaussian splatting compression with small neural networks',
  'pruning and distillation of large language models',
  'an all-MLP architecture for vision',
  'Kolmogorov–Arnold networks',
  'time series forecasting in the frequency domain',
  'delayed ε-shrinking for faster training: we show that $\\epsilon$ falls with depth',
  'running a language model on a phone',
  'protein folding',
];

/**
 * Whether vectors are what the model should give: finite, of length 1, near the golden ones.
 * @param vectors [texts, dimensions], row-major.
 * @returns nothing when all is well, else what is wrong, as the end of a sentence: `text 3 has a number that is …`.
 */
export function findGoldenFault(
  vectors: Float32Array,
  dimensions: number,
  golden?: GoldenVectors,
): string | undefined {
  for (let row = 0; row * dimensions < vectors.length; row++) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    const squared = dot(vector, vector);
    if (!Number.isFinite(squared)) return `test text ${row + 1} gives a number that is not finite`;
    if (Math.abs(Math.sqrt(squared) - 1) > LENGTH_TOLERANCE) {
      return `test text ${row + 1} gives a vector of length ${Math.sqrt(squared).toFixed(3)}, not 1`;
    }
    const shipped = golden?.vectors[row];
    if (!shipped) continue;
    if (shipped.length !== dimensions) {
      return `the model gives ${dimensions} numbers a text and its test vectors have ${shipped.length}`;
    }
    const cosine = dot(vector, Float32Array.from(shipped)) / Math.hypot(...shipped);
    if (!(cosine >= GOLDEN_COSINE)) {
      return `test text ${row + 1} has a similarity of ${cosine.toFixed(4)} to what it should be, below ${GOLDEN_COSINE}`;
    }
  }
  return undefined;
}
