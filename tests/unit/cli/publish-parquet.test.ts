/** `publish:list --parquet`: a list for a host, of any length, resumable. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readPublishArguments } from '../../../src/cli/publish-arguments.ts';
import { readDescription } from '../../../src/corpus/description.ts';
import { createCorpusReader } from '../../../src/corpus/reader.ts';
import { QUICK_MODEL } from '../../../src/engine/origin.ts';
import { madeUpPapers } from '../../fixtures/made-up-papers.ts';
import { serveRanges } from '../../fixtures/range-host.ts';
import { createBench, type Outcome, runCommand } from './command.ts';

const bench = createBench();
afterAll(() => bench.remove());
const publish = (...argv: string[]): Promise<Outcome> => runCommand('publish', [...argv, '--parquet']);
const papers = bench.write('papers.jsonl', madeUpPapers(60));
const describedIn = (folder: string) => readDescription(readFileSync(join(folder, 'list.json'), 'utf8'));

it.each<[argv: string[], sentence: RegExp]>([
  [['--parquet', '--topics', 'x'], /--topics says nothing of a large list/],
  [['--parquet', '--url', 'https://example.org'], /--url says nothing of a large list/],
  [['--model', 'x'], /--model is for --parquet alone/],
])('%j is refused', (argv, sentence) => {
  expect(() => readPublishArguments([papers, '--out', 'x', ...argv])).toThrow(sentence);
});

it.each<[what: string, file: () => string, sentence: RegExp]>([
  [
    'a file that is not there',
    () => bench.path('none.jsonl'),
    /none\.jsonl cannot be read: there is no such file/,
  ],
  [
    'a file without papers',
    () => bench.write('empty.jsonl', '\n\n'),
    /No paper of .*empty\.jsonl could be read/,
  ],
  [
    'a file that is not compressed',
    () => bench.write('plain.jsonl.gz', '{}'),
    /plain\.jsonl\.gz cannot be read/,
  ],
])('%s is refused, and nothing is written', async (_, file, sentence) => {
  const out = bench.path('refused');
  const { status, stderr } = await publish(file(), '--out', out);
  expect([status, stderr]).toEqual([1, expect.stringMatching(sentence)]);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(readdirSync(bench.folder)).not.toContain('refused');
});

it('a model that is not there is refused', async () => {
  const { status, stderr } = await publish(papers, '--out', bench.path('refused'), '--model', 'none');
  expect([status, stderr]).toEqual([1, expect.stringMatching(/There is no model none/)]);
});

describe('a list', () => {
  it('of lines, compressed ones too, holds each paper once and names what it left out', async () => {
    const [first, ...rest] = madeUpPapers(30);
    const lines = [...rest.map((one) => JSON.stringify(one)), '{"title":', '[1]', JSON.stringify(first), ''];
    const packed = bench.write('more.jsonl.gz', gzipSync(lines.join('\n')));
    const out = bench.path('lines');
    const { status, stderr } = await publish(papers, packed, '--out', out, '--title', 'Lines');
    expect([status, stderr], stderr).toEqual([0, expect.stringMatching(/line 30: not valid JSON/)]);
    expect(stderr).toMatch(/line 31: not a record/);
    expect(stderr).toMatch(/30 papers named twice: the first was taken/);
    const description = describedIn(out);
    expect(description).toMatchObject({ title: 'Lines', papers: 60, dimensions: 256 });
    expect(description.model.id).toMatch(new RegExp(`^${QUICK_MODEL}#`));

    const host = await serveRanges(out);
    const reader = createCorpusReader(description, host.url);
    const records = await reader.records([...Array(60).keys()]);
    await host.close();
    expect(new Set(records.map(({ title }) => title))).toEqual(
      new Set(madeUpPapers(60).map(({ title }) => title)),
    );
  });

  it('of Parquet, such as another engine or this command has written, is the same list', async () => {
    const [out, again] = [bench.path('first'), bench.path('of-parquet')];
    await publish(papers, '--out', out);
    const file = join(out, describedIn(out).files.papers.path);
    const { status, stderr } = await publish(file, '--out', again);
    expect([status, stderr]).toEqual([0, expect.stringMatching(/60 papers\./)]);
    const recordsOf = async (folder: string) => {
      const host = await serveRanges(folder);
      const records = await createCorpusReader(describedIn(folder), host.url).records([...Array(60).keys()]);
      await host.close();
      return records.map((record) => JSON.stringify(record)).sort();
    };
    expect(await recordsOf(again)).toEqual(await recordsOf(out));
  });

  it('is made again of what the cache has, the same to the byte', async () => {
    const out = bench.path('twice');
    expect((await publish(papers, '--out', out)).stderr).toMatch(/60 papers read, 0 vectors from the cache/);
    const before = readdirSync(out);
    const again = await publish(papers, '--out', out);
    expect(again.stderr).toMatch(/0 papers read, 60 vectors from the cache/);
    expect(readdirSync(out)).toEqual(before);
  });

  it('of which one date is changed has other names for its files', async () => {
    const out = bench.path('corrected');
    await publish(papers, '--out', out);
    const before = describedIn(out);
    const [first, ...rest] = madeUpPapers(60);
    const corrected = bench.write('corrected.jsonl', [{ ...first, date: '2019-05-04' }, ...rest]);
    expect((await publish(corrected, '--out', out)).stderr).toMatch(
      /0 papers read, 60 vectors from the cache/,
    );
    const after = describedIn(out);
    expect(after.stamp).not.toBe(before.stamp);
    for (const { path } of Object.values(before.files)) expect(readdirSync(out)).not.toContain(path);
  });

  it('that was stopped leaves the folder as it was, and goes on from there', async () => {
    const out = bench.path('stopped');
    mkdirSync(out);
    writeFileSync(join(out, '.sheaf-site'), 'of an earlier run');
    writeFileSync(join(out, 'kept.txt'), 'kept');
    const stopped = await runCommand('publish', [papers, '--parquet', '--out', out], {
      signal: 'SIGINT',
      when: /vectors from the cache/,
    });
    expect([stopped.status, stopped.stderr]).toEqual([
      130,
      expect.stringMatching(/Stopped\. Nothing was changed\./),
    ]);
    expect(readdirSync(out).sort()).toEqual(['.sheaf-site', 'kept.txt']);
    expect((await publish(papers, '--out', out)).stderr).toMatch(/0 papers read, 60 vectors from the cache/);
    expect(readdirSync(out)).toContain('list.json');
  });
});
