import type { Rows } from './database.ts';
import type { LibrarySchema, Opinion, StoredTopic } from './names.ts';

/** Other fields of a topic; those that are not named stay as they are, whatever another tab made of them. */
export interface TopicEdit {
  readonly id: string;
  readonly fields: Partial<Omit<StoredTopic, 'id'>>;
  /** What is changed where there is no row yet. Without it a topic that is gone stays away. */
  readonly base?: StoredTopic;
}

/** A change of several topics and of what is said in them. Carried out in the order of the fields. */
export interface TopicsChange {
  /** Ids of topics without which nothing is changed. */
  readonly needs?: readonly string[];
  /** Colours for rows from before they were kept, of all rows as they are. */
  readonly colors?: (rows: readonly StoredTopic[]) => ReadonlyMap<string, number>;
  /** Ids of topics in which all that was said is forgotten. */
  readonly forget?: readonly string[];
  /** Ids of topics that go; what was said in them stays unless it is forgotten, too. */
  readonly remove?: readonly string[];
  readonly put?: readonly StoredTopic[];
  readonly edit?: readonly TopicEdit[];
  readonly say?: readonly Opinion[];
  /** What a change did, to be taken back: what was changed since stays. */
  readonly undo?: Done;
  /** Ids of topics in which all that was said is forgotten if they are not here now. */
  readonly forgetGone?: readonly string[];
}

interface Step<T> {
  readonly before?: T | undefined;
  readonly after?: T | undefined;
}

interface Done {
  /** `base`: of a row that was made by an edit. */
  readonly topics: readonly (Step<StoredTopic> & { readonly base?: StoredTopic | undefined })[];
  readonly opinions: readonly Step<Opinion>[];
}

/** Carries a change out, within a transaction, and gives the one that takes it back. */
export async function changeTopics(rows: Rows<LibrarySchema>, change: TopicsChange): Promise<TopicsChange> {
  const [topics, opinions] = await Promise.all([rows.getAll('topics'), rows.getAll('opinions')]);
  const now = { topics: byKey(topics, ({ id }) => id), opinions: byKey(opinions, keyOf) };
  const gone = change.needs?.some((id) => !now.topics.has(id));
  // Nothing has been put yet.
  if (gone) throw new Error('This topic is not here any more.');
  for (const [id, color] of change.colors?.(topics) ?? []) {
    const topic = now.topics.get(id);
    if (!topic || topic.color !== undefined) continue;
    const colored = { ...topic, color };
    now.topics.set(id, colored);
    rows.put('topics', colored);
  }
  // A colour that was filled in is no part of what is taken back.
  const before = { topics: new Map(now.topics), opinions: new Map(now.opinions) };

  const forget = (ids: Iterable<string>) => {
    const emptied = new Set(ids);
    for (const [key, { topic }] of now.opinions) if (emptied.has(topic)) now.opinions.delete(key);
  };
  const { topics: here, opinions: said } = now;
  forget(change.forget ?? []);
  for (const id of change.remove ?? []) here.delete(id);
  for (const topic of change.put ?? []) here.set(topic.id, topic);
  const bases = new Map<string, StoredTopic>();
  for (const { id, fields, base } of change.edit ?? []) {
    const topic = here.get(id) ?? base;
    if (!topic) continue;
    if (base && !here.has(id)) bases.set(id, base);
    here.set(id, { ...topic, ...fields });
  }
  for (const opinion of change.say ?? []) said.set(keyOf(opinion), opinion);
  for (const step of change.undo?.topics ?? []) takeBack(here, step);
  const made = (change.undo?.topics ?? []).flatMap(({ before, after, base }) =>
    before || base ? [] : (after?.id ?? []),
  );
  // A new topic that stays keeps its examples.
  const stays = new Set(made.filter((id) => here.has(id)));
  for (const { before: was, after: left } of change.undo?.opinions ?? []) {
    const opinion = (was ?? left) as Opinion;
    const key = keyOf(opinion);
    if (stays.has(opinion.topic) || !same(said.get(key), left)) continue;
    if (was) said.set(key, was);
    else said.delete(key);
  }
  forget((change.forgetGone ?? []).filter((id) => !here.has(id)));

  const done = {
    topics: stepsOf(before.topics, here).map((step) => ({ ...step, base: bases.get(step.after?.id ?? '') })),
    opinions: stepsOf(before.opinions, said),
  };
  for (const { before, after } of done.topics) {
    if (after) rows.put('topics', after);
    else if (before) rows.delete('topics', before.id);
  }
  for (const { before, after } of done.opinions) {
    if (after) rows.put('opinions', after);
    else if (before) rows.delete('opinions', [before.topic, before.paper]);
  }
  return { undo: done };
}

/** A row as it was; where somebody changed it since, field by field, and a new topic with other words stays. */
function takeBack(here: Map<string, StoredTopic>, { before, after, base }: Done['topics'][number]): void {
  const { id } = (before ?? after) as StoredTopic;
  const now = here.get(id);
  // Gone since, or back since: there is nothing to write to, or more than there was.
  if (!now !== !after) return;
  const was = before ?? (same(now, after) ? undefined : base);
  if (was && now && after) here.set(id, fieldsBack(was, after, now));
  else if (was) here.set(id, was);
  else if (now?.name === after?.name && now?.sentence === after?.sentence) here.delete(id);
}

function fieldsBack(was: StoredTopic, left: StoredTopic, now: StoredTopic): StoredTopic {
  const row: Record<string, unknown> = { ...now };
  // Whose words they are goes with both of them.
  const ownWords = now.name !== left.name || now.sentence !== left.sentence;
  for (const name of Object.keys({ ...was, ...left }) as (keyof StoredTopic)[]) {
    if (now[name] !== left[name] || was[name] === left[name]) continue;
    if (name === 'wordsOfSite' && ownWords) continue;
    if (was[name] === undefined) delete row[name];
    else row[name] = was[name];
  }
  return row as unknown as StoredTopic;
}

/** Rows that differ. */
function stepsOf<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): Step<T>[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const step = { before: before.get(key), after: after.get(key) };
    return same(step.before, step.after) ? [] : [step];
  });
}

/** Rows come back from the disk with their fields in the order in which they were put. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function byKey<T>(list: readonly T[], of: (one: T) => string): Map<string, T> {
  return new Map(list.map((one) => [of(one), one]));
}

function keyOf({ topic, paper }: Pick<Opinion, 'topic' | 'paper'>): string {
  return JSON.stringify([topic, paper]);
}
