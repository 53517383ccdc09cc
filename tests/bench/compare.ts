/** What became slower or larger between two tables, as ratios. */
import type { KeptTable } from './kept.ts';
import type { Section } from './table.ts';

export interface Change {
  /** Section, row and column. */
  readonly place: string;
  readonly before: string;
  readonly now: string;
  /** Times are by what each machine took for the same work. */
  readonly ratio: number;
}

/** A time that is longer by so much on the same machine was seen without any change. */
const SLOWER = 1.5;
const LARGER = 1.02;

const UNITS: Readonly<Record<string, { readonly kind: 'time' | 'bytes'; readonly factor: number }>> = {
  ms: { kind: 'time', factor: 1 },
  s: { kind: 'time', factor: 1_000 },
  kB: { kind: 'bytes', factor: 1e3 },
  MB: { kind: 'bytes', factor: 1e6 },
};

/**
 * Cells of both tables that are a time or bytes and grew by more than measuring alone explains, the worst first; and
 * how many were compared. Sections that only one table has are passed over.
 */
export function compareTables(before: KeptTable, now: KeptTable): { changes: Change[]; compared: number } {
  const speed = now.yardstick / before.yardstick;
  const old = cellsOf(before.sections);
  const changes: Change[] = [];
  let compared = 0;
  for (const [place, cell] of cellsOf(now.sections)) {
    const [was, is] = [readCell(old.get(place)), readCell(cell)];
    if (!was || !is || was.kind !== is.kind || was.value === 0) continue;
    compared++;
    const ratio = is.value / was.value / (is.kind === 'time' ? speed : 1);
    if (ratio > (is.kind === 'time' ? SLOWER : LARGER))
      changes.push({ place, before: old.get(place) as string, now: cell, ratio });
  }
  return { changes: changes.sort((a, b) => b.ratio - a.ratio), compared };
}

function cellsOf(sections: readonly Section[]): Map<string, string> {
  const cells = sections.flatMap(({ title, columns, rows }) =>
    rows.flatMap(([label, ...values]) =>
      values.map((value, at) => [[title, label.trim(), columns[at] ?? ''].join(' / '), value] as const),
    ),
  );
  return new Map(cells);
}

/** The number that a cell begins with, in milliseconds or bytes; undefined where it is neither. */
function readCell(cell: string | undefined) {
  const [, number = '', unit = ''] = /^([\d,]+(?:\.\d+)?) (ms|s|kB|MB)\b/.exec(cell ?? '') ?? [];
  const known = UNITS[unit];
  return known && { kind: known.kind, value: Number(number.replaceAll(',', '')) * known.factor };
}
