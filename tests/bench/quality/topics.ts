/**
 * Fits the chance that a paper belongs to a topic on judged data, and shows how true it is.
 *
 *     npm run bench:topics [-- --model ID]
 *
 * Fitted on the fitting half of the topics and shown on the other: src/ranking/chance.ts has the weights. Each
 * topic's papers stand among twenty times as many drawn at random, about what a library of several topics holds.
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { SITE_MODEL } from '../../../src/engine/origin.ts';
import { embeddedText } from '../../../src/paper/text.ts';
import type { TopicFeatures } from '../../../src/ranking/chance.ts';
import { type Collection, createCollection } from '../../../src/ranking/collection.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { formatTable, type Section } from '../table.ts';
import { embedBackground, embedTexts } from './embed.ts';
import { findJudged, isIn, type JudgedSet, type Query, readSets } from './judged.ts';

/** Of each topic so many of its papers are liked, in turn. */
const LIKED = [1, 3, 10];
const OTHERS_A_PAPER = 20;
const STEPS = 4000;
const RATE = 0.3;
const FEATURES = ['z', 'name', 'words', 'likeZ', 'likeWords'] as const;
const KNOWN = { text: [0, 1, 2], examples: [3, 4], both: [0, 1, 2, 3, 4] } as const;

interface Case {
  readonly topic: string;
  readonly liked: number;
  readonly belongs: boolean;
  readonly x: readonly number[];
}

const { values } = parseArgs({ options: { model: { type: 'string', default: SITE_MODEL } } });
const directory = findJudged();
if (directory) {
  const set = (await readSets(directory, 'all')).find(({ name }) => name === 'topics') as JudgedSet;
  const cases = await gather(set, values.model);
  const sections = Object.entries(KNOWN).flatMap(([known, columns]) => [
    ...(known === 'text'
      ? []
      : LIKED.map((liked) => fitted(`${known}, ${liked} liked`, columns, (n) => n === liked, cases))),
    fitted(known, columns, (n) => (known === 'text' ? n === LIKED[0] : true), cases),
  ]);
  console.log(formatTable([`Chance that a paper belongs to a topic, ${values.model}`], sections));
}

async function gather(set: JudgedSet, modelId: string): Promise<Case[]> {
  const collection = createCollection();
  collection.setPapers(set.papers);
  collection.setVectors(
    set.papers.map(({ id }) => id),
    await embedTexts(modelId, set.papers.map(embeddedText)),
  );
  collection.setBackground(await embedBackground(modelId));
  const names = set.queries.map(({ text = '' }) => text.replace('( back )', '').trim());
  const { data, columns } = await embedTexts(
    modelId,
    names.map((name) => `${name}. ${name}`),
    'query',
  );
  return set.queries.flatMap((query, at) => {
    const vector = data.slice(at * columns, (at + 1) * columns);
    return casesOf(collection, set, query, names[at] as string, vector);
  });
}

function casesOf(
  collection: Collection,
  { judged, papers }: JudgedSet,
  { id }: Query,
  name: string,
  vector: Float32Array,
): Case[] {
  const hash = (paper: string) =>
    createHash('sha256')
      .update(id + paper)
      .digest('hex');
  const relevant = [...(judged.get(id)?.keys() ?? [])].sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
  const random = createRandom(1);
  return LIKED.flatMap((count) => {
    if (relevant.length < 2 * count) return [];
    const liked = relevant.slice(0, count);
    const wanted = new Set(relevant.slice(count));
    const [scored] = collection.scoreTopics([{ id, name, sentence: name, vector, liked }]);
    return (scored?.papers ?? []).flatMap(({ id: paper, said, features }): Case[] => {
      const belongs = wanted.has(paper);
      if (said || (!belongs && random() > (wanted.size * OTHERS_A_PAPER) / papers.length)) return [];
      return [{ topic: id, liked: count, belongs, x: columnsOf(features) }];
    });
  });
}

function columnsOf({ text, like }: TopicFeatures): number[] {
  return [text?.z ?? 0, text?.name ?? 0, text?.words ?? 0, like?.z ?? 0, like?.words ?? 0];
}

function fitted(
  title: string,
  columns: readonly number[],
  takes: (liked: number) => boolean,
  all: readonly Case[],
): Section {
  const cases = all
    .filter(({ liked }) => takes(liked))
    .map((one) => ({ ...one, x: columns.map((column) => one.x[column] as number) }));
  const weights = fit(cases.filter(({ topic }) => isIn('fitting', topic)));
  const held = cases.filter(({ topic }) => isIn('reporting', topic));
  const tenths = Array.from({ length: 10 }, (_, tenth): [string, ...string[]] => {
    const bin = held.filter(({ x }) => Math.min(9, Math.floor(chance(weights, x) * 10)) === tenth);
    const stated = bin.reduce((sum, { x }) => sum + chance(weights, x), 0) / bin.length;
    const found = bin.filter(({ belongs }) => belongs).length / bin.length;
    return [`${tenth * 10} % and more`, stated.toFixed(2), found.toFixed(2), String(bin.length)];
  });
  const names = columns.map((column, at) => `${FEATURES[column]} ${weights[at]?.toFixed(2)}`);
  return {
    title: `${title}: ${names.join(', ')}, constant ${weights.at(-1)?.toFixed(2)}`,
    columns: ['stated', 'found', 'papers'],
    rows: tenths,
  };
}

function chance(weights: readonly number[], x: readonly number[]): number {
  const sum = x.reduce(
    (total, value, at) => total + value * (weights[at] as number),
    weights.at(-1) as number,
  );
  return 1 / (1 + Math.exp(-sum));
}

/** Logistic regression by gradient descent over standardized columns; the constant stands last. */
function fit(cases: readonly Case[]): number[] {
  const columns = cases[0]?.x.length ?? 0;
  const level = Array.from({ length: columns }, (_, at) => levelOf(cases.map(({ x }) => x[at] as number)));
  const scaled = cases.map(({ x, belongs }) => ({
    belongs,
    x: x.map((value, at) => (value - (level[at]?.mean ?? 0)) / (level[at]?.deviation ?? 1)),
  }));
  const weights = new Array<number>(columns + 1).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const slope = new Array<number>(columns + 1).fill(0);
    for (const { x, belongs } of scaled) {
      const error = chance(weights, x) - Number(belongs);
      for (let i = 0; i < columns; i++) slope[i] = (slope[i] as number) + error * (x[i] as number);
      slope[columns] = (slope[columns] as number) + error;
    }
    slope.forEach((value, i) => {
      weights[i] = (weights[i] as number) - (RATE * value) / scaled.length;
    });
  }
  const real = level.map(({ deviation }, at) => (weights[at] as number) / deviation);
  const shift = level.reduce((sum, { mean }, at) => sum + (real[at] as number) * mean, 0);
  return [...real, (weights[columns] as number) - shift];
}

function levelOf(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, deviation: deviation || 1 };
}
