/** Texts to measure with: equal on every machine, and none of them kept in the repository. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createTokenizer } from '../../src/engine/tokenize.ts';
import type { Paper } from '../../src/paper/paper.ts';
import { readPapers } from '../../src/source/source.ts';
import { createRandom } from '../../src/vector/random.ts';
import { MODEL, modelsFolder } from '../browser/pages/build.ts';

const LIST = resolve(import.meta.dirname, '../../public/papers.json');
const TODAY = '2026-03-10';

/** What an abstract of usual length has. */
const TOKENS_A_TEXT = 200;

/** `count` different texts of about 200 tokens, cut from the abstracts of the site's list. */
export function makeTexts(count: number, seed: number): string[] {
  const words = wordsOfList();
  const length = Math.round((TOKENS_A_TEXT * words.length) / countTokens(words.join(' ')));
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const start = Math.floor(random() * (words.length - length));
    return words.slice(start, start + length).join(' ');
  });
}

/** Tokens a text, the mean. */
export function meanTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + countTokens(text), 0) / texts.length;
}

let tokenizer: ReturnType<typeof createTokenizer> | undefined;

function countTokens(text: string): number {
  const read = (name: string) => JSON.parse(readFileSync(join(modelsFolder, MODEL, name), 'utf8'));
  tokenizer ??= createTokenizer(
    read('tokenizer.json'),
    read('tokenizer_config.json'),
    Number.MAX_SAFE_INTEGER,
  );
  return tokenizer.encode(text).ids.length;
}

function wordsOfList(): string[] {
  const { papers } = readPapers(readFileSync(LIST, 'utf8'), { today: TODAY });
  return papers.flatMap(({ abstract }) => abstract.split(/\s+/));
}

/** As in the abstracts of 2025 and 2026. */
const MILL = { titleWords: 10, leastWords: 120, mostWords: 240, firstYear: 2023, years: 4 };
/**
 * One word in thirty is not of the list but one of 60,000 made up, the common ones first: names, typing
 * errors and terms of other fields fill a real index with rare words.
 */
const RARE = { share: 1 / 30, words: 60_000 };
const SYLLABLES = 'ba co di fu gra hel in jo ka lum mer no pre qua ri sto tel ur vex wi'.split(' ');

/** A list of papers, as JSON lines, from a mill of words: the words are real, the sentences are not. */
export function millPapers(count: number, seed: number): string {
  const random = createRandom(seed);
  const known = wordsOfList();
  const word = () => {
    if (random() >= RARE.share) return known[Math.floor(random() * known.length)] as string;
    return makeWord(Math.floor(RARE.words * random() ** 2));
  };
  const text = (length: number) => Array.from({ length }, word).join(' ');
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  const lines = Array.from({ length: count }, (_, index) => {
    const length = MILL.leastWords + Math.floor(random() * (MILL.mostWords - MILL.leastWords));
    const year = MILL.firstYear + Math.floor(random() * MILL.years);
    return JSON.stringify({
      // The number keeps two papers from having one title.
      title: `${text(MILL.titleWords)} ${index}`,
      abstract: text(length),
      date: `${year}-${two(1 + random() * 12)}-${two(1 + random() * 28)}`,
    });
  });
  return lines.join('\n');
}

/** Number to word, one to one. */
function makeWord(number: number): string {
  const syllable = SYLLABLES[number % SYLLABLES.length] as string;
  const rest = Math.floor(number / SYLLABLES.length);
  return rest === 0 ? `${syllable}m` : syllable + makeWord(rest);
}

/** Queries of one to three words that the papers have, and of one that is cut short. */
export function pickQueries(papers: readonly Paper[], count: number, seed: number): string[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const paper = papers[Math.floor(random() * papers.length)] as Paper;
    const words = (paper.abstract.match(/\p{L}{4,}/gu) ?? ['model']).filter(() => random() < 0.2);
    const query = words.slice(0, 1 + (index % 3)).join(' ') || 'gaussian splatting';
    return index % 4 === 3 ? query.slice(0, -1) : query;
  });
}

/** The papers of a list, as the site would read them. */
export function papersOf(list: string): Paper[] {
  return readPapers(list, { today: TODAY }).papers;
}

/** Of real papers when `SHEAF_CORPORA` names a folder with `papers-0.jsonl.gz`. */
export function readCorpus(count: number): Paper[] | undefined {
  const folder = process.env.SHEAF_CORPORA;
  const path = folder && join(folder, 'papers-0.jsonl.gz');
  if (!path || !existsSync(path)) return undefined;
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n', count);
  return papersOf(lines.join('\n'));
}
