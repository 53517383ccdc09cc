import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { planShares } from '../../../src/cli/shares.ts';
import { QUICK_MODEL } from '../../../src/engine/origin.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { createBench, ROOT, runCommand } from './command.ts';

const bench = createBench();
afterAll(() => bench.remove());

const { papers: LIST } = JSON.parse(readFileSync(join(ROOT, 'public/papers.json'), 'utf8')) as {
  papers: Paper[];
};
const papers = bench.write('papers.jsonl', LIST);
const idOf = (index: number): string => (LIST[index] as Paper).id;
const words = bench.write('words.jsonl', [
  { id: 'one', text: 'splatting' },
  { id: 'two', text: 'pruning language models', papers: [idOf(0)] },
]);

interface RunLine {
  readonly query: string;
  readonly paper: string;
  readonly rank: number;
  readonly score: number;
}

/** Reads a run and holds it to the format: ranks from 1 on without a gap, scores that never rise, no paper twice. */
function readRun(path: string): RunLine[] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  const run = lines.map((line) => {
    const [query = '', zero, paper = '', rank, score, tag, ...more] = line.split(' ');
    expect([zero, tag, more]).toEqual(['Q0', 'sheaf', []]);
    return { query, paper, rank: Number(rank), score: Number(score) };
  });
  run.forEach((line, index) => {
    const before = run[index - 1];
    const first = before?.query !== line.query;
    expect(line.rank).toBe(first ? 1 : before.rank + 1);
    expect(Number.isFinite(line.score)).toBe(true);
    if (!first) expect(line.score).toBeLessThanOrEqual(before.score);
  });
  expect(new Set(run.map(({ query, paper }) => `${query} ${paper}`)).size).toBe(run.length);
  return run;
}

function rank(mode: string, queries: string, more: readonly string[] = [], list = papers) {
  const out = bench.path(`run.${mode}.${more.join('')}`);
  // The quick model: how well it ranks is no matter here, and page.test.ts takes the one that readers get.
  const model = mode === 'keyword' ? [] : ['--model', QUICK_MODEL];
  const argv = ['--papers', list, '--queries', queries, '--mode', mode, '--out', out, ...model, ...more];
  return runCommand('rank', argv).then((outcome) => ({ ...outcome, out }));
}

describe('npm run rank', { timeout: 120_000 }, () => {
  it('writes a run by words and leaves out papers without one of them', async () => {
    const { status, stderr, out } = await rank('keyword', words);
    expect(stderr).toContain(`2 queries in ${out}.`);
    expect(status).toBe(0);
    const run = readRun(out);
    expect(new Set(run.map(({ query }) => query))).toEqual(new Set(['one', 'two']));
    expect(run.filter(({ query }) => query === 'one').length).toBeLessThan(LIST.length);
    expect(run.every(({ score }) => score > 0)).toBe(true);
  });

  it.each(['semantic', 'hybrid'])('writes a run of all papers: %s', async (mode) => {
    const { status, stderr, out } = await rank(mode, words);
    expect(stderr).toContain('Embedded 47 of 47 papers');
    expect(status).toBe(0);
    const run = readRun(out);
    expect(run.filter(({ query }) => query === 'one').length).toBe(LIST.length);
    // The query's own paper is not ranked.
    const second = run.filter(({ query }) => query === 'two').map(({ paper }) => paper);
    expect(second.length).toBe(LIST.length - 1);
    expect(second).not.toContain(idOf(0));
  });

  it('ranks papers like one or like several, without them, the same with two processes as with one', async () => {
    const queries = bench.write('similar.jsonl', [
      { id: 'one', paper: idOf(1) },
      { id: 'several', papers: [idOf(1), idOf(2), idOf(3)] },
    ]);
    const { status, out } = await rank('similar', queries);
    expect(status).toBe(0);
    const run = readRun(out);
    const found = (query: string) => run.filter((line) => line.query === query).map(({ paper }) => paper);
    expect(found('one').length).toBe(46);
    expect(found('one')).not.toContain(idOf(1));
    expect(found('several').length).toBe(44);
    expect(found('several').some((id) => [1, 2, 3].map(idOf).includes(id))).toBe(false);
    const two = await rank('similar', queries, ['--cores', '2']);
    expect(two.status).toBe(0);
    expect(readFileSync(two.out, 'utf8')).toBe(readFileSync(out, 'utf8'));
  });

  it('ranks for topics by their text, by papers that are liked and disliked, or by both', async () => {
    const topic = { name: '3DGS', sentence: 'Gaussian splatting of scenes' };
    const queries = bench.write('topics.jsonl', [
      { id: 'plain', ...topic },
      { id: 'text', name: topic.name, text: topic.sentence },
      { id: 'both', ...topic, liked: [idOf(5)], disliked: [idOf(6)] },
      { id: 'examples', liked: [idOf(5), idOf(7)] },
    ]);
    const { status, out } = await rank('topic', queries);
    expect(status).toBe(0);
    const run = readRun(out);
    const [plain, text, both, examples] = ['plain', 'text', 'both', 'examples'].map((query) =>
      run.filter((line) => line.query === query).map(({ paper, score }) => [paper, score]),
    );
    expect(plain?.length).toBe(LIST.length);
    expect(text).toEqual(plain);
    // The query's own papers are not ranked.
    expect(both?.length).toBe(LIST.length - 2);
    expect(both?.some(([paper]) => paper === idOf(5) || paper === idOf(6))).toBe(false);
    const others = plain?.filter(([paper]) => paper !== idOf(5) && paper !== idOf(6));
    expect(both?.map(([, score]) => score)).not.toEqual(others?.map(([, score]) => score));
    expect(examples?.length).toBe(LIST.length - 2);
  });

  it('takes packed files, joined ones too, and papers without a title', async () => {
    const lines = LIST.map((paper) => Buffer.from(`${JSON.stringify(paper)}\n`));
    const untitled = {
      id: 'untitled',
      title: '',
      abstract: 'Splatting\u2028of splats: splatting, splatting.',
    };
    const packed = bench.write(
      'papers.jsonl.gz',
      Buffer.concat([...lines, Buffer.from(JSON.stringify(untitled))].map((line) => gzipSync(line))),
    );
    const queries = bench.write('packed.jsonl.gz', gzipSync(readFileSync(words)));
    const { status, out } = await rank('hybrid', queries, ['--top', '5'], packed);
    expect(status).toBe(0);
    const run = readRun(out);
    expect(run.length).toBe(10);
    expect(run.filter(({ query }) => query === 'one').map(({ paper }) => paper)).toContain('untitled');
  });

  it('puts a paper that the query names first, with no score below the next', async () => {
    const title = (LIST[7] as Paper).title;
    const { out } = await rank('keyword', bench.write('named.jsonl', [{ id: 'named', text: title }]));
    expect(readRun(out)[0]?.paper).toBe(idOf(7));
  });

  it.each(['1', '2'])('stops at Ctrl-C and leaves what was there, with %s cores', async (cores) => {
    const out = bench.write('kept', 'old\n');
    const many = bench.write(
      'many.jsonl',
      Array.from({ length: 20_000 }, (_, index) => ({ id: `q${index}`, text: `models number ${index}` })),
    );
    const argv = ['--papers', papers, '--queries', many, '--mode', 'keyword', '--out', out, '--cores', cores];
    const { status, stderr } = await runCommand('rank', argv, { signal: 'SIGINT', when: /Indexed 47/ });
    expect(stderr).toMatch(/Stopped\. Nothing was written\.\n$/);
    expect(status).toBe(130);
    expect(readFileSync(out, 'utf8')).toBe('old\n');
    expect(existsSync(`${out}.new`)).toBe(false);
  });

  it.each(wrongUses())('says in one sentence what is wrong, and where: %s', async (sentence, argv) => {
    const { status, stderr } = await runCommand('rank', argv);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n').length).toBe(1);
    expect(status).toBe(1);
    expect(readdirSync(bench.folder).filter((name) => name.endsWith('.new') || name === 'out')).toEqual([]);
  });
});

