/** How measurements are printed: one plain table of sections. */

export interface Section {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly [label: string, ...cells: string[]])[];
  readonly notes?: readonly string[];
}

/** Between columns, characters. */
const GAP = 2;

/** All sections under one another, their columns aligned. */
export function formatTable(head: readonly string[], sections: readonly Section[]): string {
  const lines = sections.flatMap(({ title, columns, rows }) => [[title, ...columns], ...rows]);
  const widths: number[] = [];
  for (const line of lines) {
    line.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, cell.length);
    });
  }
  const format = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[at] ?? 0) + GAP)))
      .join('')
      .trimEnd();
  const body = sections.flatMap(({ title, columns, rows, notes = [] }) => [
    '',
    format([title, ...columns]),
    ...rows.map(([label, ...cells]) => format([`  ${label}`, ...cells])),
    ...notes.map((note) => `  ${note}`),
  ]);
  return [...head, ...body].join('\n');
}

/** The middle of a list; of an even number the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Between two values in proportion. NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

/** `4.2 ms`, `412 ms`, `12.3 s`; `not in time` for what did not come. */
export function formatTime(milliseconds: number | undefined): string {
  if (milliseconds === undefined || Number.isNaN(milliseconds)) return 'not in time';
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 9_999.5) return `${formatCount(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** `5.8 kB`, `14.24 MB`: of 1,000. */
export function formatBytes(bytes: number): string {
  if (bytes === 0) return 'none';
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}

/** `12,345` */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString('en');
}
