/**
 * Topics by example: a few papers that a reader likes, and all others ranked by them.
 *
 *     npm run bench:examples [-- --model ID]
 *
 * `readers`: a reader's library, and how well each of a few other papers fits. `topics by example`: of each judged
 * topic five papers are liked, drawn by a hash of their ids, and the others of the topic are to be found.
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { bootstrapInterval, type Judgements, mean } from '../../../src/cli/metrics.ts';
import { SITE_MODEL } from '../../../src/engine/origin.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { embeddedText } from '../../../src/paper/text.ts';
import { type Collection, createCollection } from '../../../src/ranking/collection.ts';
import { meanDirection } from '../../../src/ranking/meaning.ts';
import { createDiscriminant } from '../../../src/vector/discriminant.ts';
import { type Matrix, rowOf } from '../../../src/vector/matrix.ts';
import { similarities } from '../../../src/vector/similarity.ts';
import { formatTable, type Section } from '../table.ts';
import { bestRows } from './best.ts';
import { embedBackground, embedTexts } from './embed.ts';
import { findJudged, isIn, type JudgedSet, readSets } from './judged.ts';
import { createTfidf, multiply, type SparseRows, spread } from './sparse.ts';
import { trainLinear } from './svm.ts';

const LIKED = 5;
const TOP = 2000;
const RESAMPLES = 10_000;
const SEED = 47;

interface Task {
  readonly id: string;
  /** Rows of the papers that are liked. */
  readonly liked: readonly number[];
  readonly grades: Judgements;
}

interface Field {
  readonly title: string;
  readonly papers: readonly Paper[];
  readonly measure: JudgedSet['measure'];
  readonly tasks: readonly Task[];
}

type Scorer = (liked: readonly number[]) => ArrayLike<number>;

const { values } = parseArgs({ options: { model: { type: 'string', default: SITE_MODEL } } });
const directory = findJudged();
if (directory) {
  const sets = await readSets(directory, 'all');
  const named = (name: string) => sets.find((set) => set.name === name) as JudgedSet;
  const sections = [
    await compare(readersOf(named('readers')), values.model),
    await compare(examplesOf(named('topics')), values.model),
  ];
  console.log(formatTable([`Topics by example, ${values.model}`], sections));
}

function readersOf({ papers, queries, judged, measure }: JudgedSet): Field {
  const rows = rowsById(papers);
  const tasks = queries.map(({ id, papers: library = [] }) => ({
    id,
    liked: library.map((paper) => rows.get(paper) as number),
    grades: judged.get(id) ?? new Map(),
  }));
  return { title: `readers, ${measure.name}`, papers, measure, tasks };
}

function examplesOf({ papers, queries, judged, measure }: JudgedSet): Field {
  const rows = rowsById(papers);
  const tasks = queries.flatMap(({ id }): Task[] => {
    const hash = (paper: string) =>
      createHash('sha256')
        .update(id + paper)
        .digest('hex');
    const relevant = [...(judged.get(id)?.keys() ?? [])].sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
    if (relevant.length < 2 * LIKED) return [];
    const liked = relevant.slice(0, LIKED).map((paper) => rows.get(paper) as number);
    return [{ id, liked, grades: new Map(relevant.slice(LIKED).map((paper) => [paper, 1])) }];
  });
  return { title: `topics by ${LIKED} examples, ${measure.name}`, papers, measure, tasks };
}

