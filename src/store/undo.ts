import type { Paper } from '../paper/paper.ts';
import { readSnapshot, type Snapshot } from './backup.ts';
import type { Rows } from './database.ts';
import {
  type GroupName,
  LIBRARY,
  type LibrarySchema,
  type Mark,
  type Note,
  type Opinion,
  type StoredTopic,
} from './names.ts';

type Part = 'papers' | 'topics' | 'opinions' | 'marks' | 'notes' | 'group-names';
type Row = Paper | StoredTopic | Opinion | Mark | Note | GroupName;

/** A row that was put: as it was before, if it was there, and as the change left it. */
export interface RowChange {
  readonly part: Part;
  readonly before?: Row;
  readonly after: Row;
}

export interface UndoReport {
  /** Papers that stay, or stay in part, since they were changed or spoken of meanwhile. */
  readonly papers: readonly string[];
  /** Topics, opinions, marks, notes and names of groups that stay for that reason. */
  readonly others: number;
}

/**
 * The rows of a transaction, of which every row that is put is noted with what was there.
 * @param here what was read in the same transaction.
 */
export function noteChanges(rows: Rows<LibrarySchema>, here: Partial<Snapshot>) {
  const known = new Map(rowsOf(here).map(([part, row]) => [keyOf(part, row), row]));
  const changes: RowChange[] = [];
  const noting: Rows<LibrarySchema> = {
    ...rows,
    put(store, value) {
      const [part, after] = [store as Part, value as Row];
      const before = known.get(keyOf(part, after));
      changes.push({ part, ...(before ? { before } : {}), after });
      rows.put(store, value);
    },
  };
  return { rows: noting, changes };
}

/**
 * Takes changes back, the last one first. What somebody changed since stays as it is, field by field; a paper
 * that came with them stays if something was said of it, a topic if papers were. Nothing of the reader's is lost.
 */
export async function undoChanges(
  rows: Rows<LibrarySchema>,
  changes: readonly RowChange[],
): Promise<UndoReport> {
  const here = new Map(
    rowsOf(await readSnapshot(rows)).map(([part, row]) => [keyOf(part, row), { part, row }]),
  );
  const stays = { papers: [] as string[], others: 0 };
  const put = (part: Part, row: Row) => {
    here.set(keyOf(part, row), { part, row });
    rows.put(part, row as never);
  };
  const take = (part: Part, row: Row) => {
    here.delete(keyOf(part, row));
    rows.delete(part, pathOf(part, row) as never);
  };
  const ofPart = (...parts: Part[]) => joined(changes).filter(({ part }) => parts.includes(part));
  const now = ({ part, after }: RowChange) => here.get(keyOf(part, after))?.row;

  // What was said goes first: it keeps the papers and topics that it is about.
  for (const change of ofPart('opinions', 'marks', 'notes', 'group-names')) {
    const current = now(change);
    if (!current) continue;
    const back = takenBack(change, current);
    if (back.kept) stays.others++;
    if (!back.row) take(change.part, current);
    else if (!same(back.row, current)) put(change.part, back.row);
  }
  const said = [...here.values()];
  const spoken = new Set(
    said.flatMap(({ part, row }) => (part !== 'papers' && 'paper' in row ? [row.paper] : [])),
  );
  const taught = new Set(
    said.flatMap(({ part, row }) => (part === 'opinions' ? [(row as Opinion).topic] : [])),
  );
  for (const change of ofPart('topics', 'papers')) {
    const current = now(change) as Paper | StoredTopic | undefined;
    if (!current) continue;
    const isNeeded = (change.part === 'papers' ? spoken : taught).has(current.id);
    const changed = !change.before && !same(current, change.after);
    const back = takenBack(change, current);
    const keeps = !change.before && (isNeeded || changed);
    if (keeps || back.kept) {
      if (change.part === 'papers') stays.papers.push(current.id);
      else stays.others++;
    }
    if (keeps) continue;
    if (!back.row) take(change.part, current);
    else if (!same(back.row, current)) put(change.part, back.row);
  }
  return stays;
}

/** Several changes of one row as one: what was before the first, what the last one left. */
function joined(changes: readonly RowChange[]): RowChange[] {
  const byKey = new Map<string, RowChange>();
  for (const change of changes) {
    const key = keyOf(change.part, change.after);
    const first = byKey.get(key) ?? change;
    const { part, after } = change;
    byKey.set(key, { part, ...(first.before ? { before: first.before } : {}), after });
  }
  return [...byKey.values()];
}

/** A row without a change; fields that are no longer as it left them stay. No row where none was and none is needed. */
function takenBack({ part, before, after }: RowChange, current: Row): { row?: Row; kept: boolean } {
  if (same(current, after)) return before ? { row: before, kept: false } : { kept: false };
  // Half a note or half an opinion is none.
  if (part !== 'marks' && part !== 'papers') return { row: current, kept: true };
  const was = fieldsOf(before);
  const left = fieldsOf(after);
  const is = fieldsOf(current);
  const row: Record<string, unknown> = {};
  let kept = false;
  for (const name of new Set([...Object.keys(was), ...Object.keys(left), ...Object.keys(is)])) {
    const untouched = same(is[name], left[name]);
    if (!untouched && !same(was[name], left[name])) kept = true;
    const value = untouched ? was[name] : is[name];
    if (value !== undefined) row[name] = value;
  }
  if (part !== 'marks') return { row: row as unknown as Row, kept };
  // The key belongs to every row.
  const mark = { ...row, paper: (current as Mark).paper };
  return Object.keys(mark).length > 1 ? { row: mark, kept } : { kept };
}

function fieldsOf(row: Row | undefined): Record<string, unknown> {
  return (row ?? {}) as unknown as Record<string, unknown>;
}

/** Rows are plain data, and come back from the disk with their fields in the order in which they were put. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function rowsOf(snapshot: Partial<Snapshot>): [part: Part, row: Row][] {
  const { papers, topics, opinions, marks, notes, groupNames } = snapshot;
  const parts = { papers, topics, opinions, marks, notes, 'group-names': groupNames };
  return Object.entries(parts).flatMap(([part, rows]) =>
    (rows ?? []).map((row): [Part, Row] => [part as Part, row]),
  );
}

function pathOf(part: Part, row: Row): unknown {
  const path = LIBRARY.keys[part];
  const fields = fieldsOf(row);
  return typeof path === 'string' ? fields[path] : path.map((name) => fields[name]);
}

function keyOf(part: Part, row: Row): string {
  return JSON.stringify([part, pathOf(part, row)]);
}
