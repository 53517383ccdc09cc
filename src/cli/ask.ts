import type { Collection } from '../ranking/collection.ts';
import type { Hit } from '../ranking/hit.ts';
import { topicText } from '../ranking/topics.ts';
import type { Question } from './questions.ts';

/** A paper in a run. */
export interface Ranked {
  readonly id: string;
  readonly score: number;
}

export type EmbedQuery = (text: string) => Promise<Float32Array>;

/**
 * Asks a collection as the page does, and gives the papers in the page's order, best first, those below its
 * line too. Papers of which the ranking says nothing, such as those without a word of the query where only
 * words count, are left out: on the page they are not found.
 * Scores fall or stay equal from paper to paper.
 */
export async function askCollection(
  collection: Collection,
  embedQuery: EmbedQuery,
  question: Question,
  top: number,
): Promise<Ranked[]> {
  if (question.kind === 'similar') return evenOut(collection.similar(question.papers, top));
  const own = new Set(question.without);
  const ranked =
    question.kind === 'topic'
      ? await askTopic(collection, embedQuery, question)
      : await askText(collection, embedQuery, question, top + own.size);
  return evenOut(ranked.filter(({ id }) => !own.has(id)).slice(0, top));
}

/** As state/search.ts asks. */
async function askText(
  collection: Collection,
  embedQuery: EmbedQuery,
  { mode, text: typed }: Extract<Question, { kind: 'text' }>,
  limit: number,
): Promise<readonly Hit[]> {
  // A space at the end says that the last word is whole.
  const text = typed.trimStart();
  const vector = mode === 'keyword' ? undefined : await embedQuery(text.trim());
  const { hits } = collection.search({ text, vector, mode, limit });
  return hits.filter((hit) => hit.exact ?? hit.keyword ?? hit.meaning);
}

/** As state/topics.ts asks. */
async function askTopic(
  collection: Collection,
  embedQuery: EmbedQuery,
  { id, name, sentence, liked, disliked }: Extract<Question, { kind: 'topic' }>,
): Promise<Ranked[]> {
  const text = topicText({ name, sentence });
  const vector = text === '' ? undefined : await embedQuery(text);
  const [scored] = collection.scoreTopics([{ id, name, sentence, vector, liked, disliked }]);
  return (scored?.papers ?? []).map((paper) => ({ id: paper.id, score: paper.probability }));
}

/**
 * A paper that the query names stands first whatever its score: it gets the score of the best after it, since
 * programs that read runs order by score.
 */
function evenOut(papers: readonly Ranked[]): Ranked[] {
  let least = Number.NEGATIVE_INFINITY;
  return papers
    .toReversed()
    .map(({ id, score }) => {
      least = Math.max(least, score);
      return { id, score: least };
    })
    .reverse();
}
