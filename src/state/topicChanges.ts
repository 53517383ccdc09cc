import type { Accessor } from 'solid-js';
import { nameTopic } from '../ranking/topics.ts';
import type { Opinion, Store, StoredTopic, TopicEdit, TopicsChange } from '../store/store.ts';
import { laterTexts } from '../texts/later.ts';
import {
  freeColor,
  joinTopics,
  moveTopic,
  type SiteTopic,
  type Topic,
  type TopicLists,
} from './topicList.ts';
import type { TopicExamples } from './topics.ts';

/** A topic that is to be made. */
export interface NewTopic {
  readonly name?: string;
  readonly sentence: string;
  readonly liked?: readonly string[];
  readonly disliked?: readonly string[];
}

/** Takes a change back. */
export type Undo = () => Promise<void>;

/** What a reader does to topics, each in one transaction and with the way back. */
export interface TopicChanges {
  /** Topics beside those that there are. */
  make(topics: readonly NewTopic[]): Promise<{ made: readonly string[]; undo: Undo }>;
  /** Other words for a topic, the site's ones too. */
  reword(id: string, name: string, sentence: string): Promise<Undo>;
  /** Gives a topic of the site its own words back. */
  asOfSite(id: string): Promise<Undo>;
  /** `into` takes what was said in `from`, where nothing was said in it of the paper, and `from` goes. */
  merge(from: string, into: string, sentence: string): Promise<Undo>;
  /** Puts topics in the place of one. */
  split(id: string, into: readonly NewTopic[]): Promise<{ made: readonly string[]; undo: Undo }>;
  /** So many places down the list; up where it is negative. Nothing happens at the end. */
  move(id: string, by: number): Promise<Undo | undefined>;
  /** Takes a topic of the site out of sight, with what was said in it kept. */
  hide(id: string): Promise<Undo>;
  show(id: string): Promise<Undo>;
  /** Topics from before colours were kept get the one that they have, before another goes that they were counted by. */
  keepColors(): Promise<void>;
}

interface Parts {
  readonly store: Promise<Store>;
  readonly site: Accessor<readonly SiteTopic[]>;
  readonly stored: Accessor<readonly StoredTopic[]>;
  readonly lists: Accessor<TopicLists>;
  examples(id: string): TopicExamples;
  /** Reads again what is kept. */
  reload(): Promise<void>;
}

/** Longest name and sentence that are kept, characters: as in the site's own list. */
export const LONGEST_NAME = 60;
export const LONGEST_SENTENCE = 1_000;

