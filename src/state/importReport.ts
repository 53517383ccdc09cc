import type { Rejection, SourceResult } from '../source/source.ts';
import type { AddReport, UndoReport } from '../store/store.ts';
import { laterTexts } from '../texts/later.ts';

/**
 * What an import did, for the reader. Papers added, merged and unchanged, those that stood in the list more than
 * once, and records rejected: their sum is the total.
 */
export interface ImportReport extends AddReport {
  readonly rejected: readonly Rejection[];
  /** What was left out of papers that did come in. */
  readonly notes: readonly Rejection[];
  /** Records that were read. */
  readonly total: number;
  readonly format?: SourceResult['format'];
  readonly listed?: string;
  /** Of a backup: what it brought besides papers. */
  readonly restored?: {
    readonly topics: number;
    readonly opinions: number;
    readonly marks: number;
    readonly notes: number;
  };
}

/** Records of papers that a list named before: they are here already when their turn comes. */
export function repeatedIn({ total, added, merged, unchanged, rejected }: ImportReport): number {
  return total - added.length - merged.length - unchanged.length - rejected.length;
}

/** One report of two imports, the earlier first. */
export function together(a: ImportReport, b: ImportReport): ImportReport {
  return {
    added: [...a.added, ...b.added],
    merged: [...a.merged, ...b.merged],
    unchanged: [...a.unchanged, ...b.unchanged],
    rejected: [...a.rejected, ...b.rejected],
    notes: [...a.notes, ...b.notes],
    changes: [...a.changes, ...b.changes],
    total: a.total + b.total,
    ...(a.restored || b.restored ? { restored: addUp(a.restored, b.restored) } : {}),
  };
}

function addUp(a: ImportReport['restored'], b: ImportReport['restored']) {
  const sum = (part: keyof NonNullable<ImportReport['restored']>) => (a?.[part] ?? 0) + (b?.[part] ?? 0);
  return { topics: sum('topics'), opinions: sum('opinions'), marks: sum('marks'), notes: sum('notes') };
}

/** What an import did, in one sentence or two; a list of nothing is told as that. */
export function sentenceForReport(report: ImportReport): string {
  const { added, merged, unchanged, rejected, restored } = report;
  if (report.total === 0 && !restored) return laterTexts.papersIn.nothing;
  const repeated = repeatedIn(report);
  const papers = laterTexts.papersIn.report({
    total: report.total,
    added: added.length,
    merged: merged.length,
    here: unchanged.length + repeated,
    repeated,
    rejected: rejected.length,
  });
  return restored ? `${papers}${laterTexts.papersIn.restored(restored)}` : papers;
}

/** What was taken back, and what was not. */
export function sentenceForUndo({ papers, others }: UndoReport): string {
  return laterTexts.papersIn.undone(papers.length, others);
}
