import { parseArgs } from 'node:util';
import { CommandError, count, isSentence } from './failure.ts';
import {
  bootstrapInterval,
  type Judgements,
  mean,
  ndcg,
  ndcgOfFifth,
  recall,
  reciprocalRank,
} from './metrics.ts';
import { readJudgements, readRun } from './run-file.ts';

const USAGE = 'Usage: npm run judge -- --run RUN --qrels QRELS [--against RUN2]';
const RESAMPLES = 10_000;
/** Any number will do; one for all, so that two people who judge the same runs read the same interval. */
const SEED = 47;

interface Measure {
  readonly name: string;
  readonly of: (ranked: readonly string[], grades: Judgements) => number;
}

const MEASURES: readonly Measure[] = [
  { name: 'nDCG@10', of: (ranked, grades) => ndcg(ranked, grades, 10) },
  { name: 'nDCG%20', of: ndcgOfFifth },
  { name: 'MRR', of: reciprocalRank },
  { name: 'recall@10', of: (ranked, grades) => recall(ranked, grades, 10) },
  { name: 'recall@100', of: (ranked, grades) => recall(ranked, grades, 100) },
];

const DEFINITIONS = `All times 100. A grade above 0 is relevant.
nDCG: gain is the grade, discount log2(rank + 1), as ndcg_cut of trec_eval 9. nDCG%20 orders
only the judged papers and cuts at a fifth of them, rounded up. MRR looks at the whole run.`;

process.exitCode = await run(process.argv.slice(2));

/** Measures a run against judgements, and against another run. Exit status 1 for bad input. */
async function run(argv: readonly string[]): Promise<number> {
  try {
    const given = readArguments(argv);
    const judged = await readJudgements(given.qrels);
    const runs = [await readNamedRun(given.run)];
    if (given.against !== undefined) runs.push(await readNamedRun(given.against));
    console.log(table(judged, runs));
    return 0;
  } catch (error) {
    if (!isSentence(error)) throw error;
    console.error(error.message);
    return 1;
  }
}

interface NamedRun {
  readonly name: string;
  readonly ranked: ReadonlyMap<string, readonly string[]>;
}

async function readNamedRun(name: string): Promise<NamedRun> {
  return { name, ranked: await readRun(name) };
}

function table(judged: ReadonlyMap<string, Judgements>, runs: readonly NamedRun[]): string {
  const scorable = [...judged].filter(([, grades]) => [...grades.values()].some((grade) => grade > 0));
  if (scorable.length === 0) throw new CommandError('The judgements have no grade above 0.');
  const [first, second] = runs as [NamedRun, NamedRun | undefined];
  const head = second ? ['', 'run', 'against', 'difference', '95 % of it'] : ['', 'run'];
  const rows = MEASURES.map(({ name, of }) => {
    const values = runs.map(({ ranked }) =>
      scorable.map(([query, grades]) => of(ranked.get(query) ?? [], grades)),
    );
    const [mine, other] = values as [number[], number[] | undefined];
    if (!other) return [name, points(mean(mine))];
    const differences = mine.map((value, index) => value - (other[index] as number));
    const { low, high } = bootstrapInterval(differences, RESAMPLES, SEED);
    const interval = `${signed(low)} to ${signed(high)}`;
    return [name, points(mean(mine)), points(mean(other)), signed(mean(differences)), interval];
  });
  return [
    `run      ${first.name}`,
    ...(second ? [`against  ${second.name}`] : []),
    '',
    ...aligned([head, ...rows]),
    '',
    ...remarks(judged, scorable, runs),
    DEFINITIONS,
    ...(second
      ? [
          `The interval is that of a paired bootstrap over the queries, ${RESAMPLES.toLocaleString('en')} resamples.`,
        ]
      : []),
  ].join('\n');
}

/** How many queries there are, and what does not fit together. */
function remarks(
  judged: ReadonlyMap<string, Judgements>,
  scorable: readonly (readonly [string, Judgements])[],
  runs: readonly NamedRun[],
): string[] {
  const said = [`${count(scorable.length, 'query', 'queries')}.`];
  const without = judged.size - scorable.length;
  if (without > 0) said.push(`${without} more have no relevant paper and are left out.`);
  for (const { name, ranked } of runs) {
    const missing = scorable.filter(([query]) => !ranked.has(query)).length;
    const unjudged = [...ranked.keys()].filter((query) => !judged.has(query)).length;
    const short = scorable.filter(([query, grades]) => lacksJudged(ranked.get(query), grades)).length;
    if (missing > 0) said.push(`${name} has nothing for ${missing} of them, which count as 0.`);
    if (unjudged > 0) said.push(`${name} has ${unjudged} without judgements, which do not count.`);
    if (short > 0)
      said.push(
        `${name} lacks judged papers of ${short}, which nDCG%20 counts last; a larger --top may have them.`,
      );
  }
  return said;
}

/** Positives alone say nothing of nDCG%20, so that only graded judgements are worth the remark. */
function lacksJudged(ranked: readonly string[] | undefined, grades: Judgements): boolean {
  if (!ranked || new Set(grades.values()).size < 2) return false;
  const found = new Set(ranked);
  return [...grades.keys()].some((paper) => !found.has(paper));
}

function points(value: number): string {
  return (100 * value).toFixed(2);
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${points(Math.abs(value))}`;
}

/** Columns of equal width, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart((widths[column] ?? 0) + 2),
      )
      .join('')
      .trimEnd(),
  );
}

function readArguments(argv: readonly string[]): { run: string; qrels: string; against: string | undefined } {
  const { run, qrels, against } = parse(argv);
  if (!run || !qrels) throw new CommandError(`--run and --qrels are needed. ${USAGE}`);
  return { run, qrels, against };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...argv], options: { run: text, qrels: text, against: text } }).values;
  } catch (error) {
    throw new CommandError(`${(error as Error).message}. ${USAGE}`);
  }
}
