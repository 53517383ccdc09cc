import { fillGaps, mergeLists } from '../paper/identity.ts';
import { LONGEST_NOTE } from '../paper/limits.ts';
import type { Paper } from '../paper/paper.ts';
import type { Rows } from './database.ts';
import type { GroupName, LibrarySchema, Mark, Note, Opinion, StoredTopic } from './names.ts';
import { noteChanges, type RowChange } from './undo.ts';

/** What the reader made or chose, but for settings, which are of the device. */
export interface Snapshot {
  readonly papers: readonly Paper[];
  readonly topics: readonly StoredTopic[];
  readonly opinions: readonly Opinion[];
  readonly marks: readonly Mark[];
  readonly notes: readonly Note[];
  readonly groupNames: readonly GroupName[];
}

/** What a merge of a snapshot did: papers by id, the rest counted. */
export interface SnapshotReport {
  readonly added: string[];
  readonly merged: string[];
  readonly unchanged: string[];
  readonly topics: number;
  readonly opinions: number;
  readonly marks: number;
  readonly notes: number;
  /** For the way back. */
  readonly changes: readonly RowChange[];
}

export async function readSnapshot(rows: Rows<LibrarySchema>): Promise<Snapshot> {
  const [papers, topics, opinions, marks, notes, groupNames] = await Promise.all([
    rows.getAll('papers'),
    rows.getAll('topics'),
    rows.getAll('opinions'),
    rows.getAll('marks'),
    rows.getAll('notes'),
    rows.getAll('group-names'),
  ]);
  return { papers, topics, opinions, marks, notes, groupNames };
}

/**
 * Adds what is missing; what is here stays as it is, but for gaps that the snapshot fills. A paper
 * that is here under another id takes what was said of it and how it was marked, a topic of the same words likewise.
 */
export async function mergeSnapshot(
  transaction: Rows<LibrarySchema>,
  incoming: Snapshot,
): Promise<SnapshotReport> {
  const here = await readSnapshot(transaction);
  const { rows, changes } = noteChanges(transaction, here);
  const { changed, added, merged, unchanged, ids } = mergeLists(here.papers, incoming.papers, fillGaps);
  for (const paper of changed) rows.put('papers', paper);
  const idOf = (paper: string) => ids.get(paper) ?? paper;

  const wordsOf = ({ name, sentence }: StoredTopic) => JSON.stringify([name, sentence]);
  const knownTopics = new Map(
    here.topics.flatMap((topic) => [
      [topic.id, topic.id],
      [wordsOf(topic), topic.id],
    ]),
  );
  const topicOf = new Map(
    incoming.topics.map((topic) => [topic.id, knownTopics.get(wordsOf(topic)) ?? topic.id]),
  );
  const topics = incoming.topics.filter(
    (topic) => !knownTopics.has(topic.id) && !knownTopics.has(wordsOf(topic)),
  );
  for (const topic of topics) rows.put('topics', topic);

  const keyOf = ({ topic, paper }: Opinion) => JSON.stringify([topic, paper]);
  const knownOpinions = new Set(here.opinions.map(keyOf));
  const opinions = incoming.opinions
    .map((opinion) => ({
      ...opinion,
      topic: topicOf.get(opinion.topic) ?? opinion.topic,
      paper: idOf(opinion.paper),
    }))
    .filter((opinion) => !knownOpinions.has(keyOf(opinion)));
  for (const opinion of opinions) rows.put('opinions', opinion);

  const knownNames = new Set(here.groupNames.map(({ id }) => id));
  for (const name of incoming.groupNames) if (!knownNames.has(name.id)) rows.put('group-names', name);

  const marks = mergeMarks(rows, here.marks, incoming.marks, idOf);
  const notes = mergeNotes(rows, here.notes, incoming.notes, idOf);
  const counts = { topics: topics.length, opinions: opinions.length, marks, notes };
  return { added, merged, unchanged, ...counts, changes };
}

/** Every mark that either has; tags of both. Gives how many papers were marked. */
function mergeMarks(
  rows: Rows<LibrarySchema>,
  here: readonly Mark[],
  incoming: readonly Mark[],
  idOf: (paper: string) => string,
): number {
  const knownMarks = new Map(here.map((mark) => [mark.paper, mark]));
  const size = (one: Mark) => Object.keys(one).length + (one.tags?.length ?? 0);
  let marks = 0;
  for (const [paper, [first, ...others]] of groupByPaper(incoming, idOf)) {
    const before = knownMarks.get(paper);
    const tags = new Set(before?.tags);
    let now: Mark = { ...first, ...before, paper };
    for (const mark of others) now = { ...mark, ...now };
    for (const mark of first ? [first, ...others] : []) for (const tag of mark.tags ?? []) tags.add(tag);
    if (tags.size > 0) now = { ...now, tags: [...tags] };
    if (before && size(now) === size(before)) continue;
    rows.put('marks', now);
    marks++;
  }
  return marks;
}

/** What is said of a paper here, be it said under several ids: put once, or ten thousand would cost as many rows each time longer. */
function groupByPaper<Said extends { readonly paper: string }>(
  incoming: readonly Said[],
  idOf: (paper: string) => string,
): Map<string, Said[]> {
  const groups = new Map<string, Said[]>();
  for (const said of incoming) {
    const paper = idOf(said.paper);
    const group = groups.get(paper);
    if (group) group.push(said);
    else groups.set(paper, [said]);
  }
  return groups;
}

/** Between the text that is here and the one that comes, where they differ. */
const BETWEEN_NOTES = '\n\n---\n\n';

/** Notes that are missing; where both have one of other words, the one that comes is written below. */
function mergeNotes(
  rows: Rows<LibrarySchema>,
  here: readonly Note[],
  incoming: readonly Note[],
  idOf: (paper: string) => string,
): number {
  const known = new Map(here.map((note) => [note.paper, note]));
  let notes = 0;
  for (const [paper, texts] of groupByPaper(incoming, idOf)) {
    const before = known.get(paper);
    let [text, editedAt] = [before?.text ?? '', before?.editedAt ?? ''];
    for (const note of texts) {
      const between = text === '' ? '' : BETWEEN_NOTES;
      // Longer than a note may be none becomes: what the reader has here stays, whatever a file brings.
      if (text.length + between.length + note.text.length > LONGEST_NOTE) continue;
      if (text.includes(note.text)) continue;
      text += between + note.text;
      if (note.editedAt > editedAt) editedAt = note.editedAt;
    }
    if (text === (before?.text ?? '')) continue;
    rows.put('notes', { paper, text, editedAt });
    notes++;
  }
  return notes;
}
