/** Cosine of two rows of any length; no number where `b` is shorter than `a`, so that no comparison holds. */
export function cosine(a: readonly number[], b: readonly number[]): number {
  const sum = a.reduce((total, value, at) => total + value * (b[at] ?? Number.NaN), 0);
  return sum / (Math.hypot(...a) * Math.hypot(...b));
}
