/** A hundred thousand real papers with their vectors, and questions that readers ask of them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { findModel, requestModel } from '../../src/cli/model-folder.ts';
import { nodeRuntime } from '../../src/cli/node-runtime.ts';
import { createEncoder } from '../../src/engine/encoder.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { contentKey, embeddedText } from '../../src/paper/text.ts';
import { createMatrix, type Matrix } from '../../src/vector/matrix.ts';
import { createRandom } from '../../src/vector/random.ts';
import { papersOf } from './texts.ts';

/** The first papers of the folder's `papers-*.jsonl.gz`; undefined where there are not as many. */
export function readPapersOf(folder: string | undefined, count: number): Paper[] | undefined {
  const papers = new Map<string, Paper>();
  for (let shard = 0; folder && papers.size < count; shard++) {
    const path = join(folder, `papers-${shard}.jsonl.gz`);
    if (!existsSync(path)) return undefined;
    const left = count - papers.size;
    const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n', left);
    for (const paper of papersOf(lines.join('\n'))) papers.set(paper.id, paper);
  }
  return papers.size >= count ? [...papers.values()] : undefined;
}

const BATCH = 64;

/** Papers as a model of the site reads them. Kept in the system's folder for what is passing: a run takes minutes. */
export async function vectorsOf(
  model: string,
  papers: readonly Paper[],
): Promise<{ path: string; matrix: Matrix }> {
  const folder = await findModel(model);
  const { dimensions } = folder.contract;
  const texts = papers.map(embeddedText);
  const path = join(tmpdir(), `sheaf-bench-${model}-${contentKey(texts.join('\n'))}.bin`);
  if (existsSync(path)) {
    const data = new Float32Array(new Uint8Array(readFileSync(path)).buffer);
    return { path, matrix: createMatrix(data, dimensions) };
  }
  const encoder = createEncoder(nodeRuntime);
  await encoder.open(await requestModel(folder));
  const data = new Float32Array(papers.length * dimensions);
  for (let at = 0; at < papers.length; at += BATCH) {
    const { vectors } = await encoder.embed(texts.slice(at, at + BATCH), 'document', false);
    data.set(vectors, at * dimensions);
  }
  await encoder.close();
  writeFileSync(path, data);
  return { path, matrix: createMatrix(data, dimensions) };
}

/** What a reader may have typed so far of a title. */
const KINDS = [
  'a title',
  'its beginning',
  'a topic word',
  'half a word',
  'two words',
  'a word misspelt',
] as const;

export interface Asked {
  readonly kind: (typeof KINDS)[number];
  readonly text: string;
}

/** `count` questions made of titles drawn from the papers, of each kind as many. */
export function mixedQuestions(papers: readonly Paper[], count: number, seed: number): Asked[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, at) => {
    const kind = KINDS[at % KINDS.length] as Asked['kind'];
    for (;;) {
      const { title } = papers[Math.floor(random() * papers.length)] as Paper;
      const words = title.match(/\p{L}{4,}/gu) ?? [];
      const text = questionOf(kind, title, words, random);
      if (text) return { kind, text };
    }
  });
}

function questionOf(kind: Asked['kind'], title: string, words: readonly string[], random: () => number) {
  const first = Math.floor(random() * words.length);
  const word = words[first];
  if (!word) return undefined;
  if (kind === 'a title') return title;
  if (kind === 'its beginning') return title.split(/\s+/).slice(0, 5).join(' ');
  if (kind === 'a topic word') return `${word.toLowerCase()} `;
  if (kind === 'half a word') return word.toLowerCase().slice(0, 2 + Math.floor(random() * 3));
  if (kind === 'two words')
    return words.length > 1 ? `${word} ${words[(first + 1) % words.length]}` : undefined;
  if (word.length < 7) return undefined;
  return `${word.slice(0, 3)}${word.slice(4)} `;
}
