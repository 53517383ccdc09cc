/** What is compared: each ranks the papers of a set for its queries. */
import { findModel } from '../../../src/cli/model-folder.ts';
import type { Question } from '../../../src/cli/questions.ts';
import { rankPapers } from '../../../src/cli/rank-papers.ts';
import { embeddedText } from '../../../src/paper/text.ts';
import { meanDirection } from '../../../src/ranking/meaning.ts';
import { rowOf } from '../../../src/vector/matrix.ts';
import { similarities } from '../../../src/vector/similarity.ts';
import { bestRows } from './best.ts';
import { createBm25, SITE_OPTIONS } from './bm25.ts';
import { embedTexts } from './embed.ts';
import type { JudgedSet, Query } from './judged.ts';
import { createLsa } from './lsa.ts';
import { createTfidf, multiply, spread } from './sparse.ts';

/** Ranked ids, best first, by query. */
export type Run = ReadonlyMap<string, readonly string[]>;

export interface System {
  readonly name: string;
  run(set: JudgedSet): Promise<Run>;
}

const TOP = 1000;

/** One score a paper for each query; the query's own papers are taken out here. */
function scored(set: JudgedSet, score: (query: Query, rows: readonly number[]) => ArrayLike<number>): Run {
  const rowsById = new Map(set.papers.map(({ id }, row) => [id, row]));
  const run = new Map<string, string[]>();
  for (const query of set.queries) {
    const own = (query.papers ?? []).map((id) => rowsById.get(id) as number);
    const scores = Float64Array.from(score(query, own));
    // Last of all, and so not among the first thousand.
    for (const row of own) scores[row] = Number.NEGATIVE_INFINITY;
    const ranked = bestRows(scores, TOP).filter((row) => scores[row] !== Number.NEGATIVE_INFINITY);
    run.set(
      query.id,
      ranked.map((row) => set.papers[row]?.id as string),
    );
  }
  return run;
}

export const bm25: System = {
  name: 'BM25',
  async run(set) {
    const index = createBm25(set.papers, SITE_OPTIONS);
    return scored(set, ({ text }, own) =>
      index.score(
        text ?? own.map((row) => embeddedText(set.papers[row] as (typeof set.papers)[number])).join(' '),
      ),
    );
  },
};

export const tfidf: System = {
  name: 'TF-IDF, bigrams',
  async run(set) {
    const { rows, row } = createTfidf(set.papers.map(embeddedText));
    return scored(set, ({ text }, own) => {
      const asked = text === undefined ? own.map((at) => sparseRow(rows, at)) : [row(text)];
      return multiply(rows, spread(rows.columns, asked));
    });
  },
};

export const lsa: System = {
  name: 'LSA-256',
  async run(set) {
    const sparse = createTfidf(set.papers.map(embeddedText));
    const { rows, row } = createLsa(sparse.rows);
    return scored(set, ({ text }, own) => {
      const asked = text === undefined ? own.map((at) => rowOf(rows, at)) : [row(sparse.row(text))];
      return similarities(rows, meanDirection(asked, rows.columns));
    });
  },
};

function sparseRow({ places, values }: ReturnType<typeof createTfidf>['rows'], row: number) {
  return { places: places[row] as Uint32Array, values: values[row] as Float32Array };
}

/** A model's vectors and nothing else. */
export function vectors(modelId: string): System {
  return {
    name: `${modelId} alone`,
    async run(set) {
      const rows = await embedTexts(modelId, set.papers.map(embeddedText));
      const texts = set.queries.map(({ text }) => text ?? '');
      const asked = await embedTexts(modelId, texts, 'query');
      const places = new Map(set.queries.map(({ id }, at) => [id, at]));
      return scored(set, ({ id, text }, own) => {
        const direction =
          text === undefined
            ? meanDirection(
                own.map((at) => rowOf(rows, at)),
                rows.columns,
              )
            : rowOf(asked, places.get(id) as number);
        return similarities(rows, direction);
      });
    },
  };
}

/** The site itself, before it has a model or with it. Queries that are papers are answered by "similar". */
export function site(name: string, modelId: string | undefined): System {
  return {
    name,
    async run(set) {
      const model = modelId === undefined ? undefined : await findModel(modelId);
      const mode = model ? 'hybrid' : 'keyword';
      const questions = set.queries.map(
        ({ id, text, papers = [] }): Question =>
          text === undefined
            ? { kind: 'similar', id, papers }
            : { kind: 'text', id, mode, text, without: papers },
      );
      const run = new Map<string, string[]>();
      await rankPapers(
        { papers: set.papers, questions, model, top: TOP },
        new AbortController().signal,
        ({ id }, answer) => {
          run.set(
            id,
            answer.map((paper) => paper.id),
          );
        },
      );
      return run;
    },
  };
}
