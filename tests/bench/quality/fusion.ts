/**
 * How words and meaning are best joined: reciprocal ranks, standardized sums, a small learned combination.
 *
 *     npm run bench:fusion [-- --model ID]
 *
 * Chosen on the fitting half of the queries and shown for both halves; src/ranking/fusion.ts has the choice.
 */
import { parseArgs } from 'node:util';
import { mean } from '../../../src/cli/metrics.ts';
import { SITE_MODEL } from '../../../src/engine/origin.ts';
import { embeddedText } from '../../../src/paper/text.ts';
import { fillUp } from '../../../src/ranking/feedback.ts';
import { fuse, standardized } from '../../../src/ranking/fusion.ts';
import { meanDirection } from '../../../src/ranking/meaning.ts';
import { type Matrix, rowOf } from '../../../src/vector/matrix.ts';
import { similarities } from '../../../src/vector/similarity.ts';
import { createKeywordIndex } from '../../../src/words/keyword.ts';
import { foldedTerms } from '../../../src/words/terms.ts';
import { formatTable } from '../table.ts';
import { bestRows } from './best.ts';
import { embedTexts } from './embed.ts';
import { findJudged, isIn, type JudgedSet, readSets } from './judged.ts';

/** What is known of a query: one number a paper. */
interface Evidence {
  readonly set: JudgedSet;
  readonly query: string;
  readonly words: Float64Array;
  readonly coverage: Float64Array;
  readonly meaning: Float32Array;
  /** The query's own, and those of all papers. */
  readonly vector: Float32Array;
  readonly papers: Matrix;
}

type Fusion = (evidence: Evidence) => ArrayLike<number>;

const WEIGHTS = [0.35, 0.5, 0.75, 1, 1.25, 1.5, 2];
/** Reciprocal rank fusion's constant: 60 in Cormack, Clarke and Buettcher 2009. */
const CONSTANTS = [60, 10];
/** Of the learned one: the best papers by either ranking, which are all that it has to tell apart. */
const CANDIDATES = 50;
/** Papers of a ranking that count: what comes later changes no measure by a hundredth. */
const TOP = 1000;
const STEPS = 400;
const RATE = 0.3;

const { values } = parseArgs({ options: { model: { type: 'string', default: SITE_MODEL } } });
const directory = findJudged();
if (directory) await compare(directory, values.model);

async function compare(directory: string, modelId: string): Promise<void> {
  const sets = (await readSets(directory, 'all')).filter(({ queries }) => queries[0]?.text !== undefined);
  const evidence = (await Promise.all(sets.map((set) => gather(set, modelId)))).flat();
  const fitting = evidence.filter(({ query }) => isIn('fitting', query));
  const learned = learn(fitting);
  const fusions: [string, Fusion][] = [
    ['words alone', ({ words }) => words],
    ['meaning alone', ({ meaning }) => meaning],
    ...CONSTANTS.map((k): [string, Fusion] => [`reciprocal ranks, k ${k}`, reciprocalRanks(k)]),
    ...WEIGHTS.map((weight): [string, Fusion] => [`standardized, weight ${weight}`, standardizedSum(weight)]),
    ['standardized, weight 1, filled up by the best answers', filledUp],
    [
      `learned: ${learned.map((w) => w.toFixed(2)).join(', ')}`,
      (given) => combine(learned, featuresOf(given)),
    ],
  ];
  const rows = fusions.map(([name, fuse]): [string, ...string[]] => [
    name,
    ...sets.flatMap((set) =>
      (['fitting', 'reporting'] as const).map((part) => {
        const mine = evidence.filter((given) => given.set === set && isIn(part, given.query));
        return (100 * mean(mine.map((given) => measure(given, fuse(given))))).toFixed(1);
      }),
    ),
  ]);
  const columns = sets.flatMap(({ name, measure }) => [`${name} ${measure.name} fitting`, 'reporting']);
  console.log(formatTable([`Fusion, ${modelId}`], [{ title: '', columns, rows }]));
}

async function gather(set: JudgedSet, modelId: string): Promise<Evidence[]> {
  const index = createKeywordIndex();
  index.put(set.papers);
  const papers = await embedTexts(modelId, set.papers.map(embeddedText));
  const texts = set.queries.map(({ text }) => text as string);
  const queries = await embedTexts(modelId, texts, 'query');
  const rows = new Map(set.papers.map(({ id }, row) => [id, row]));
  return set.queries.map(({ id, text }, at) => {
    const words = new Float64Array(set.papers.length);
    const coverage = new Float64Array(set.papers.length);
    for (const match of index.search(text as string).matches) {
      const row = rows.get(match.id) as number;
      words[row] = match.score;
      coverage[row] = match.coverage;
    }
    const vector = rowOf(queries, at);
    return { set, query: id, words, coverage, meaning: similarities(papers, vector), vector, papers };
  });
}

