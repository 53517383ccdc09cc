/** How well found groups agree with labels that people gave. */

/** Homogeneity and completeness, their harmonic mean: 0 to 1 (Rosenberg and Hirschberg 2007). */
export function vMeasure(labels: readonly string[], groups: ArrayLike<number>): number {
  const table = contingency(labels, groups);
  const information = mutualInformation(table);
  const [byLabel, byGroup] = [entropy(table.labelSizes, table.total), entropy(table.groupSizes, table.total)];
  const homogeneity = byLabel === 0 ? 1 : information / byLabel;
  const completeness = byGroup === 0 ? 1 : information / byGroup;
  return homogeneity + completeness === 0
    ? 0
    : (2 * homogeneity * completeness) / (homogeneity + completeness);
}

/**
 * Mutual information less what chance gives, over the mean entropy less the same: 0 for groups made at random,
 * whatever their number, 1 for the labels themselves (Vinh, Epps and Bailey 2010, arithmetic mean).
 */
export function adjustedMutualInformation(labels: readonly string[], groups: ArrayLike<number>): number {
  const table = contingency(labels, groups);
  const expected = expectedInformation(table);
  const mean = (entropy(table.labelSizes, table.total) + entropy(table.groupSizes, table.total)) / 2;
  const room = mean - expected;
  return Math.abs(room) < 1e-12 ? 1 : (mutualInformation(table) - expected) / room;
}

interface Contingency {
  readonly cells: ReadonlyMap<string, number>;
  readonly labelSizes: readonly number[];
  readonly groupSizes: readonly number[];
  readonly total: number;
}

function contingency(labels: readonly string[], groups: ArrayLike<number>): Contingency {
  const names = [...new Set(labels)];
  const numbers = [...new Set(Array.from(groups))];
  const labelSizes = names.map(() => 0);
  const groupSizes = numbers.map(() => 0);
  const cells = new Map<string, number>();
  labels.forEach((label, index) => {
    const [i, j] = [names.indexOf(label), numbers.indexOf(groups[index] as number)];
    labelSizes[i] = (labelSizes[i] as number) + 1;
    groupSizes[j] = (groupSizes[j] as number) + 1;
    cells.set(`${i} ${j}`, (cells.get(`${i} ${j}`) ?? 0) + 1);
  });
  return { cells, labelSizes, groupSizes, total: labels.length };
}

function mutualInformation({ cells, labelSizes, groupSizes, total }: Contingency): number {
  let sum = 0;
  for (const [key, both] of cells) {
    const [i, j] = key.split(' ').map(Number) as [number, number];
    const product = (labelSizes[i] as number) * (groupSizes[j] as number);
    sum += (both / total) * Math.log((total * both) / product);
  }
  return sum;
}

function entropy(sizes: readonly number[], total: number): number {
  return -sizes.reduce((sum, size) => sum + (size > 0 ? (size / total) * Math.log(size / total) : 0), 0);
}

/** What two partitions with these sizes share by chance: hypergeometric, cell by cell. */
function expectedInformation({ labelSizes, groupSizes, total }: Contingency): number {
  const logFactorial = new Float64Array(total + 1);
  for (let n = 2; n <= total; n++) logFactorial[n] = (logFactorial[n - 1] as number) + Math.log(n);
  const f = (n: number) => logFactorial[n] as number;
  let sum = 0;
  for (const a of labelSizes) {
    for (const b of groupSizes) {
      const fixed = f(a) + f(b) + f(total - a) + f(total - b) - f(total);
      for (let n = Math.max(1, a + b - total); n <= Math.min(a, b); n++) {
        const chance = Math.exp(fixed - f(n) - f(a - n) - f(b - n) - f(total - a - b + n));
        sum += (n / total) * Math.log((total * n) / (a * b)) * chance;
      }
    }
  }
  return sum;
}
