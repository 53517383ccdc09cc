import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import { type TopicQuery, type TopicScores, topicText } from '../ranking/topics.ts';
import type { Opinion, Store, StoredTopic } from '../store/store.ts';
import type { Meaning } from './meaning.ts';
import { isStop, type Notices } from './notices.ts';
import { createTopicChanges, type TopicChanges } from './topicChanges.ts';
import type { Topic, Topics } from './topics.ts';

/** Topics, with what ranks papers by them and what changes them. */
export interface TopicWork extends Topics {
  /** Every paper ranked for each topic that has been scored. */
  readonly scored: Accessor<ReadonlyMap<string, TopicScores>>;
  readonly change: TopicChanges;
  /** What is asked of a topic, with its vector where the model is up; undefined where there is no such topic. */
  query(id: string): Promise<TopicQuery | undefined>;
  /** A name is the sentence's beginning unless one is given. A topic of these words that is here already is it. */
  add(sentence: string, name?: string): Promise<Topic>;
  /** Gives what was removed, for {@link restore}; undefined where the topic is not the reader's own. */
  remove(id: string): Promise<Removed | undefined>;
  /** Puts a removed topic back as it was, in its place and under its id. */
  restore(removed: Removed): Promise<void>;
}

export interface Removed {
  readonly topic: StoredTopic;
  readonly opinions: readonly Opinion[];
}

interface Parts {
  readonly topics: Topics;
  readonly store: Promise<Store>;
  readonly ranker: Ranker;
  readonly indexed: Accessor<number>;
  readonly meaning: Meaning;
  readonly notices: Notices;
}

export function createTopicWork({ topics, store, ranker, indexed, meaning, notices }: Parts): TopicWork {
  const { list, lists, site, stored, examples, reread } = topics;
  const [scored, setScored] = createSignal<ReadonlyMap<string, TopicScores>>(new Map());
  const vectors = new Map<string, Float32Array>();
  /** What is scored: that a topic has moved, or its colour, asks for no new scores. */
  const asked = createMemo(() => list().map(({ id, name, sentence }) => ({ id, name, sentence })), [], {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });

  const vectorOf = async (topic: Pick<Topic, 'name' | 'sentence'>): Promise<Float32Array> => {
    const key = `${meaning.modelId()} ${topic.name} ${topic.sentence}`;
    const known = vectors.get(key);
    if (known) return known;
    const vector = await meaning.embedQuery(topicText(topic));
    vectors.set(key, vector);
    return vector;
  };

  const queryOf = async (
    { id, name, sentence }: Pick<Topic, 'id' | 'name' | 'sentence'>,
    byMeaning: boolean,
  ): Promise<TopicQuery> => {
    const vector = byMeaning && (await vectorOf({ name, sentence }));
    return { id, name, sentence, ...topics.examples(id), ...(vector ? { vector: vector.slice() } : {}) };
  };

  let newest = 0;
  const score = async (
    wanted: readonly Pick<Topic, 'id' | 'name' | 'sentence'>[],
    byMeaning: boolean,
    mine: number,
  ) => {
    try {
      const queries = await Promise.all(wanted.map((topic) => queryOf(topic, byMeaning)));
      if (mine !== newest) return;
      const found = await ranker.scoreTopics(queries);
      // Also where others have been asked for meanwhile: they come after these.
      setScored(new Map(found.map((scored) => [scored.id, scored])));
    } catch (error) {
      if (!isStop(error) && mine === newest) notices.fail(error);
    }
  };
  /** One at a time, and of those that wait the newest: while a long list is read each step of it asks anew. */
  let last: Promise<void> = Promise.resolve();
  createEffect(
    on([asked, indexed, meaning.contract, meaning.version, topics.opinions], ([wanted, , contract]) => {
      const mine = ++newest;
      last = last.then(() => (mine === newest ? score(wanted, contract !== undefined, mine) : undefined));
    }),
  );

  const change = createTopicChanges({ store, site, stored, lists, examples, reload: reread });

  return {
    ...topics,
    scored,
    change,
    async query(id) {
      const topic = list().find((one) => one.id === id);
      return topic && queryOf(topic, meaning.contract() !== undefined);
    },
    async add(text, given) {
      const sentence = text.trim();
      const same = (topic: Topic) => [topic.name, topic.sentence].includes(sentence);
      const known = list().find(same);
      if (known) return known;
      const { made } = await change.make([{ sentence, ...(given ? { name: given } : {}) }]);
      return list().find((topic) => topic.id === made[0]) as Topic;
    },
    async remove(id) {
      await change.keepColors();
      const topic = stored().find((one) => one.id === id);
      const said = await (await store).deleteTopic(id);
      await reread();
      return topic && { topic, opinions: said };
    },
    async restore(removed) {
      await (await store).putTopic(removed.topic, removed.opinions);
      await reread();
    },
  };
}
