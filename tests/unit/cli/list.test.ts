import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PAGE = join(ROOT, 'tests/fixtures/daily-papers.txt');
const folder = mkdtempSync(join(tmpdir(), 'sheaf-list-'));
const out = join(folder, 'papers.json');

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as `npm run list -- …` does. */
function list(...argv: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  return new Promise((resolve) => {
    execFile(process.execPath, [tsx, 'src/cli/list.ts', ...argv], { cwd: ROOT }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('npm run list', { timeout: 30_000 }, () => {
  it('makes the list that the site ships with, byte for byte', async () => {
    const { status, stdout } = await list(PAGE, '--date', '2026-03-10', '--out', out);
    expect(stdout).toBe(`47 papers in ${out}, listed 2026-03-10.\n`);
    expect(status).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(join(ROOT, 'public/papers.json'), 'utf8'));
    // Its own output is a list as well.
    const again = join(folder, 'again.json');
    await list(out, '--out', again);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(out, 'utf8'));
  });

  it('names what it leaves out', async () => {
    const file = write('some.jsonl', '{"title":"One"}\n{}\n{"title":"ONE"}\n');
    const { status, stdout } = await list(file, '--out', out);
    expect(stdout).toBe(`Left out: line 2: no title.\n1 paper in ${out}, 1 named twice, 1 left out.\n`);
    expect(status).toBe(0);
  });

  it('leaves the old file when the new one is no list', async () => {
    const none = join(folder, 'none');
    const cases: [argv: string[], sentence: string][] = [
      [[write('page.html', '<!doctype html><p>')], 'page.html: This is the source of a web page'],
      [[write('none.json', '[{}]')], 'No paper of'],
      [[none], 'none cannot be read: there is no such file or folder.'],
      [[PAGE, '--date', '2026-02-30'], '2026-02-30 is not a day like 2026-03-10. Usage:'],
      [[], 'One file is needed. Usage:'],
      [[PAGE, '--wrong'], "Unknown option '--wrong'"],
    ];
    write('papers.json', 'old');
    for (const [argv, sentence] of cases) {
      const { status, stderr } = await list(...argv, '--out', out);
      expect(stderr).toContain(sentence);
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(status).toBe(1);
    }
    expect(readFileSync(out, 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
  });
});
