import { fillGaps, mergeLists } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';
import type { Rows } from './database.ts';
import type { LibrarySchema, Mark, Opinion, StoredTopic } from './names.ts';

/** What the reader made or chose, but for settings, which are of the device. */
export interface Snapshot {
  readonly papers: readonly Paper[];
  readonly topics: readonly StoredTopic[];
  readonly opinions: readonly Opinion[];
  readonly marks: readonly Mark[];
}

/** What a merge of a snapshot did: papers by id, the rest counted. */
export interface SnapshotReport {
  readonly added: string[];
  readonly merged: string[];
  readonly unchanged: string[];
  readonly topics: number;
  readonly opinions: number;
  readonly marks: number;
}

export const SNAPSHOT_STORES: ('papers' | 'topics' | 'opinions' | 'marks')[] = [
  'papers',
  'topics',
  'opinions',
  'marks',
];

export async function readSnapshot(rows: Rows<LibrarySchema>): Promise<Snapshot> {
  const [papers, topics, opinions, marks] = await Promise.all([
    rows.getAll('papers'),
    rows.getAll('topics'),
    rows.getAll('opinions'),
    rows.getAll('marks'),
  ]);
  return { papers, topics, opinions, marks };
}

/**
 * Adds what is missing; what is here stays as it is, but for gaps that the snapshot fills. A paper
 * that is here under another id takes what was said of it and how it was marked, a topic of the same words likewise.
 */
export async function mergeSnapshot(rows: Rows<LibrarySchema>, incoming: Snapshot): Promise<SnapshotReport> {
  const here = await readSnapshot(rows);
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

  const knownMarks = new Map(here.marks.map((mark) => [mark.paper, mark]));
  let marks = 0;
  for (const mark of incoming.marks) {
    const paper = idOf(mark.paper);
    const before = knownMarks.get(paper);
    const now: Mark = { ...mark, ...before, paper };
    if (before && Object.keys(now).length === Object.keys(before).length) continue;
    knownMarks.set(paper, now);
    rows.put('marks', now);
    marks++;
  }
  return { added, merged, unchanged, topics: topics.length, opinions: opinions.length, marks };
}
