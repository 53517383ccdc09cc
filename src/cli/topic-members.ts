import type { Paper } from '../paper/paper.ts';
import { TOPIC_LINE } from '../ranking/chance.ts';
import type { TopicSpec } from '../source/topics.ts';
import type { ListVectors } from './list-vectors.ts';
import type { ModelFolder } from './model-folder.ts';
import { putPapers, type Shares } from './shares.ts';

/** Papers of each topic, surest first, as the page says once its better model answers. */
export async function membersOfTopics(
  papers: readonly Paper[],
  topics: readonly TopicSpec[],
  model: ModelFolder,
  vectors: ListVectors,
  { connections: [share] }: Shares,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Paper[]>> {
  const members = new Map<string, readonly Paper[]>();
  if (!share || topics.length === 0) return members;
  console.error('Ranking for the topics…');
  await share.call('openModel', model, signal);
  await putPapers([share], papers);
  const ids = papers.map(({ id }) => id);
  await share.call('setVectors', ids, vectors.vectors.slice(), model.contract.dimensions);
  const byId = new Map(papers.map((paper) => [paper.id, paper]));
  for (const { id, name, sentence } of topics) {
    const question = { kind: 'topic', id, name, sentence, liked: [], disliked: [], without: [] } as const;
    const ranked = await share.call('ask', question, papers.length, signal);
    const above = ranked.filter(({ score }) => score >= TOPIC_LINE);
    members.set(
      id,
      above.flatMap((paper) => byId.get(paper.id) ?? []),
    );
  }
  return members;
}
