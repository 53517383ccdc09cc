import type { Ranked } from './ask.ts';
import { CommandError } from './failure.ts';
import { type Line, readLines } from './lines.ts';
import type { Judgements } from './metrics.ts';

/** Last column of our runs: who made it. */
const TAG = 'sheaf';
/** Digits of a score: float32 similarities have seven that mean something. */
const DIGITS = 8;

/** The lines of one query in a TREC run: `query Q0 paper rank score sheaf`. */
export function formatRun(query: string, ranked: readonly Ranked[]): string {
  return ranked
    .map(({ id, score }, index) => `${query} Q0 ${id} ${index + 1} ${shorten(score)} ${TAG}\n`)
    .join('');
}

function shorten(score: number): string {
  return String(Number(score.toPrecision(DIGITS)));
}

/**
 * A TREC run: the papers of each query, best first. The score orders, as the format has it; the rank
 * decides between equal scores, where trec_eval would take the paper's name.
 * @throws {CommandError} naming the file, the line and the reason.
 */
export async function readRun(path: string): Promise<Map<string, string[]>> {
  const entries = new Map<string, Map<string, { rank: number; score: number }>>();
  for await (const line of readLines(path)) {
    const [query, , paper, rank, score] = readColumns(line, 6, 'query Q0 paper rank score name');
    const papers = entries.get(query as string) ?? new Map();
    if (papers.has(paper)) throw bad(line, `${query} has ${paper} twice`);
    papers.set(paper, { rank: readNumber(line, rank, 'rank'), score: readNumber(line, score, 'score') });
    entries.set(query as string, papers);
  }
  return new Map(
    [...entries].map(([query, papers]) => [
      query,
      [...papers].sort(([, a], [, b]) => b.score - a.score || a.rank - b.rank).map(([paper]) => paper),
    ]),
  );
}

/**
 * TREC judgements: `query 0 paper grade`.
 * @throws {CommandError} naming the file, the line and the reason.
 */
export async function readJudgements(path: string): Promise<Map<string, Judgements>> {
  const judged = new Map<string, Map<string, number>>();
  for await (const line of readLines(path)) {
    const [query, , paper, said] = readColumns(line, 4, 'query 0 paper grade');
    const grade = readNumber(line, said, 'grade');
    const grades = judged.get(query as string) ?? new Map<string, number>();
    const before = grades.get(paper as string);
    if (before !== undefined && before !== grade) throw bad(line, `${query} has two grades for ${paper}`);
    judged.set(query as string, grades.set(paper as string, grade));
  }
  if (judged.size === 0) throw new CommandError(`${path} has no judgement.`);
  return judged;
}

function readColumns(line: Line, amount: number, expected: string): string[] {
  const columns = line.text.split(/\s+/);
  if (columns.length === amount) return columns;
  throw bad(line, `it has ${columns.length} columns and not the ${amount} of “${expected}”`);
}

function readNumber(line: Line, text: string | undefined, name: string): number {
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw bad(line, `the ${name} “${text}” is not a number`);
}

function bad(line: Line, reason: string): CommandError {
  return new CommandError(`${line.place}: ${reason}.`);
}
