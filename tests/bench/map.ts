/**
 * What the map costs: the first picture, the neighbours, the layout; how well neighbours are kept together and how
 * still old points stand when papers come; frames a second while the map is moved, without a graphics card.
 *
 *     npm run bench:map [-- PAPERS.jsonl] [--model sheaf-tokens-2]
 *
 * With a list of papers in any format that the site reads, layouts are of these; else of rows without meaning.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { findModel, requestModel } from '../../src/cli/model-folder.ts';
import { nodeRuntime } from '../../src/cli/node-runtime.ts';
import { createEncoder } from '../../src/engine/encoder.ts';
import { QUICK_MODEL } from '../../src/engine/origin.ts';
import { embeddedText } from '../../src/paper/text.ts';
import { readAny } from '../../src/source/source.ts';
import { layoutSteps } from '../../src/vector/layout.ts';
import { createMatrix, type Matrix } from '../../src/vector/matrix.ts';
import { findNeighboursSteps } from '../../src/vector/neighbours.ts';
import { projectRows } from '../../src/vector/projection.ts';
import { groupedMatrix } from '../unit/vector/rows.ts';
import { FRAME_SIZES, measureFrames } from './frames.ts';
import { describeMachine } from './machine.ts';
import { formatCount, formatTable, formatTime, median, type Section } from './table.ts';

const SEED = 47;
const NEIGHBOURS = 15;
/** Rows whose neighbours are looked at for the quality of a layout. */
const SAMPLED = 500;
const ADDED_SHARE = 0.05;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { model: { type: 'string', default: QUICK_MODEL }, most: { type: 'string', default: '100000' } },
});
const head = [`The map, ${await describeMachine()}`];
const all = positionals[0] ? await readVectors(positionals[0], values.model) : undefined;
const sections = [...measureLayouts(all), await measureFrames()];
console.log(formatTable(head, sections));

async function readVectors(file: string, model: string): Promise<Matrix> {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const { papers } = await readAny(text, { today: '2026-03-10' });
  const folder = await findModel(model);
  const { dimensions } = folder.contract;
  const encoder = createEncoder(nodeRuntime);
  await encoder.open(await requestModel(folder));
  const data = new Float32Array(papers.length * dimensions);
  for (let at = 0; at < papers.length; at += 64) {
    const { vectors } = await encoder.embed(papers.slice(at, at + 64).map(embeddedText), 'document', false);
    data.set(vectors, at * dimensions);
  }
  return createMatrix(data, dimensions);
}

function measureLayouts(given: Matrix | undefined): Section[] {
  const sizes = FRAME_SIZES.filter((size) => size <= Number(values.most) && (!given || size <= given.rows));
  const rows = sizes.map((size): [string, ...string[]] => {
    const matrix = given ? firstRows(given, size) : groupedMatrix(size, 128, 0.5, SEED);
    const flat = timed(() => projectRows(matrix, SEED).positions);
    const near = timed(() => finish(findNeighboursSteps(matrix, NEIGHBOURS, SEED)));
    const laidOut = timed(() => finish(layoutSteps(matrix, { seed: SEED })).positions);
    const kept = (positions: Float32Array) => preserved(near.value.rows, positions).toFixed(3);
    const times = [flat, near, laidOut].map(({ cpu }) => formatTime(cpu));
    return [formatCount(size), ...times, kept(flat.value), kept(laidOut.value), moved(matrix)];
  });
  const columns = ['PCA', 'neighbours', 'layout in all', 'kept by PCA', 'kept', 'old points moved'];
  const notes = [
    'Times are of the processor. Kept: share of the 15 nearest papers that are among the 15 nearest points.',
    'Moved: by the median old point when a twentieth is added, of the width of the map.',
  ];
  return [{ title: given ? 'papers' : 'rows without meaning', columns, rows, notes }];
}

/** Wall time would count what else runs. */
function timed<T>(run: () => T): { value: T; cpu: number } {
  const before = process.cpuUsage().user;
  const value = run();
  return { value, cpu: (process.cpuUsage().user - before) / 1000 };
}

function finish<T>(steps: Generator<number, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function firstRows({ columns, data }: Matrix, rows: number): Matrix {
  return { rows, columns, data: data.subarray(0, rows * columns) };
}

function preserved(nearest: Uint32Array, positions: Float32Array): number {
  const total = positions.length / 2;
  let kept = 0;
  for (let sample = 0; sample < SAMPLED; sample++) {
    const row = Math.floor((sample * total) / SAMPLED);
    const [x, y] = [positions[row * 2] as number, positions[row * 2 + 1] as number];
    const away = Float64Array.from({ length: total }, (_, other) =>
      other === row
        ? Number.POSITIVE_INFINITY
        : ((positions[other * 2] as number) - x) ** 2 + ((positions[other * 2 + 1] as number) - y) ** 2,
    );
    const limit = away.slice().sort()[NEIGHBOURS - 1] as number;
    const own = nearest.subarray(row * NEIGHBOURS, (row + 1) * NEIGHBOURS);
    kept += own.filter((other) => (away[other] as number) <= limit).length;
  }
  return kept / (SAMPLED * NEIGHBOURS);
}

/** Of the layout of all but a twentieth, when that comes. */
function moved(matrix: Matrix): string {
  const old = Math.round(matrix.rows * (1 - ADDED_SHARE));
  if (matrix.rows > 30_000) return 'not measured';
  const start = finish(layoutSteps(firstRows(matrix, old), { seed: SEED })).positions;
  const before = new Float32Array(matrix.rows * 2).fill(Number.NaN);
  before.set(start);
  const after = finish(layoutSteps(matrix, { seed: SEED, before, hold: true })).positions;
  const x = start.filter((_, i) => i % 2 === 0).sort();
  const width = (x.at(-1) as number) - (x[0] as number);
  const steps = Array.from({ length: old }, (_, row) =>
    Math.hypot(
      (after[row * 2] as number) - (start[row * 2] as number),
      (after[row * 2 + 1] as number) - (start[row * 2 + 1] as number),
    ),
  );
  return `${((100 * median(steps)) / width).toFixed(2)} %`;
}
