import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import { nameTopic, type TopicScores } from '../ranking/topics.ts';
import { fetchTopics } from '../source/topics.ts';
import type { Store, StoredTopic } from '../store/store.ts';
import type { Meaning } from './meaning.ts';
import { isStop, type Notices, sentenceOf } from './notices.ts';

export interface Topic {
  readonly id: string;
  readonly name: string;
  readonly sentence: string;
  /** The reader's own can be removed; the site's are data of the site. */
  readonly own: boolean;
  /** Place in the palette, 0 … 9, always shown beside the name. */
  readonly color: number;
}

export interface Topics {
  readonly list: Accessor<readonly Topic[]>;
  byId(id: string): Topic | undefined;
  /** Every paper ranked for a topic; undefined until it has been scored. */
  scores(id: string): TopicScores | undefined;
  /** Topics that a paper belongs to. */
  of(paperId: string): readonly Topic[];
  /** A name is the sentence's beginning unless one is given. */
  add(sentence: string, name?: string): Promise<Topic>;
  /** Gives what was removed, for {@link restore}; undefined where the topic is not the reader's own. */
  remove(id: string): Promise<StoredTopic | undefined>;
  /** Puts a removed topic back as it was, in its place and under its id. */
  restore(topic: StoredTopic): Promise<void>;
  load(): Promise<void>;
  /** All topics that there are have been read: one that is not listed does not exist. */
  readonly loaded: Accessor<boolean>;
}

const COLORS = 10;

export function createTopics(
  store: Promise<Store>,
  url: string,
  ranker: Ranker,
  indexed: Accessor<number>,
  meaning: Meaning,
  notices: Notices,
): Topics {
  const [site, setSite] = createSignal<readonly Omit<Topic, 'color'>[]>([]);
  const [own, setOwn] = createSignal<readonly StoredTopic[]>([]);
  const [scores, setScores] = createSignal<ReadonlyMap<string, TopicScores>>(new Map());
  const [loaded, setLoaded] = createSignal(false);
  const vectors = new Map<string, Float32Array>();

  const list = createMemo<readonly Topic[]>(() =>
    [...site(), ...own().map((topic) => ({ ...topic, own: true }))].map((topic, index) => ({
      id: topic.id,
      name: topic.name,
      sentence: topic.sentence,
      own: topic.own,
      color: index % COLORS,
    })),
  );

  const belonging = createMemo(() => {
    const map = new Map<string, Topic[]>();
    for (const topic of list()) {
      for (const paper of scores().get(topic.id)?.papers ?? []) {
        if (!paper.belongs) break;
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
    const vector = await meaning.embedQuery(`${topic.name}. ${topic.sentence}`);
    vectors.set(key, vector);
    return vector;
  };

  let newest = 0;
  createEffect(
    on([list, indexed, meaning.contract, meaning.version], async ([topics, , contract]) => {
      const mine = ++newest;
      try {
        const asked = await Promise.all(
          topics.map(async ({ id, name, sentence }) => {
            const vector = contract && (await vectorOf({ name, sentence }));
            return { id, name, sentence, ...(vector ? { vector: vector.slice() } : {}) };
          }),
        );
        const found = await ranker.scoreTopics(asked);
        if (mine === newest) setScores(new Map(found.map((scored) => [scored.id, scored])));
      } catch (error) {
        if (!isStop(error) && mine === newest) notices.warn(sentenceOf(error));
      }
    }),
  );

  const reload = async () => setOwn([...(await (await store).topics())].sort((a, b) => a.order - b.order));

  void store.then((kept) =>
    kept.onChanged((part) => {
      if (part === 'topics') reload().catch((error) => notices.warn(sentenceOf(error)));
    }),
  );

  return {
    list,
    byId: (id) => list().find((topic) => topic.id === id),
    scores: (id) => scores().get(id),
    of: (paperId) => belonging().get(paperId) ?? [],
    async add(text, given) {
      const sentence = text.trim();
      const order = Math.max(0, ...own().map((topic) => topic.order)) + 1;
      const name = given ?? nameTopic(sentence);
      const same = (topic: Topic) => [topic.name, topic.sentence].includes(sentence);
      const known = list().find(same);
      if (known) return known;
      // Two tabs may name a topic alike at once: a few random letters keep both.
      const id = `${slugOf(name)}-${Math.random().toString(36).slice(2, 6)}`;
      await (await store).putTopic({ id, name, sentence, order, createdAt: new Date().toISOString() });
      await reload();
      return list().find((topic) => topic.id === id) as Topic;
    },
    async remove(id) {
      const gone = own().find((topic) => topic.id === id);
      await (await store).deleteTopic(id);
      await reload();
      return gone;
    },
    async restore(topic) {
      await (await store).putTopic(topic);
      await reload();
    },
    async load() {
      try {
        await reload();
      } catch (error) {
        notices.warn(sentenceOf(error));
      }
      try {
        const { topics, rejected } = await fetchTopics(url);
        setSite(topics.map((topic) => ({ ...topic, own: false })));
        for (const { place, reason } of rejected)
          notices.warn(`A topic of the site was left out. ${place}: ${reason}`);
      } catch (error) {
        if (!isStop(error)) notices.warn(sentenceOf(error));
      }
      setLoaded(true);
    },
    loaded,
  };
}

function slugOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '') || 'topic'
  );
}
