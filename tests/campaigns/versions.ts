/** Versions of the site, each built by Vite from sources of its own in a folder of its own. */
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A text of a source file, which stands there once, and what another version has in its place. */
export interface Change {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const SOURCES = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'package.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'tsconfig.node.json',
  'tsconfig.worker.json',
];
/** Too large to copy, and never written to. */
const LINKED = ['node_modules', 'models'];

export interface Version {
  /** The built site. */
  readonly site: string;
  remove(): Promise<void>;
}

/** @throws with what Vite said. */
export async function buildVersion(changes: readonly Change[] = []): Promise<Version> {
  const folder = await mkdtemp(join(tmpdir(), 'sheaf-version-'));
  for (const source of SOURCES) await cp(resolve(source), join(folder, source), { recursive: true });
  for (const linked of LINKED) await symlink(resolve(linked), join(folder, linked));
  for (const { file, find, replace } of changes) {
    const text = await readFile(join(folder, file), 'utf8');
    if (text.split(find).length !== 2) throw new Error(`${file} has “${find}” not once`);
    await writeFile(
      join(folder, file),
      text.replace(find, () => replace),
    );
  }
  await runVite(folder);
  return {
    site: join(folder, 'dist'),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  };
}

function runVite(folder: string): Promise<void> {
  return new Promise((done, fail) => {
    // As `npm run build` has it: Vitest's own NODE_ENV would make it a development build.
    const { NODE_ENV: _, ...env } = process.env;
    const vite = spawn(
      process.execPath,
      [resolve('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'],
      { cwd: folder, env, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    vite.stderr.on('data', (data) => {
      said += data;
    });
    vite.on('close', (code) => (code === 0 ? done() : fail(new Error(`vite build: ${said}`))));
  });
}
