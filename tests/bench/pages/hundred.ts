/** A hundred thousand papers in the real store, workers and kernel, without the site around them; driven by hundred.ts. */
import { createEngine, describeModel, type Engine } from '../../../src/engine/engine.ts';
import { createRanker, type Ranker } from '../../../src/engine/ranker.ts';
import { plain } from '../../../src/paper/latex.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { matchSpans } from '../../../src/ranking/explain.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import {
  KERNELS,
  type Kernel,
  queryBytes,
  strideOf,
  tryKernel,
  writeQuery,
} from '../../../src/vector/kernel.ts';
import { createMatrix, type Matrix } from '../../../src/vector/matrix.ts';
import type { KeptIndex } from '../../../src/words/kept.ts';
import { readingModule } from '../read-kernel.ts';

/** As the site sends them, and as many hits as it asks for. */
const SLICE = 500;
const LIMIT = 500;
const EXPLAINED = 10;
/** Read to know the bandwidth of memory. */
const FAR_BYTES = 2 ** 28;

let store: Store;
let engine: Engine;
let ranker: Ranker;
let papers: readonly Paper[] = [];
let byId: ReadonlyMap<string, Paper> = new Map();
let columns = 0;

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function fetchVectors(): Promise<Matrix> {
  const data = new Float32Array(await (await fetch('hundred-vectors.bin')).arrayBuffer());
  return createMatrix(data, columns);
}

async function putPapers(): Promise<void> {
  for (let at = 0; at < papers.length; at += SLICE) await ranker.putPapers(papers.slice(at, at + SLICE));
}