/** What the command says, and what it is called with. */
function wrongUses(): [sentence: string, argv: string[]][] {
  const bad = (name: string, ...lines: string[]) => bench.write(name, `${lines.join('\n')}\n`);
  const good = '{"id":"a","title":"A","abstract":"a"}';
  mkdirSync(bench.path('folder'));
  const common = ['--mode', 'keyword', '--out', bench.path('out')];
  const list = (path: string) => ['--papers', path, '--queries', words, ...common];
  const ask = (path: string, ...more: string[]) => [
    '--papers',
    papers,
    '--queries',
    path,
    ...common,
    ...more,
  ];
  return [
    ['none cannot be read: there is no such file or folder.', list(bench.path('none'))],
    ['p1, line 3: this is not valid JSON.', list(bad('p1', good, '', '{"id":'))],
    ['p2, line 2: the id a stands already in', list(bad('p2', good, good))],
    ['p3, line 1: it has no id.', list(bad('p3', '{"title":"A"}'))],
    ['p4, line 1: title is not a text.', list(bad('p4', '{"id":"a","title":3}'))],
    ['p5, line 1: the id “a b” has a space in it', list(bad('p5', '{"id":"a b"}'))],
    ['p6, line 1: this is not text in', list(bench.write('p6', Buffer.from([0x7b, 0xff])))],
    ['p7.gz cannot be read: incorrect header check.', list(bad('p7.gz', good))],
    ['q1, line 1: it has no text.', ask(bad('q1', '{"id":"q"}'))],
    ['q2, line 1: this is not a JSON object.', ask(bad('q2', '[]'))],
    ['q3, line 1: zz is not the id of a paper.', ask(bad('q3', '{"id":"q","paper":"zz"}'))],
    ['q4 has no query.', ask(bad('q4'))],
    ['best is not a mode. Usage:', ask(words, '--mode', 'best')],
    ['--top 0 is not a whole number above 0. Usage:', ask(words, '--top', '0')],
    ['There is no model none', ask(words, '--mode', 'hybrid', '--model', 'none')],
    ['folder cannot be written: it is a folder.', ask(words, '--out', bench.path('folder'))],
    ['run cannot be written: there is no such', ask(words, '--out', bench.path('no/run'))],
    ["Unknown option '--wrong'", ['--wrong']],
    ['--papers, --queries, --mode and --out are needed. Usage:', []],
  ];
}

describe('the number of processes', () => {
  const plenty = 64e9;

  it('is one for little work', () => {
    expect(planShares({ papers: 47, queries: 10, embeds: true }, 8, plenty)).toEqual({
      embedding: 1,
      ranking: 1,
    });
  });

  it('is all cores for much, and fewer for ranking where memory is short', () => {
    const work = { papers: 100_000, queries: 3_000, embeds: true };
    expect(planShares(work, 8, plenty)).toEqual({ embedding: 8, ranking: 5 });
    expect(planShares(work, 8, 256e9)).toEqual({ embedding: 8, ranking: 8 });
    expect(planShares(work, 8, 1e9)).toEqual({ embedding: 8, ranking: 1 });
  });

  it('is one for embedding where nothing is embedded', () => {
    expect(planShares({ papers: 100_000, queries: 80, embeds: false }, 8, plenty)).toEqual({
      embedding: 1,
      ranking: 2,
    });
  });
});
