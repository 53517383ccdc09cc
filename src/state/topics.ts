import { type Accessor, batch, createMemo, createSignal } from 'solid-js';
import type { TopicScores } from '../ranking/topics.ts';
import { fetchTopics } from '../source/topics.ts';
import type { FirstStore, Opinion, StoredTopic } from '../store/store.ts';
import { texts } from '../texts/texts.ts';
import { isStop, type Notices } from './notices.ts';
import { joinTopics, type SiteTopic, type Topic, type TopicLists } from './topicList.ts';

export type { Topic };

export interface Topics {
  /** In the reader's order, without those that are hidden. */
  readonly list: Accessor<readonly Topic[]>;
  /** Topics of the site that the reader does not want. */
  readonly hidden: Accessor<readonly Topic[]>;
  /** Both, and what they are made of: for what changes them. */
  readonly lists: Accessor<TopicLists>;
  readonly site: Accessor<readonly SiteTopic[]>;
  readonly stored: Accessor<readonly StoredTopic[]>;
  byId(id: string): Topic | undefined;
  /** Every paper ranked for a topic; undefined until it has been scored. */
  scores(id: string): TopicScores | undefined;
  /** Topics that a paper belongs to. */
  of(paperId: string): readonly Topic[];
  /** Papers that the reader said belong to a topic, and papers that do not: the topic learns from them. */
  examples(id: string): TopicExamples;
  /** All of them; another list when any has changed. */
  readonly opinions: Accessor<readonly Opinion[]>;
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
  /** As {@link reload}, and rejects where it cannot. */
  reread(): Promise<void>;
  /** All topics that there are have been read: one that is not listed does not exist. */
  readonly loaded: Accessor<boolean>;
}

export interface TopicExamples {
  readonly liked: readonly string[];
  readonly disliked: readonly string[];
}

const NO_EXAMPLES: TopicExamples = { liked: [], disliked: [] };

export function createTopics(
  store: Promise<FirstStore>,
  url: string,
  /** Papers ranked for each topic, where they are. */
  scored: Accessor<ReadonlyMap<string, TopicScores> | undefined>,
  notices: Notices,
  /** Of the site's topics, as the page says. */
  sha256?: string,
): Topics {
  const [site, setSite] = createSignal<readonly SiteTopic[]>([]);
  const [own, setOwn] = createSignal<readonly StoredTopic[]>([]);
  const [opinions, setOpinions] = createSignal<readonly Opinion[]>([]);
  const [loaded, setLoaded] = createSignal(false);

  const lists = createMemo(() => joinTopics(site(), own()));
  const list = createMemo(() => lists().shown);

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
      for (const paper of scored()?.get(topic.id)?.belonging ?? []) {
        const topics = map.get(paper.id);
        if (topics) topics.push(topic);
        else map.set(paper.id, [topic]);
      }
    }
    return map;
  });

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

  return {
    list,
    hidden: () => lists().hidden,
    lists,
    site,
    stored: own,
    reread: reload,
    byId: (id) => list().find((topic) => topic.id === id),
    scores: (id) => scored()?.get(id),
    of: (paperId) => belonging().get(paperId) ?? [],
    examples: examplesOf,
    opinions,
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
        for (const { place, reason } of rejected) notices.warn(texts.places.topicLeftOut(place, reason));
      } catch (error) {
        if (!isStop(error)) notices.fail(error);
      }
      setLoaded(true);
    },
    reload: () => reload().catch((error) => notices.fail(error)),
    loaded,
  };
}
