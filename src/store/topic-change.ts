import type { Rows } from './database.ts';
import type { LibrarySchema, Opinion, StoredTopic } from './names.ts';

/** A change of several topics and of what is said in them. Carried out in the order of the fields. */
export interface TopicsChange {
  /** Ids of topics in which all that was said is forgotten. */
  readonly forget?: readonly string[];
  /** What is taken back of single papers. */
  readonly unsay?: readonly Pick<Opinion, 'topic' | 'paper'>[];
  /** Ids of topics that go; what was said in them stays unless it is forgotten, too. */
  readonly remove?: readonly string[];
  readonly put?: readonly StoredTopic[];
  readonly say?: readonly Opinion[];
}

/** Carries a change out, within a transaction, and gives the one that takes it back. */
export async function changeTopics(rows: Rows<LibrarySchema>, change: TopicsChange): Promise<TopicsChange> {
  const { forget = [], unsay = [], remove = [], put = [], say = [] } = change;
  const [topics, opinions] = await Promise.all([rows.getAll('topics'), rows.getAll('opinions')]);
  const topicsBefore = new Map(topics.map((topic) => [topic.id, topic]));
  const before = new Map(opinions.map((opinion) => [keyOf(opinion), opinion]));

  const emptied = new Set(forget);
  const taken = [...unsay, ...opinions.filter(({ topic }) => emptied.has(topic))];
  for (const { topic, paper } of taken) rows.delete('opinions', [topic, paper]);
  for (const id of remove) rows.delete('topics', id);
  for (const topic of put) rows.put('topics', topic);
  for (const opinion of say) rows.put('opinions', opinion);

  const ids = [...new Set([...remove, ...put.map(({ id }) => id)])];
  const touched = new Map([...taken, ...say].map((one) => [keyOf(one), one]));
  return {
    remove: ids.filter((id) => !topicsBefore.has(id)),
    unsay: [...touched].flatMap(([key, one]) => (before.has(key) ? [] : [one])),
    put: ids.flatMap((id) => topicsBefore.get(id) ?? []),
    say: [...touched.keys()].flatMap((key) => before.get(key) ?? []),
  };
}

function keyOf({ topic, paper }: Pick<Opinion, 'topic' | 'paper'>): string {
  return JSON.stringify([topic, paper]);
}
