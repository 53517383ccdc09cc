import { type Accessor, batch, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import { type TopicQuery, type TopicScores, topicText } from '../ranking/topics.ts';
import { fetchTopics } from '../source/topics.ts';
import type { Opinion, Store, StoredTopic } from '../store/store.ts';
import { texts } from '../texts/texts.ts';
import type { Meaning } from './meaning.ts';
import { isStop, type Notices } from './notices.ts';
import { createTopicChanges, type TopicChanges } from './topicChanges.ts';
import { joinTopics, type SiteTopic, type Topic } from './topicList.ts';

export type { Topic };

export interface Topics {
  /** In the reader's order, without those that are hidden. */
  readonly list: Accessor<readonly Topic[]>;
  /** Topics of the site that the reader does not want. */
  readonly hidden: Accessor<readonly Topic[]>;
  readonly change: TopicChanges;
  byId(id: string): Topic | undefined;
  /** Every paper ranked for a topic; undefined until it has been scored. */
  scores(id: string): TopicScores | undefined;
  /** What is asked of a topic, with its vector where the model is up; undefined where there is no such topic. */
  query(id: string): Promise<TopicQuery | undefined>;
  /** Topics that a paper belongs to. */
  of(paperId: string): readonly Topic[];
  /** A name is the sentence's beginning unless one is given. A topic of these words that is here already is it. */
  add(sentence: string, name?: string): Promise<Topic>;
  /** Gives what was removed, for {@link restore}; undefined where the topic is not the reader's own. */
  remove(id: string): Promise<Removed | undefined>;
  /** Puts a removed topic back as it was, in its place and under its id. */
  restore(removed: Removed): Promise<void>;
  /** Papers that the reader said belong to a topic, and papers that do not: the topic learns from them. */
  examples(id: string): TopicExamples;
  /** What the reader has said of a paper in a topic. */
  saidOf(id: string, paperId: string): Opinion['said'] | undefined;
  /** Says it, or takes it back where it was said already, after what was said before is kept. */
  toggle(
    id: string,
    paperId: string,
    said: Opinion['said'],
  ): Promise<{ before: Opinion['said'] | undefined; now: Opinion['said'] | undefined }>;
  /** What the reader says of a paper in a topic; undefined takes it back. */
  say(id: string, paperId: string, said: Opinion['said'] | undefined): Promise<void>;
  /** Takes back all that was said in a topic, and gives it, for {@link sayAgain}. */
  forget(id: string): Promise<readonly Opinion[]>;
  sayAgain(opinions: readonly Opinion[]): Promise<void>;
  load(): Promise<void>;
  /** Reads again what is kept of the reader's own topics and opinions. */
  reload(): Promise<void>;
  /** All topics that there are have been read: one that is not listed does not exist. */
  readonly loaded: Accessor<boolean>;
}

export interface Removed {
  readonly topic: StoredTopic;
  readonly opinions: readonly Opinion[];
}

export interface TopicExamples {
  readonly liked: readonly string[];
  readonly disliked: readonly string[];
}

const NO_EXAMPLES: TopicExamples = { liked: [], disliked: [] };

export function createTopics(
  store: Promise<Store>,
  url: string,
  ranker: Ranker,
  indexed: Accessor<number>,
  meaning: Meaning,
  notices: Notices,
  /** Of the site's topics, as the page says. */
  sha256?: string,
): Topics {
  const [site, setSite] = createSignal<readonly SiteTopic[]>([]);
  const [own, setOwn] = createSignal<readonly StoredTopic[]>([]);
  const [scores, setScores] = createSignal<ReadonlyMap<string, TopicScores>>(new Map());
  const [opinions, setOpinions] = createSignal<readonly Opinion[]>([]);
  const [loaded, setLoaded] = createSignal(false);
  const vectors = new Map<string, Float32Array>();

  const lists = createMemo(() => joinTopics(site(), own()));
  const list = createMemo(() => lists().shown);
  /** What is scored: that a topic has moved, or its colour, asks for no new scores. */
  const asked = createMemo(() => list().map(({ id, name, sentence }) => ({ id, name, sentence })), [], {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });

  const examples = createMemo<ReadonlyMap<string, TopicExamples>>(() => {
    const byTopic = new Map<string, { liked: string[]; disliked: string[] }>();
    for (const { topic, paper, said } of opinions()) {
      const found = byTopic.get(topic) ?? { liked: [], disliked: [] };
      found[said].push(paper);
      byTopic.set(topic, found);
    }
    return byTopic;
  });
  const examplesOf = (id: string) => examples().get(id) ?? NO_EXAMPLES;

  const saidOf = (id: string, paperId: string): Opinion['said'] | undefined => {
    const { liked, disliked } = examplesOf(id);
    return liked.includes(paperId) ? 'liked' : disliked.includes(paperId) ? 'disliked' : undefined;
  };
  /** A key pressed twice at once is a yes and its taking back: one after another. */
  let lastSaid: Promise<unknown> = Promise.resolve();
  const say = async (id: string, paperId: string, said: Opinion['said'] | undefined) => {
    const kept = await store;
    if (said) await kept.putOpinions([{ topic: id, paper: paperId, said }]);
    else await kept.deleteOpinions(id, paperId);
    await reloadOpinions();
  };

  const belonging = createMemo(() => {
    const map = new Map<string, Topic[]>();
    for (const topic of list()) {
      for (const paper of scores().get(topic.id)?.belonging ?? []) {
        const topics = map.get(paper.id);
        if (topics) topics.push(topic);
        else map.set(paper.id, [topic]);
      }
    }
    return map;
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
    return { id, name, sentence, ...examplesOf(id), ...(vector ? { vector: vector.slice() } : {}) };
  };

  let newest = 0;
  const score = async (
    topics: readonly Pick<Topic, 'id' | 'name' | 'sentence'>[],
    byMeaning: boolean,
    mine: number,
  ) => {
    try {
      const queries = await Promise.all(topics.map((topic) => queryOf(topic, byMeaning)));
      if (mine !== newest) return;
      const found = await ranker.scoreTopics(queries);
      // Also where others have been asked for meanwhile: they come after these.
      setScores(new Map(found.map((scored) => [scored.id, scored])));
    } catch (error) {
      if (!isStop(error) && mine === newest) notices.fail(error);
    }
  };
  /** One at a time, and of those that wait the newest: while a long list is read each step of it asks anew. */
  let last: Promise<void> = Promise.resolve();
  createEffect(
    on([asked, indexed, meaning.contract, meaning.version, examples], ([topics, , contract]) => {
      const mine = ++newest;
      last = last.then(() => (mine === newest ? score(topics, contract !== undefined, mine) : undefined));
    }),
  );

  const reloadOpinions = async () => setOpinions(await (await store).opinions());
  const reload = async () => {
    const kept = await store;
    const [topics, said] = await Promise.all([kept.topics(), kept.opinions()]);
    // Both at once: a topic without its examples would be scored for nothing.
    batch(() => {
      setOpinions(said);
      setOwn(topics);
    });
  };

  void store.then((kept) =>
    kept.onChanged((part) => {
      const again = part === 'topics' ? reload() : part === 'opinions' ? reloadOpinions() : undefined;
      again?.catch((error) => notices.fail(error));
    }),
  );

  const change = createTopicChanges({ store, site, stored: own, lists, examples: examplesOf, reload });

  return {
    list,
    hidden: () => lists().hidden,
    change,
    byId: (id) => list().find((topic) => topic.id === id),
    scores: (id) => scores().get(id),
    async query(id) {
      const topic = list().find((one) => one.id === id);
      return topic && queryOf(topic, meaning.contract() !== undefined);
    },
    of: (paperId) => belonging().get(paperId) ?? [],
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
      const topic = own().find((one) => one.id === id);
      const said = await (await store).deleteTopic(id);
      await reload();
      return topic && { topic, opinions: said };
    },
    async restore(removed) {
      await (await store).putTopic(removed.topic, removed.opinions);
      await reload();
    },
    examples: examplesOf,
    saidOf,
    toggle(id, paperId, said) {
      const turn = lastSaid.then(async () => {
        const before = saidOf(id, paperId);
        const now = before === said ? undefined : said;
        await say(id, paperId, now);
        return { before, now };
      });
      lastSaid = turn.catch(() => {});
      return turn;
    },
    say,
    async forget(id) {
      const said = await (await store).deleteOpinions(id);
      await reloadOpinions();
      return said;
    },
    async sayAgain(said) {
      await (await store).putOpinions(said);
      await reloadOpinions();
    },
    async load() {
      try {
        await reload();
      } catch (error) {
        notices.fail(error);
      }
      try {
        const { topics, rejected } = await fetchTopics(url, { sha256 });
        setSite(topics);
        for (const { place, reason } of rejected) notices.warn(texts.topics.leftOut(place, reason));
      } catch (error) {
        if (!isStop(error)) notices.fail(error);
      }
      setLoaded(true);
    },
    reload: () => reload().catch((error) => notices.fail(error)),
    loaded,
  };
}