export function createTopicChanges({ store, site, stored, lists, examples, reload }: Parts): TopicChanges {
  const all = () => [...lists().shown, ...lists().hidden];
  const topicOf = (id: string): Topic => {
    const found = all().find((topic) => topic.id === id);
    if (!found) throw new Error(laterTexts.topics.gone);
    return found;
  };
  /** Only what changes: what stands in the row beside it may be another tab's. A topic of the site may have no row yet. */
  const editOf = ({ id, own, order, color }: Topic, fields: TopicEdit['fields']): TopicEdit => {
    const of = site().find((one) => one.id === id);
    if (own || !of) return { id, fields };
    const createdAt = new Date().toISOString();
    return { id, fields, base: { ...of, createdAt, order, color, wordsOfSite: true } };
  };
  /** Of other words those that differ; beside the site's own both, since a row may hold old ones of the site. */
  const wordsOf = (topic: Topic, name: string, sentence: string): Partial<StoredTopic> => {
    const inRow = topic.own || topic.reworded;
    return {
      ...(inRow && name === topic.name ? {} : { name }),
      ...(inRow && sentence === topic.sentence ? {} : { sentence }),
    };
  };
  /** Of these topics the reader's own, which are gone where they have no row. */
  const own = (...topics: Topic[]) => topics.filter((topic) => topic.own).map(({ id }) => id);
  /** The colours that topics have, of rows as they are; not yet of those that no list shows. */
  const colorsOf = (rows: readonly StoredTopic[]) => {
    const { shown, hidden } = joinTopics(site(), rows);
    return new Map([...shown, ...hidden].map(({ id, color }) => [id, color]));
  };

  const apply = async (change: TopicsChange, made: readonly string[] = []): Promise<Undo> => {
    const kept = await store;
    // Topics from before colours were kept get the one that they have: what comes or goes recolours nothing.
    const back = await kept.changeTopics({ ...change, colors: colorsOf });
    await reload();
    return async () => {
      await kept.changeTopics({ ...back, forgetGone: made });
      await reload();
    };
  };

  /** Rows and opinions of new topics, after all others or, with `place`, there. */
  const draft = (topics: readonly NewTopic[], place?: number) => {
    const shown = [...all()];
    const last = Math.max(0, ...shown.map(({ order }) => order));
    const put: StoredTopic[] = [];
    const say: Opinion[] = [];
    for (const [at, wanted] of topics.entries()) {
      const sentence = wanted.sentence.trim().slice(0, LONGEST_SENTENCE);
      const name = (wanted.name?.trim() || nameTopic(sentence)).slice(0, LONGEST_NAME);
      const order = place === undefined ? last + 1 + at : place + at / (topics.length + 1);
      const color = freeColor(shown);
      const id = idFor(name);
      put.push({ id, name, sentence, order, color, createdAt: new Date().toISOString() });
      shown.push({ id, name, sentence, own: true, color, order });
      for (const paper of wanted.liked ?? []) say.push({ topic: id, paper, said: 'liked' });
      for (const paper of wanted.disliked ?? []) say.push({ topic: id, paper, said: 'disliked' });
    }
    return { put, say, made: put.map(({ id }) => id) };
  };

  /** What takes a topic away: of the site it is hidden, since it comes again with every visit. */
  const away = (topic: Topic): TopicsChange =>
    topic.own
      ? { needs: [topic.id], forget: [topic.id], remove: [topic.id] }
      : { forget: [topic.id], edit: [editOf(topic, { hidden: true })] };

  return {
    async make(topics) {
      const { made, ...change } = draft(topics);
      return { made, undo: await apply(change, made) };
    },
    reword(id, name, sentence) {
      const topic = topicOf(id);
      const words = {
        name: name.trim().slice(0, LONGEST_NAME),
        sentence: sentence.trim().slice(0, LONGEST_SENTENCE),
      };
      const of = site().find((one) => one.id === id);
      const wordsOfSite = of !== undefined && of.name === words.name && of.sentence === words.sentence;
      const fields = { ...wordsOf(topic, words.name, words.sentence), wordsOfSite };
      return apply({ needs: own(topic), edit: [editOf(topic, fields)] });
    },
    asOfSite(id) {
      const of = site().find((one) => one.id === id);
      if (!of) throw new Error(laterTexts.topics.notOfSite);
      return apply({
        edit: [editOf(topicOf(id), { name: of.name, sentence: of.sentence, wordsOfSite: true })],
      });
    },
    merge(from, into, sentence) {
      const [one, other] = [topicOf(from), topicOf(into)];
      const taken = away(one);
      const known = new Set([...examples(into).liked, ...examples(into).disliked]);
      const { liked, disliked } = examples(from);
      const say = [
        ...liked.map((paper): Opinion => ({ topic: into, paper, said: 'liked' })),
        ...disliked.map((paper): Opinion => ({ topic: into, paper, said: 'disliked' })),
      ].filter(({ paper }) => !known.has(paper));
      const words = sentence.trim().slice(0, LONGEST_SENTENCE);
      const fields = { ...wordsOf(other, other.name, words), wordsOfSite: false };
      const edit = words === other.sentence ? [] : [editOf(other, fields)];
      return apply({ ...taken, needs: own(one, other), edit: [...(taken.edit ?? []), ...edit], say });
    },
    async split(id, into) {
      const topic = topicOf(id);
      const taken = away(topic);
      const { made, put, say } = draft(into, topic.order);
      return { made, undo: await apply({ ...taken, put, say }, made) };
    },
    async move(id, by) {
      const moved = moveTopic(lists().shown, id, by);
      return moved.length > 0
        ? apply({ edit: moved.map((topic) => editOf(topic, { order: topic.order })) })
        : undefined;
    },
    hide: (id) => apply({ edit: [editOf(topicOf(id), { hidden: true })] }),
    show: (id) => apply({ edit: [editOf(topicOf(id), { hidden: false })] }),
    async keepColors() {
      if (stored().some(({ color }) => color === undefined)) await apply({});
    },
  };
}

/** Two tabs may name a topic alike at once: a few random letters keep both. */
function idFor(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return `${slug || 'topic'}-${Math.random().toString(36).slice(2, 6)}`;
}
