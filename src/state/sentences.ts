import { type Accessor, createResource } from 'solid-js';
import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { contentKey, sentencesOf } from '../paper/text.ts';
import { nearestSentence } from '../ranking/nearest.ts';
import type { Matrix } from '../vector/matrix.ts';
import type { Meaning } from './meaning.ts';
import type { Search } from './search.ts';

/** Where a sentence stands in the plain abstract. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
}

export interface Sentences {
  /**
   * The sentence of the abstract that is nearest to the query in meaning;
   * undefined without a query, without a model, or while it is being found.
   */
  nearest(paper: () => Paper | undefined): Accessor<Sentence | undefined>;
}

/** Abstracts whose sentence vectors are remembered: a few screens of results, about 2 MB. */
const REMEMBERED = 200;

export function createSentences(meaning: Meaning, search: Search): Sentences {
  const remembered = new Map<string, Promise<{ spans: readonly Sentence[]; vectors: Matrix }>>();

  const embed = async (abstract: string) => {
    const spans = sentencesOf(abstract);
    return {
      spans,
      vectors: await meaning.embedSentences(spans.map(({ start, end }) => abstract.slice(start, end))),
    };
  };

  const sentencesFor = (paper: Paper) => {
    const key = `${meaning.modelId()} ${contentKey(paper.abstract)}`;
    const known = remembered.get(key);
    if (known) return known;
    const made = embed(plain(paper.abstract));
    made.catch(() => remembered.delete(key));
    remembered.set(key, made);
    if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value as string);
    return made;
  };

  return {
    nearest(paper) {
      const [answer] = createResource(
        () => {
          const of = paper();
          const query = search.queryVector();
          return of?.abstract && query ? { of, query } : undefined;
        },
        async ({ of, query }) => {
          try {
            const { spans, vectors } = await sentencesFor(of);
            const found = nearestSentence(vectors, query);
            return { of, query, span: found && spans[found.index] };
          } catch {
            // The model went away between two queries: the row shows the abstract's beginning.
            return undefined;
          }
        },
      );
      return () => {
        // While the next is being found the resource still holds the last: places in another text.
        const last = answer.latest;
        return last && last.of === paper() && last.query === search.queryVector() ? last.span : undefined;
      };
    },
  };
}
