/**
 * A test of the tests: `npm run test:planted [part of a name]` plants one fault after another in a copy of the
 * project and runs the tests that should see it. First the same tests run without faults: one that fails anyway
 * catches nothing. Ends with 1 where a fault gets by.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlantedFault } from './fault.ts';
import { readFaults } from './read-faults.ts';

const ROOT = join(import.meta.dirname, '../..');
const NOT_COPIED = new Set(['node_modules', 'dist', '.git', 'shared']);

interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

async function copyProject(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'sheaf-planted-'));
  for (const name of await readdir(ROOT)) {
    if (!NOT_COPIED.has(name)) await cp(join(ROOT, name), join(copy, name), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function run(command: string, args: readonly string[], cwd: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, maxBuffer: 1 << 28, timeout: 900_000 }, (error) =>
      resolve(error === null),
    );
  });
}

/** Runs one file of tests; undefined where it did not come to its tests at all. */
async function runTests(copy: string, file: string, only: string | undefined): Promise<Outcome | undefined> {
  const isUnit = file.startsWith('tests/unit/');
  const report = join(copy, 'planted.json');
  await rm(report, { force: true });
  const args = ['vitest', 'run', '--project', isUnit ? 'unit' : 'browser', file];
  if (only !== undefined) args.push('-t', only);
  await run('npx', [...args, '--bail', '1', '--reporter', 'json', '--outputFile', report], copy);
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(text);
  return passed + failed > 0 ? { passed, failed } : undefined;
}

const needsBuild = (file: string) => !file.startsWith('tests/unit/');

/** The first file of tests that fails with the fault, or why there is none. */
async function plant(copy: string, fault: PlantedFault): Promise<{ caught?: string; why?: string }> {
  const path = join(copy, fault.file);
  const text = await readFile(path, 'utf8');
  if (text.split(fault.find).length !== 2) return { why: `${fault.file} does not hold the text once` };
  await writeFile(
    path,
    text.replace(fault.find, () => fault.replace),
  );
  try {
    if (fault.caughtBy.some(needsBuild) && !(await run('npx', ['vite', 'build'], copy)))
      return { why: 'it does not build' };
    for (const file of fault.caughtBy) {
      const outcome = await runTests(copy, file, fault.only);
      if (outcome && outcome.failed > 0) return { caught: file };
    }
    return { why: 'NOT CAUGHT' };
  } finally {
    await writeFile(path, text);
  }
}

async function main(): Promise<void> {
  const wanted = process.argv[2] ?? '';
  const faults = (await readFaults()).filter(({ name, file }) => `${name} ${file}`.includes(wanted));
  const copy = await copyProject();
  let missed = 0;
  try {
    const tests = new Map(
      faults.flatMap(({ caughtBy, only }) =>
        caughtBy.map((file) => [`${file}|${only ?? ''}`, [file, only]] as const),
      ),
    );
    await run('npx', ['vite', 'build'], copy);
    for (const [file, only] of tests.values()) {
      const passes = async () => (await runTests(copy, file as string, only))?.failed === 0;
      // Once more: a busy machine fails a test that waits.
      if ((await passes()) || (await passes())) continue;
      throw new Error(`without any fault, ${file} ${only ?? ''} does not pass`);
    }
    for (const fault of faults) {
      const { caught, why } = await plant(copy, fault);
      if (caught === undefined) missed++;
      process.stdout.write(
        `${caught === undefined ? '✗' : '✓'} ${fault.name} | ${fault.file} | ${caught ?? why}\n`,
      );
    }
  } finally {
    await rm(copy, { recursive: true });
  }
  process.stdout.write(`${faults.length - missed} of ${faults.length} planted faults were caught\n`);
  if (missed > 0) process.exitCode = 1;
}

await main();