function measure({ set, query }: Evidence, scores: ArrayLike<number>): number {
  const ranked = bestRows(scores, TOP).map((row) => set.papers[row]?.id as string);
  return set.measure.of(ranked, set.judged.get(query) ?? new Map());
}

function reciprocalRanks(k: number): Fusion {
  return ({ words, meaning }) => {
    const scores = new Float64Array(words.length);
    const add = (ranked: readonly number[], counts: (row: number) => boolean) => {
      ranked.forEach((row, place) => {
        if (counts(row)) scores[row] = (scores[row] as number) + 1 / (k + place + 1);
      });
    };
    add(bestRows(words, TOP), (row) => (words[row] as number) > 0);
    add(bestRows(meaning, TOP), () => true);
    return scores;
  };
}

function standardizedSum(weight: number): Fusion {
  return ({ words, meaning }) => {
    const [byWords, byMeaning] = [standardized(words), standardized(meaning)];
    return byWords.map((score, row) => score + weight * (byMeaning[row] as number));
  };
}

/** As src/ranking/search.ts does: the site's own. */
function filledUp({ set, query, words, meaning, vector, papers }: Evidence): Float64Array {
  const ids = set.papers.map(({ id }) => id);
  const middle = (best: readonly string[]) =>
    meanDirection(
      best.map((id) => rowOf(papers, ids.indexOf(id))),
      papers.columns,
    );
  const text = set.queries.find(({ id }) => id === query)?.text ?? '';
  const asked = fillUp(vector, foldedTerms(text).length, fuse(words, meaning), ids, middle);
  return fuse(words, asked ? similarities(papers, asked) : meaning);
}

/** Columns of one number a paper. */
function featuresOf({ words, coverage, meaning }: Evidence): ArrayLike<number>[] {
  const [byWords, byMeaning] = [standardized(words), standardized(meaning)];
  const both = byWords.map((score, row) =>
    Math.sqrt(Math.max(0, score) * Math.max(0, byMeaning[row] as number)),
  );
  return [byWords, byMeaning, coverage, both];
}

function combine(weights: readonly number[], features: readonly ArrayLike<number>[]): Float64Array {
  return Float64Array.from(features[0] as ArrayLike<number>, (_, row) =>
    features.reduce((sum, column, at) => sum + (weights[at] as number) * (column[row] as number), 0),
  );
}

/** Weights by which relevant papers come before the other candidates: softmax over each query's, by descent. */
function learn(evidence: readonly Evidence[]): number[] {
  const examples = evidence.map((given) => {
    const features = featuresOf(given);
    const rows = new Set([...bestRows(given.words, CANDIDATES), ...bestRows(given.meaning, CANDIDATES)]);
    const grades = given.set.judged.get(given.query);
    const candidates = [...rows].map((row) => ({
      x: features.map((column) => column[row] as number),
      relevant: (grades?.get(given.set.papers[row]?.id ?? '') ?? 0) > 0,
    }));
    const found = candidates.filter(({ relevant }) => relevant).length;
    // A set counts as a set, not by its number of queries.
    const share = 1 / evidence.filter(({ set }) => set === given.set).length;
    return { candidates, found, share };
  });
  const weights = [1, 1, 0, 0];
  for (let step = 0; step < STEPS; step++) {
    const slope = weights.map(() => 0);
    for (const { candidates, found, share } of examples) {
      if (found === 0) continue;
      const scores = candidates.map(({ x }) =>
        x.reduce((sum, value, at) => sum + value * (weights[at] as number), 0),
      );
      const top = Math.max(...scores);
      const masses = scores.map((score) => Math.exp(score - top));
      const total = masses.reduce((sum, mass) => sum + mass, 0);
      candidates.forEach(({ x, relevant }, place) => {
        const error = (masses[place] as number) / total - (relevant ? 1 / found : 0);
        x.forEach((value, at) => {
          slope[at] = (slope[at] as number) + share * error * value;
        });
      });
    }
    slope.forEach((value, at) => {
      weights[at] = (weights[at] as number) - RATE * value;
    });
  }
  return weights;
}
