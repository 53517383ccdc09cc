/**
 * How well Sheaf finds, beside plain rivals, on judged data that is not part of the project:
 *
 *     npm run bench:quality [-- --part fitting] [--model ID …]
 *
 * The data is looked for in ../shared/judged, or in SHEAF_JUDGED. Choices are made on one half of the queries
 * (`--part fitting`), by a hash of their ids; figures of record are of the other, `reporting`, the default.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrapInterval, mean } from '../../../src/cli/metrics.ts';
import { findModel, requestModel } from '../../../src/cli/model-folder.ts';
import { nodeRuntime } from '../../../src/cli/node-runtime.ts';
import { createEncoder } from '../../../src/engine/encoder.ts';
import { QUICK_MODEL, SITE_MODEL } from '../../../src/engine/origin.ts';
import { embeddedText } from '../../../src/paper/text.ts';
import { formatBytes, formatCount, formatTable } from '../table.ts';
import { compareClusterings } from './clusters.ts';
import { findJudged, type JudgedSet, type Part, readSets, readTracks } from './judged.ts';
import { bm25, lsa, type System, site, tfidf, vectors } from './systems.ts';

const RESAMPLES = 10_000;
const SEED = 47;
const TIMED_TEXTS = 2_000;

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: 'reporting' },
    model: { type: 'string', multiple: true, default: [SITE_MODEL, QUICK_MODEL] },
    /** Of the systems, those whose names begin so; by default all. */
    only: { type: 'string', multiple: true, default: [''] },
  },
});
const directory = findJudged();
if (directory) await measure(directory, values.part as Part, values.model, values.only);

async function measure(
  directory: string,
  part: Part,
  models: readonly string[],
  only: readonly string[],
): Promise<void> {
  const sets = await readSets(directory, part);
  const all: System[] = [
    bm25,
    tfidf,
    lsa,
    site('the site, words alone', undefined),
    ...models.flatMap((id) => [vectors(id), site(`the site, ${id}`, id)]),
  ];
  const systems = all.filter(
    (system) => system === bm25 || only.some((name) => system.name.startsWith(name)),
  );
  const results = new Map<string, Map<string, number[]>>();
  for (const system of systems) {
    const bySet = new Map<string, number[]>();
    for (const set of sets) bySet.set(set.name, await valuesOf(system, set));
    results.set(system.name, bySet);
    console.error(`${system.name}: done`);
  }
  const rows = [...results].map(([name, bySet]): [string, ...string[]] => [
    name,
    ...sets.map((set) => points(mean(bySet.get(set.name) ?? []))),
  ]);
  /** Of each other system what it has more than `base` on each set, with the interval. */
  const against = (base: string, names: readonly string[]) =>
    names
      .filter((name) => name !== base && results.has(name))
      .map((name): [string, ...string[]] => [
        name,
        ...sets.map((set) =>
          gain(results.get(name)?.get(set.name) ?? [], results.get(base)?.get(set.name) ?? []),
        ),
      ]);
  const [first = '', ...others] = models;
  const pairs = others.flatMap((other) => [
    [`${first} alone`, `${other} alone`],
    [`the site, ${first}`, `the site, ${other}`],
  ]) as [string, string][];
  const timed = (sets[0]?.papers ?? []).slice(-TIMED_TEXTS).map(embeddedText);
  const speeds: number[] = [];
  for (const id of models) speeds.push(await textsASecond(id, timed));
  const clusters = await compareClusterings(await readTracks(directory), models);
  console.log(
    formatTable(
      [`Quality, ${part} queries, ${new Date().toISOString().slice(0, 10)}. All times 100.`],
      [
        {
          title: '',
          columns: sets.map(({ name, measure }) => `${name}, ${measure.name}`),
          rows: [['queries', ...sets.map(({ queries }) => String(queries.length))], ...rows],
        },
        {
          title: 'against BM25',
          columns: sets.map(({ name }) => name),
          rows: against(bm25.name, [...results.keys()]),
          notes: [`95 % intervals of a paired bootstrap, ${RESAMPLES.toLocaleString('en')} resamples.`],
        },
        {
          title: 'against another model',
          columns: sets.map(({ name }) => name),
          rows: pairs.flatMap(([one, other]) =>
            against(other, [one]).map(([, ...cells]): [string, ...string[]] => [
              `${one}, over ${other}`,
              ...cells,
            ]),
          ),
        },
        clusters,
        {
          title: 'models',
          columns: ['bytes', 'texts a second'],
          rows: models.map((id, at) => [
            id,
            formatBytes(bytesOf(id)),
            formatCount(Math.round(speeds[at] ?? 0)),
          ]),
          notes: [`${TIMED_TEXTS.toLocaleString('en')} titles with abstracts, Node, WASM, one process.`],
        },
      ],
    ),
  );
}

async function valuesOf(system: System, set: JudgedSet): Promise<number[]> {
  const run = await system.run(set);
  return set.queries.map(({ id }) => set.measure.of(run.get(id) ?? [], set.judged.get(id) ?? new Map()));
}

function gain(values: readonly number[], base: readonly number[]): string {
  const differences = values.map((value, index) => value - (base[index] as number));
  const { low, high } = bootstrapInterval(differences, RESAMPLES, SEED);
  return `${signed(mean(differences))} (${signed(low)} to ${signed(high)})`;
}

async function textsASecond(id: string, texts: readonly string[]): Promise<number> {
  const encoder = createEncoder(nodeRuntime);
  await encoder.open(await requestModel(await findModel(id)));
  const start = performance.now();
  await encoder.embed(texts, 'document', false);
  const seconds = (performance.now() - start) / 1000;
  await encoder.close();
  return texts.length / seconds;
}

function bytesOf(id: string): number {
  const contract = JSON.parse(readFileSync(join('models', id, 'sheaf.json'), 'utf8')) as {
    files: { bytes: number }[];
  };
  return contract.files.reduce((sum, { bytes }) => sum + bytes, 0);
}

function points(value: number): string {
  return (100 * value).toFixed(1);
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${points(Math.abs(value))}`;
}