const hundred = {
  async open(model: string): Promise<number> {
    papers = await (await fetch('hundred-papers.json')).json();
    byId = new Map(papers.map((paper) => [paper.id, paper]));
    store = await openStore();
    engine = createEngine({ cache: { get: async () => undefined, put: async () => {} } });
    const base = new URL(`models/${model}/`, document.baseURI).href;
    await engine.open(await describeModel({ kind: 'site', base }), { device: 'wasm' });
    columns = engine.contract()?.dimensions ?? 0;
    return papers.length;
  },

  /** The words made anew in a worker, and kept. */
  async index(): Promise<{ build: number; keep: number; bytes: number }> {
    ranker = createRanker();
    const build = await time(putPapers);
    let bytes = 0;
    const keep = await time(async () => {
      const index = await ranker.keptIndex();
      if (!index) throw new Error('the index cannot be kept');
      const { pages, ...head } = index;
      bytes = pages.reduce((sum, page) => sum + page.byteLength, 0);
      await store.putWordIndex(head, pages);
    });
    ranker.close();
    return { build, keep, bytes };
  },

  /** Another worker that finds them kept; then the vectors. */
  async load(): Promise<{ load: number; papers: number; vectors: number }> {
    ranker = createRanker();
    const ids = papers.map(({ id }) => id);
    const load = await time(async () => {
      const kept = await store.wordIndex<Omit<KeptIndex, 'pages'>>();
      if (!kept || (await ranker.loadIndex({ ...kept.head, pages: kept.pages }, ids)) !== ids.length)
        throw new Error('the index was not kept');
    });
    const putting = await time(putPapers);
    const matrix = await fetchVectors();
    const vectors = await time(() => ranker.setVectors(ids, matrix));
    await ranker.setBackground(await engine.background());
    return { load, papers: putting, vectors };
  },

  /** Milliseconds of each: embed, rank in the worker, explain the first ten. */
  async ask(questions: readonly string[]) {
    const times: { embed: number; rank: number; explain: number; hits: number }[] = [];
    for (const text of questions) {
      let vector = new Float32Array(0);
      const embed = await time(async () => {
        vector = new Float32Array(await engine.embedQuery(text.trim()));
      });
      let found: Awaited<ReturnType<Ranker['search']>> | undefined;
      const rank = await time(async () => {
        found = await ranker.search({ text, vector, limit: LIMIT });
      });
      const explain = await time(() => {
        for (const { id, keyword, meaning } of found?.hits.slice(0, EXPLAINED) ?? []) {
          const { title, abstract } = byId.get(id) as Paper;
          const words = keyword?.words ?? [];
          if (
            matchSpans(plain(title), words).length + matchSpans(plain(abstract), words).length < 0 ||
            !meaning
          )
            throw new Error('a paper without meaning');
        }
      });
      if (found?.mode !== 'hybrid') throw new Error('answered by words alone');
      times.push({ embed, rank, explain, hits: found.hits.length });
    }
    return times;
  },

  /** Milliseconds of each, by words alone. */
  async askWords(questions: readonly string[]): Promise<number[]> {
    const times: number[] = [];
    for (const text of questions) times.push(await time(() => ranker.search({ text, limit: LIMIT })));
    return times;
  },

  /** The scan alone, in this thread: the least of `rounds`, milliseconds, of each program, of a read, of the peer's loop. */
  async scan(rounds: number) {
    const matrix = await fetchVectors();
    const query = matrix.data.slice(0, columns);
    const least = (work: () => void) => {
      let best = Number.POSITIVE_INFINITY;
      for (let at = 0; at < rounds; at++) {
        const start = performance.now();
        work();
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    const kernels = KERNELS.flatMap((name) => tryKernel(name, strideOf(columns)) ?? []);
    const times: Record<string, number> = {};
    for (const kernel of kernels) {
      const { places, count } = fill(kernel, matrix, query);
      times[kernel.name] = least(() => kernel.scan(count, places));
      if (!('memory' in kernel) || kernel.name !== 'simd') continue;
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readingModule()), {
        of: { memory: kernel.memory as unknown as WebAssembly.Memory },
      });
      const read = exports.run as (from: number, to: number, result: number) => void;
      times.read = least(() => read(places.rows, places.rows + count * strideOf(columns), places.results));
      // Of memory that no cache holds.
      const before = kernel.memory.buffer.byteLength;
      kernel.memory.grow(FAR_BYTES / 2 ** 16);
      new Uint8Array(kernel.memory.buffer, before).fill(1);
      times.far = least(() => read(before, before + FAR_BYTES, places.results));
    }
    const rows = Array.from({ length: matrix.rows }, (_, row) =>
      Array.from(matrix.data.subarray(row * columns, (row + 1) * columns)),
    );
    const asked = Array.from(query);
    times.peer = least(() => {
      for (const row of rows) cosine(asked, row);
    });
    return { times, bytes: matrix.rows * strideOf(columns) };
  },

  /** Of page and workers, once the browser has collected its garbage. */
  async memory(): Promise<number> {
    const measured = await (
      performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> }
    ).measureUserAgentSpecificMemory();
    return measured.bytes;
  },
};

function fill(kernel: Kernel, matrix: Matrix, query: Float32Array) {
  const stride = strideOf(columns);
  const count = matrix.rows;
  const sums = queryBytes(stride);
  const results = sums + 4 * count + 16;
  const rows = Math.ceil((results + 4 * count + 16) / 64) * 64;
  kernel.memory.grow(Math.ceil((rows + (count + 4) * stride) / 2 ** 16));
  const { buffer } = kernel.memory;
  const bytes = new Int8Array(buffer, rows, count * stride);
  for (let row = 0; row < count; row++)
    for (let i = 0; i < columns; i++)
      bytes[row * stride + i] = Math.round((matrix.data[row * columns + i] as number) * 127);
  writeQuery(
    buffer,
    0,
    stride,
    query.map((value) => Math.round(value * 8000)),
  );
  return { count, places: { query: 0, sums, results, rows } };
}

/** As SemanticFinder has it: both lengths anew for each pair, over plain arrays. */
function cosine(a: readonly number[], b: readonly number[]): number {
  let product = 0;
  let lengthOfA = 0;
  let lengthOfB = 0;
  for (let i = 0; i < a.length; i++) {
    product += (a[i] as number) * (b[i] as number);
    lengthOfA += (a[i] as number) ** 2;
    lengthOfB += (b[i] as number) ** 2;
  }
  return product / (Math.sqrt(lengthOfA) * Math.sqrt(lengthOfB));
}

export type HundredPage = typeof hundred;
Object.assign(globalThis, { hundred });
