/**
 * Fits the chance that a paper belongs to a topic on judged data, and shows how true it is.
 *
 *     SHEAF_JUDGED=DIR npm run bench -- tests/bench/topics.bench.ts
 *
 * DIR holds topics/{papers.jsonl.gz,queries.jsonl,qrels.txt} and pool.jsonl.gz. The topics are split in two
 * by a hash of their id: weights are fitted on one half and reported on the other. Each topic's papers stand
 * among twenty times as many drawn at random, about what a library of several topics holds.
 */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createEncoder } from '../../src/engine/encoder.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { contentKey, embeddedText } from '../../src/paper/text.ts';
import { createCollection } from '../../src/ranking/collection.ts';
import { createMatrix } from '../../src/vector/matrix.ts';
import { createRandom } from '../../src/vector/random.ts';
import { nodeRuntime, requestOf } from '../unit/engine/fixtures.ts';

const JUDGED = process.env.SHEAF_JUDGED ?? '';
const OTHERS_A_PAPER = 20;
const STEPS = 3000;
const RATE = 0.5;

interface Example {
  readonly fitting: boolean;
  readonly belongs: boolean;
  readonly x: readonly number[];
}

function readLines(path: string): unknown[] {
  const bytes = readFileSync(`${JUDGED}/${path}`);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => (path.endsWith('.txt') ? line : JSON.parse(line)));
}

function readJudgements(): Map<string, Set<string>> {
  const judged = new Map<string, Set<string>>();
  for (const line of readLines('topics/qrels.txt') as string[]) {
    const [query = '', , paper = ''] = line.split(/\s+/);
    judged.set(query, (judged.get(query) ?? new Set()).add(paper));
  }
  return judged;
}

async function gather(): Promise<Example[]> {
  const encoder = createEncoder(nodeRuntime);
  const { contract } = requestOf();
  await encoder.open(requestOf());
  const papers = [...readLines('topics/papers.jsonl.gz'), ...readLines('pool.jsonl.gz')] as Paper[];
  const collection = createCollection();
  collection.setPapers(papers);
  for (let at = 0; at < papers.length; at += 1000) {
    const slice = papers.slice(at, at + 1000);
    const { vectors } = await encoder.embed(slice.map(embeddedText), 'document', false);
    collection.setVectors(
      slice.map((paper) => paper.id),
      createMatrix(vectors, contract.dimensions),
    );
  }
  const rows = await encoder.background();
  collection.setBackground(rows && createMatrix(rows, contract.dimensions));
  const judged = readJudgements();
  const random = createRandom(1);
  const examples: Example[] = [];
  for (const { id, text } of readLines('topics/queries.jsonl') as { id: string; text: string }[]) {
    const relevant = judged.get(id);
    if (!relevant) continue;
    const name = text.replace('( back )', '').trim();
    const { vectors } = await encoder.embed([`${name}. ${name}`], 'query', true);
    const [scored] = collection.scoreTopics([{ id, name, sentence: name, vector: vectors }]);
    const fitting = Number.parseInt(contentKey(id).slice(-2), 16) % 2 === 0;
    for (const { id: paper, features } of scored?.papers ?? []) {
      const belongs = relevant.has(paper);
      if (!belongs && random() > (relevant.size * OTHERS_A_PAPER) / papers.length) continue;
      examples.push({ fitting, belongs, x: [features.z ?? 0, (features.name + features.words) / 2] });
    }
  }
  await encoder.close();
  return examples;
}

function chance(weights: readonly number[], x: readonly number[]): number {
  return (
    1 /
    (1 + Math.exp(-((weights.at(-1) ?? 0) + x.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0))))
  );
}

/** Logistic regression by gradient descent; the constant stands last. */
function fit(examples: readonly Example[], columns: number): number[] {
  const weights = new Array<number>(columns + 1).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const slope = new Array<number>(columns + 1).fill(0);
    for (const { x, belongs } of examples) {
      const error = chance(weights, x) - Number(belongs);
      for (let i = 0; i < columns; i++) slope[i] = (slope[i] ?? 0) + error * (x[i] ?? 0);
      slope[columns] = (slope[columns] ?? 0) + error;
    }
    for (let i = 0; i <= columns; i++)
      weights[i] = (weights[i] ?? 0) - (RATE * (slope[i] ?? 0)) / examples.length;
  }
  return weights;
}

describe.skipIf(!existsSync(`${JUDGED}/topics`))('topics (needs SHEAF_JUDGED)', () => {
  it('prints the fitted weights and how true the chances are', async () => {
    const examples = await gather();
    const weights = fit(
      examples.filter((example) => example.fitting),
      2,
    );
    const held = examples.filter((example) => !example.fitting);
    console.log(
      `weights: z ${weights[0]?.toFixed(2)}, words ${weights[1]?.toFixed(2)}, constant ${weights[2]?.toFixed(2)}`,
    );
    console.log('stated chance, share that belongs, papers (topics not fitted on)');
    for (let tenth = 0; tenth < 10; tenth++) {
      const bin = held.filter(({ x }) => Math.min(9, Math.floor(chance(weights, x) * 10)) === tenth);
      const stated = bin.reduce((sum, { x }) => sum + chance(weights, x), 0) / bin.length;
      const found = bin.filter(({ belongs }) => belongs).length / bin.length;
      console.log(`${stated.toFixed(2)}  ${found.toFixed(2)}  ${bin.length}`);
    }
    expect(held.length).toBeGreaterThan(1000);
  });
});