async function compare(field: Field, modelId: string): Promise<Section> {
  const texts = field.papers.map(embeddedText);
  const { rows } = createTfidf(texts);
  const vectors = await embedTexts(modelId, texts);
  const background = await embedBackground(modelId);
  const discriminant = createDiscriminant(background);
  const collection = createCollection();
  collection.setPapers(field.papers);
  const ids = field.papers.map(({ id }) => id);
  collection.setVectors(ids, vectors);
  collection.setBackground(background);
  const places = rowsById(field.papers);
  const idsOf = (liked: readonly number[]) => liked.map((row) => ids[row] as string);
  const placed = (found: readonly { readonly id: string; readonly score: number }[]) => {
    const scores = new Float64Array(ids.length).fill(Number.NEGATIVE_INFINITY);
    for (const { id, score } of found) scores[places.get(id) as number] = score;
    return scores;
  };
  const rowsOf = (liked: readonly number[]) => liked.map((row) => rowOf(vectors, row));
  const scorers: [string, Scorer][] = [
    ['TF-IDF, linear classifier', (liked) => classify(rows, liked)],
    [
      'TF-IDF, mean',
      (liked) =>
        multiply(
          rows,
          spread(
            rows.columns,
            liked.map((row) => sparse(rows, row)),
          ),
        ),
    ],
    ['vectors, mean', (liked) => similarities(vectors, meanDirection(rowsOf(liked), vectors.columns))],
    ['vectors, nearest', (liked) => nearest(vectors, rowsOf(liked))],
    ['vectors, discriminant', (liked) => learned(discriminant, vectors, rowsOf(liked))],
    ['the site, similar', (liked) => placed(collection.similar(idsOf(liked), ids.length))],
    ['the site, topic', (liked) => placed(asTopic(collection, idsOf(liked)))],
  ];
  const results = scorers.map(([name, scorer]) => ({
    name,
    values: field.tasks.map(({ liked, grades }) => measureTask(field, scorer(liked), liked, grades)),
  }));
  const base = results[0]?.values ?? [];
  return {
    title: field.title,
    columns: ['fitting', 'reporting', `against ${results[0]?.name}`],
    rows: results.map(({ name, values }) => [
      name,
      ...(['fitting', 'reporting'] as const).map((part) => points(mean(inPart(field, part, values)))),
      gain(inPart(field, 'reporting', values), inPart(field, 'reporting', base)),
    ]),
  };
}

function classify(rows: SparseRows, liked: readonly number[]): Float64Array {
  const own = new Set(liked);
  return multiply(
    rows,
    trainLinear(
      rows,
      rows.places.map((_, row) => own.has(row)),
    ),
  );
}

function nearest(vectors: Matrix, liked: readonly Float32Array[]): Float32Array {
  const each = liked.map((vector) => similarities(vectors, vector));
  return Float32Array.from({ length: vectors.rows }, (_, row) =>
    Math.max(...each.map((scores) => scores[row] as number)),
  );
}

function learned(
  discriminant: ReturnType<typeof createDiscriminant>,
  vectors: Matrix,
  liked: Float32Array[],
): Float32Array {
  const direction = discriminant.learn(liked, []);
  if (!direction) throw new Error('nothing was liked');
  return similarities(vectors, direction);
}

function asTopic(collection: Collection, liked: readonly string[]): { id: string; score: number }[] {
  const [scored] = collection.scoreTopics([{ id: 'liked', name: '', sentence: '', liked }]);
  return (scored?.papers ?? []).map(({ id, probability }) => ({ id, score: probability }));
}

function sparse({ places, values }: SparseRows, row: number) {
  return { places: places[row] as Uint32Array, values: values[row] as Float32Array };
}

function measureTask(
  { papers, measure }: Field,
  scores: ArrayLike<number>,
  liked: readonly number[],
  grades: Judgements,
): number {
  const others = Float64Array.from(scores);
  for (const row of liked) others[row] = Number.NEGATIVE_INFINITY;
  return measure.of(
    bestRows(others, TOP).map((row) => papers[row]?.id as string),
    grades,
  );
}

function rowsById(papers: readonly Paper[]): Map<string, number> {
  return new Map(papers.map(({ id }, row) => [id, row]));
}

function inPart({ tasks }: Field, part: 'fitting' | 'reporting', values: readonly number[]): number[] {
  return values.filter((_, at) => isIn(part, tasks[at]?.id ?? ''));
}

function gain(values: readonly number[], base: readonly number[]): string {
  const differences = values.map((value, at) => value - (base[at] as number));
  const { low, high } = bootstrapInterval(differences, RESAMPLES, SEED);
  return `${points(mean(differences))} (${points(low)} to ${points(high)})`;
}

function points(value: number): string {
  return (100 * value).toFixed(1);
}
