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
const ROUNDS = 12;
/** A judged topic has a name alone, which stands for its sentence too: both weigh what `words` does. */
const FEATURES = ['z', 'words', 'likeZ', 'likeWords'] as const;
const KNOWN = { text: [0, 1], examples: [2, 3], both: [0, 1, 2, 3] } as const;

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
  return [text?.z ?? 0, (text?.name ?? 0) + (text?.words ?? 0), like?.z ?? 0, like?.words ?? 0];
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

/** Logistic regression by Newton's method; the constant stands last. */
function fit(cases: readonly Case[]): number[] {
  const rows = cases.map(({ x, belongs }) => ({ x: [...x, 1], belongs: Number(belongs) }));
  const size = rows[0]?.x.length ?? 0;
  let weights = new Array<number>(size).fill(0);
  for (let round = 0; round < ROUNDS; round++) {
    const slope = new Array<number>(size).fill(0);
    const curve = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    for (const { x, belongs } of rows) {
      const stated = chance(weights, x.slice(0, -1));
      const bend = stated * (1 - stated);
      for (let i = 0; i < size; i++) {
        slope[i] = (slope[i] as number) + (stated - belongs) * (x[i] as number);
        const line = curve[i] as number[];
        for (let j = 0; j < size; j++)
          line[j] = (line[j] as number) + bend * (x[i] as number) * (x[j] as number);
      }
    }
    const step = solve(curve, slope);
    weights = weights.map((weight, at) => weight - (step[at] as number));
  }
  return weights;
}

/** x of A x = b, by elimination; A is symmetric and positive. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] as number]);
  rows.forEach((row, at) => {
    for (let below = at + 1; below < rows.length; below++) {
      const other = rows[below] as number[];
      const share = (other[at] as number) / (row[at] as number);
      row.forEach((value, column) => {
        other[column] = (other[column] as number) - share * value;
      });
    }
  });
  const x = new Array<number>(rows.length).fill(0);
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at] as number[];
    const known = x.reduce(
      (sum, value, column) => sum + (column > at ? value * (row[column] as number) : 0),
      0,
    );
    x[at] = ((row.at(-1) as number) - known) / (row[at] as number);
  }
  return x;
}
