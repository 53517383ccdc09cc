/** The judged data, outside the project, that quality is measured on. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Judgements } from '../../../src/cli/metrics.ts';
import { ndcg, ndcgOfFifth, reciprocalRank } from '../../../src/cli/metrics.ts';
import { readPaperLines } from '../../../src/cli/questions.ts';
import { readJudgements } from '../../../src/cli/run-file.ts';
import type { Paper } from '../../../src/paper/paper.ts';

/** What is asked: a text, or papers of the set. */
export type Query = {
  readonly id: string;
  readonly text?: string;
  readonly papers?: readonly string[];
};

export interface JudgedSet {
  readonly name: string;
  readonly papers: readonly Paper[];
  readonly queries: readonly Query[];
  readonly judged: ReadonlyMap<string, Judgements>;
  readonly measure: { readonly name: string; of(ranked: readonly string[], grades: Judgements): number };
}

/** Papers with the track of a conference that each was in. */
export interface Tracks {
  readonly papers: readonly Paper[];
  readonly labels: readonly string[];
}

const SETS = [
  { name: 'scitldr', pooled: true, measure: { name: 'MRR', of: reciprocalRank } },
  {
    name: 'topics',
    pooled: true,
    measure: {
      name: 'nDCG@10',
      of: (ranked: readonly string[], grades: Judgements) => ndcg(ranked, grades, 10),
    },
  },
  {
    name: 'citations',
    pooled: false,
    measure: {
      name: 'nDCG@10',
      of: (ranked: readonly string[], grades: Judgements) => ndcg(ranked, grades, 10),
    },
  },
  { name: 'readers', pooled: false, measure: { name: 'nDCG%20', of: ndcgOfFifth } },
] as const;

/** The folder of the judged data, or undefined, with a word, where it is not. */
export function findJudged(): string | undefined {
  const directory = resolve(process.env.SHEAF_JUDGED ?? '../shared/judged');
  if (existsSync(join(directory, 'scitldr/qrels.txt'))) return directory;
  console.log(`Skipped: there is no judged data in ${directory}. SHEAF_JUDGED=DIR names another place.`);
  return undefined;
}

/** All queries or, by a hash of the id, the half that choices are made on or the half that is reported. */
export type Part = 'all' | 'fitting' | 'reporting';

export function isIn(part: Part, query: string): boolean {
  if (part === 'all') return true;
  const even = (createHash('sha256').update(query).digest()[0] as number) % 2 === 0;
  return even === (part === 'fitting');
}

export async function readSets(directory: string, part: Part): Promise<JudgedSet[]> {
  const pool = await readPaperLines(join(directory, 'pool.jsonl.gz'));
  return Promise.all(
    SETS.map(async ({ name, pooled, measure }) => {
      const own = await readPaperLines(join(directory, name, 'papers.jsonl.gz'));
      const judged = await readJudgements(join(directory, name, 'qrels.txt'));
      const queries = readJson(join(directory, name, 'queries.jsonl')).map(readQuery);
      return {
        name,
        papers: pooled ? [...own, ...pool] : own,
        // A query without a relevant paper measures nothing.
        queries: queries.filter(({ id }) => isIn(part, id) && hasRelevant(judged.get(id))),
        judged,
        measure,
      };
    }),
  );
}

export async function readTracks(directory: string): Promise<Tracks> {
  const path = join(directory, 'tracks.jsonl.gz');
  const records = readJson(path) as { readonly label: string }[];
  const labels = records.map(({ label }) => label);
  return { papers: await readPaperLines(path), labels };
}

function readQuery(record: unknown): Query {
  const { id, text, paper, papers } = record as Query & { readonly paper?: string };
  return {
    id,
    ...(text === undefined ? {} : { text }),
    ...(paper ? { papers: [paper] } : {}),
    ...(papers ? { papers } : {}),
  };
}

function hasRelevant(grades: Judgements | undefined): boolean {
  return grades !== undefined && [...grades.values()].some((grade) => grade > 0);
}

function readJson(path: string): unknown[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
}
