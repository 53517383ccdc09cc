/** Commands of src/cli as `npm run` runs them, on files of a folder of their own. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Bench {
  readonly folder: string;
  path(name: string): string;
  /** Writes a text, or values as lines of JSON, and gives the path. */
  write(name: string, content: string | Uint8Array | readonly unknown[]): string;
  remove(): void;
}

export function createBench(): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'sheaf-cli-'));
  const path = (name: string): string => join(folder, name);
  return {
    folder,
    path,
    write(name, content) {
      const plain = typeof content === 'string' || content instanceof Uint8Array;
      writeFileSync(
        path(name),
        plain ? content : content.map((value) => `${JSON.stringify(value)}\n`).join(''),
      );
      return path(name);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** @param stop.signal is sent once, as soon as stderr says `when`. */
export function runCommand(
  name: string,
  argv: readonly string[],
  stop?: { readonly signal: NodeJS.Signals; readonly when: RegExp },
): Promise<Outcome> {
  const loader = join(ROOT, 'node_modules/tsx/dist/loader.mjs');
  const argumentsOfNode = ['--import', loader, `src/cli/${name}.ts`, ...argv];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, argumentsOfNode, { cwd: ROOT }, (error, stdout, stderr) => {
      // Killed by a signal it has no status of its own.
      resolve({ status: error ? Number(error.code ?? -1) : 0, stdout, stderr });
    });
    let said = '';
    let sent = false;
    child.stderr?.on('data', (text: string) => {
      said += text;
      if (sent || !stop?.when.test(said)) return;
      sent = true;
      child.kill(stop.signal);
    });
  });
}
