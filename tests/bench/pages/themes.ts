/** Topics, groups and map of a hundred thousand papers in the real workers, without the site around them; driven by themes.ts. */
import { createEngine, describeModel, type Engine } from '../../../src/engine/engine.ts';
import { createRanker, type Ranker } from '../../../src/engine/ranker.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import type { Group } from '../../../src/ranking/grouping.ts';
import type { Places } from '../../../src/ranking/places.ts';
import { type TopicQuery, topicText } from '../../../src/ranking/topics.ts';
import { createMatrix, type Matrix } from '../../../src/vector/matrix.ts';

/** As the site sends them. */
const SLICE = 500;
const SEED = 47;
/** A question is asked so long after the answer to the one before, milliseconds: more often, most of the work would be theirs. */
const PAUSE = 200;
const QUESTION = 'storage of splat scenes';

/** What a piece of work took, and how long each question waited that was asked meanwhile; milliseconds. */
export interface Worked {
  readonly took: number;
  readonly waits: readonly number[];
}

let engine: Engine;
let ranker: Ranker;
let papers: readonly Paper[] = [];
let vectors: Matrix;
let groups: readonly Group[] = [];
let places: Places | undefined;
let question = new Float32Array(0);

async function time(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const ask = () => time(() => ranker.search({ text: QUESTION, vector: question, limit: 20 }));

/** A question after the other while something else is done. */
async function beside(work: () => Promise<unknown>): Promise<Worked> {
  const waits: number[] = [];
  let done = false;
  const start = performance.now();
  let took = 0;
  const working = work().finally(() => {
    took = performance.now() - start;
    done = true;
  });
  while (!done) {
    waits.push(await ask());
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  await working;
  return { took, waits };
}

/** Rows `from` to `to` as a matrix of their own, since what is sent is moved. */
function part(from: number, to: number): [ids: string[], matrix: Matrix] {
  const { columns, data } = vectors;
  const ids = papers.slice(from, to).map(({ id }) => id);
  return [ids, { rows: to - from, columns, data: data.slice(from * columns, to * columns) }];
}

async function send(from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += SLICE)
    await ranker.putPapers(papers.slice(at, Math.min(to, at + SLICE)));
  for (let at = from; at < to; at += 10_000) await ranker.setVectors(...part(at, Math.min(to, at + 10_000)));
}

const themes = {
  /** The first `count` papers are there; the rest comes later. */
  async open(model: string, count: number): Promise<void> {
    papers = await (await fetch('themes-papers.json')).json();
    engine = createEngine({ cache: { get: async () => undefined, put: async () => {} } });
    const base = new URL(`models/${model}/`, document.baseURI).href;
    await engine.open(await describeModel({ kind: 'site', base }), { device: 'wasm' });
    const columns = engine.contract()?.dimensions ?? 0;
    const data = new Float32Array(await (await fetch('themes-vectors.bin')).arrayBuffer());
    vectors = createMatrix(data, columns);
    question = new Float32Array(await engine.embedQuery(QUESTION));
    ranker = createRanker();
    await send(0, count);
    await ranker.setBackground(await engine.background());
  },

  /** Questions with nothing beside them. */
  async idle(rounds: number): Promise<number[]> {
    const waits: number[] = [];
    for (let round = 0; round < rounds; round++) waits.push(await ask());
    return waits;
  },

  /** Milliseconds of each round. @param examples of each topic: so many liked papers and half as many disliked. */
  async topics(asked: readonly TopicQuery[], rounds: number, examples: number): Promise<number[]> {
    const queries: TopicQuery[] = [];
    for (const [at, topic] of asked.entries()) {
      const vector = new Float32Array(await engine.embedQuery(topicText(topic)));
      const { hits } = await ranker.search({ text: topic.name, vector, limit: examples });
      const liked = hits.slice(0, examples).map(({ id }) => id);
      const disliked = papers.slice(at * 10, at * 10 + Math.floor(examples / 2)).map(({ id }) => id);
      queries.push({ ...topic, vector, ...(examples > 0 ? { liked, disliked } : {}) });
    }
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      times.push(
        await time(async () => {
          const found = await ranker.scoreTopics(queries);
          // As the sidebar does: the papers that belong are counted.
          for (const { belonging } of found) belonging.length;
        }),
      );
    }
    return times;
  },

  /** @param on go on from the groups found before. */
  async cluster(on: boolean): Promise<Worked & { readonly names: readonly string[] }> {
    const worked = await beside(async () => {
      groups = (await ranker.cluster(SEED, undefined, undefined, on ? groups : [])).groups;
    });
    return { ...worked, names: groups.map(({ name, paperIds }) => `${name} (${paperIds.length})`) };
  },

  project: (): Promise<Worked> => beside(async () => void (await ranker.project(SEED))),

  /** @param on begin where papers stood before. */
  async layout(on: boolean): Promise<Worked & { readonly steps: number }> {
    let steps = 0;
    const before = on ? places : undefined;
    const worked = await beside(async () => {
      places = await ranker.layout({ seed: SEED, before, hold: on }, () => steps++);
    });
    return { ...worked, steps };
  },

  /** The papers from `from` on come. */
  arrive: (from: number): Promise<void> => send(from, papers.length),

  /** Where papers lie, in the order of `rows`, which are places in the list. */
  placesOf(): { rows: number[]; positions: number[] } {
    const at = new Map(papers.map(({ id }, row) => [id, row]));
    const { ids = [], positions = new Float32Array(0) } = places ?? {};
    return { rows: ids.map((id) => at.get(id) as number), positions: Array.from(positions) };
  },

  /** Of page and workers, once the browser has collected its garbage. The vectors that wait here are not counted. */
  async memory(): Promise<number> {
    const measured = await (
      performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> }
    ).measureUserAgentSpecificMemory();
    return measured.bytes - vectors.data.byteLength;
  },
};

export type ThemesPage = typeof themes;
Object.assign(globalThis, { themes });
