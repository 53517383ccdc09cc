import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createBench, ROOT, runCommand } from './command.ts';

const PAGE = join(ROOT, 'tests/fixtures/daily-papers.txt');
const bench = createBench();
afterAll(() => bench.remove());

const list = (...argv: string[]) => runCommand('list', argv);

describe('npm run list', () => {
  it('makes the list that the site ships with, byte for byte', async () => {
    const out = bench.path('papers.json');
    const { status, stdout } = await list(PAGE, '--date', '2026-03-10', '--out', out);
    expect(stdout).toBe(`47 papers in ${out}, listed 2026-03-10.\n`);
    expect(status).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(join(ROOT, 'public/papers.json'), 'utf8'));
    // Its own output is a list as well.
    const again = bench.path('again.json');
    await list(out, '--out', again);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(out, 'utf8'));
  });

  it('names what it leaves out', async () => {
    const out = bench.path('some.json');
    const file = bench.write('some.jsonl', '{"title":"One"}\n{}\n{"title":"ONE"}\n');
    const { status, stdout } = await list(file, '--out', out);
    expect(stdout).toBe(`Left out: line 2: no title.\n1 paper in ${out}, 1 named twice, 1 left out.\n`);
    expect(status).toBe(0);
  });

  it.each([
    ['table.csv', 'Title,Authors\nOne,Ann Lee\n'],
    ['library.bib', '@misc{a, title = {One}, author = {Lee, Ann}}\n'],
    ['feed.xml', '<feed><entry><title>One</title><author><name>Ann Lee</name></author></entry></feed>'],
  ])('reads %s', async (name, text) => {
    const out = bench.path(`${name}.json`);
    const { status, stdout } = await list(bench.write(name, text), '--out', out);
    expect(stdout).toBe(`1 paper in ${out}.\n`);
    expect(status).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('"Ann Lee"');
  });

  it.each<[sentence: string, argv: string[]]>([
    ['page.html: This is the source of a web page', [bench.write('page.html', '<!doctype html><p>')]],
    ['No paper of', [bench.write('none.json', '[{}]')]],
    ['none cannot be read: there is no such file or folder.', [bench.path('none')]],
    ['2026-02-30 is not a day like 2026-03-10. Usage:', [PAGE, '--date', '2026-02-30']],
    ['One file is needed. Usage:', []],
    ["Unknown option '--wrong'", [PAGE, '--wrong']],
  ])('leaves the old file and says: %s', async (sentence, argv) => {
    const out = bench.write('kept.json', 'old');
    const { status, stderr } = await list(...argv, '--out', out);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n').length).toBe(1);
    expect(status).toBe(1);
    expect(readFileSync(out, 'utf8')).toBe('old');
    expect(readdirSync(bench.folder).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it('says where it cannot write', async () => {
    mkdirSync(bench.path('folder'));
    const { status, stderr } = await list(PAGE, '--out', bench.path('folder'));
    expect(stderr).toMatch(/folder cannot be written: it is a folder\.\n$/);
    expect(status).toBe(1);
  });
});
