import type { StoredTopic } from '../store/store.ts';

export interface Topic {
  readonly id: string;
  readonly name: string;
  readonly sentence: string;
  /** The reader's own can be removed; the site's are data of the site and can be hidden. */
  readonly own: boolean;
  /** Place in the palette, 0 … 9, always shown beside the name. Stays while topics come, go and move. */
  readonly color: number;
  /** Place among the topics, ascending. */
  readonly order: number;
  /** Of a topic of the site: the reader gave it other words. */
  readonly reworded?: boolean;
}

/** A topic of the site, as it ships. */
export interface SiteTopic {
  readonly id: string;
  readonly name: string;
  readonly sentence: string;
}

export interface TopicLists {
  /** In the reader's order. */
  readonly shown: readonly Topic[];
  readonly hidden: readonly Topic[];
}

export const COLORS = 10;

/** The site's topics and the reader's, as the reader has changed, ordered and hidden them. */
export function joinTopics(site: readonly SiteTopic[], stored: readonly StoredTopic[]): TopicLists {
  const byId = new Map(stored.map((topic) => [topic.id, topic]));
  const ofSite = site.map((topic, at) => {
    const changed = byId.get(topic.id);
    const words = changed && !changed.wordsOfSite ? changed : topic;
    const reworded = words.name !== topic.name || words.sentence !== topic.sentence;
    return {
      topic: {
        id: topic.id,
        name: words.name,
        sentence: words.sentence,
        own: false,
        color: changed?.color ?? at % COLORS,
        // Those of the site stand before the reader's own, which count from 1, unless they were moved.
        order: changed?.order ?? at - site.length,
        ...(reworded ? { reworded } : {}),
      },
      hidden: changed?.hidden ?? false,
    };
  });
  const known = new Set(site.map(({ id }) => id));
  // Before the site's topics are here, what was changed of them is nobody's own.
  const own = stored.filter(({ id, wordsOfSite, hidden }) => !known.has(id) && !wordsOfSite && !hidden);
  const byOrder = (a: { order: number }, b: { order: number }) => a.order - b.order;
  const mine = own.toSorted(byOrder).map(({ id, name, sentence, order, color }, at) => ({
    topic: { id, name, sentence, own: true, color: color ?? (site.length + at) % COLORS, order },
    hidden: false,
  }));
  const all = [...ofSite, ...mine].sort((a, b) => byOrder(a.topic, b.topic));
  return {
    shown: all.filter(({ hidden }) => !hidden).map(({ topic }) => topic),
    hidden: all.filter(({ hidden }) => hidden).map(({ topic }) => topic),
  };
}

/** The colour that the fewest topics have, the first of these. */
export function freeColor(topics: readonly Topic[]): number {
  const used = Array.from(
    { length: COLORS },
    (_, color) => topics.filter((one) => one.color === color).length,
  );
  return used.indexOf(Math.min(...used));
}

/** Topics whose place changes when one moves so many places on, with their new order: two of them, mostly. */
export function moveTopic(topics: readonly Topic[], id: string, by: number): Topic[] {
  const from = topics.findIndex((topic) => topic.id === id);
  const to = Math.min(topics.length - 1, Math.max(0, from + by));
  if (from < 0 || from === to) return [];
  const moved = topics.toSpliced(from, 1).toSpliced(to, 0, topics[from] as Topic);
  // The places that there are, each one only once: two tabs may have given the same.
  let last = Number.NEGATIVE_INFINITY;
  const places = topics.map(({ order }) => {
    last = order > last ? order : last + 1;
    return last;
  });
  return moved.flatMap((topic, at) => {
    const order = places[at] as number;
    return order === topic.order ? [] : [{ ...topic, order }];
  });
}
