import { type Accessor, createMemo } from 'solid-js';
import type { Paper } from '../paper/paper.ts';
import type { Following } from './following.ts';
import type { Library } from './library.ts';
import type { Topic, Topics } from './topics.ts';
import type { Visits } from './visits.ts';

/** New papers of a topic, surest first; without a topic those that belong to none. */
export interface NewsGroup {
  readonly topic?: Topic;
  readonly papers: readonly Paper[];
}

export interface News {
  /** Papers that came since the last visit ended, newest first; none on a first visit. */
  readonly papers: Accessor<readonly Paper[]>;
  /** Each paper once, under the surest of the topics that the reader follows; the others last. No group is empty. */
  readonly groups: Accessor<readonly NewsGroup[]>;
}

export function createNews(library: Library, visits: Visits, following: Following, topics: Topics): News {
  const papers = createMemo<readonly Paper[]>(() => {
    const since = visits.since();
    return since === undefined
      ? []
      : library.papers().filter(({ added }) => added !== undefined && added > since);
  });
  const groups = createMemo(() => groupByTopic(papers(), following.topics(), topics));
  return { papers, groups };
}

/** Papers by the surest topic that they belong to. */
export function groupByTopic(
  papers: readonly Paper[],
  followed: readonly Topic[],
  topics: Pick<Topics, 'scores'>,
): readonly NewsGroup[] {
  if (papers.length === 0) return [];
  const wanted = new Set(papers.map(({ id }) => id));
  const surest = new Map<string, { topic: Topic; chance: number }>();
  for (const topic of followed) {
    for (const { id, probability } of topics.scores(topic.id)?.belonging ?? []) {
      if (wanted.has(id) && probability > (surest.get(id)?.chance ?? -1))
        surest.set(id, { topic, chance: probability });
    }
  }
  const chance = ({ id }: Paper) => surest.get(id)?.chance ?? 0;
  const groups: NewsGroup[] = followed.map((topic) => ({
    topic,
    papers: papers.filter(({ id }) => surest.get(id)?.topic === topic).sort((a, b) => chance(b) - chance(a)),
  }));
  groups.push({ papers: papers.filter(({ id }) => !surest.has(id)) });
  return groups.filter((group) => group.papers.length > 0);
}
