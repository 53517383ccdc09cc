import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError, reasonOf } from './failure.ts';

/** A file by which a folder that this command has written is known again; hosts leave such files out. */
const MARK = '.sheaf-site';

/** A folder in the place of another: that one is as it was until `keep`. */
export interface FolderDraft {
  /** Where to write. */
  readonly path: string;
  keep(): Promise<void>;
  /** Takes away what was written. After `keep` it does nothing. */
  drop(): Promise<void>;
}

/** @throws {CommandError} when there is something else than a site in it, before any work is done. */
export async function openFolderDraft(out: string): Promise<FolderDraft> {
  const fail = (error: unknown): never => {
    throw new CommandError(`${out} cannot be written: ${reasonOf(error)}.`);
  };
  const there: string[] = await readdir(out).catch((error) =>
    (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : fail(error),
  );
  if (there.length > 0 && !there.includes(MARK)) {
    throw new CommandError(
      `${out} has other files in it than a site that this command made. Name another folder, or empty it.`,
    );
  }
  const [path, old] = [`${out}.new`, `${out}.old`];
  await rm(path, { recursive: true, force: true }).catch(fail);
  await mkdir(dirname(path), { recursive: true }).catch(fail);
  await mkdir(path).catch(fail);
  let done = false;
  return {
    path,
    async keep() {
      await writeFile(
        join(path, MARK),
        'Made by `npm run publish:list`, which may replace this folder.\n',
      ).catch(fail);
      // Of hosts that leave out names which begin with a line below.
      await writeFile(join(path, '.nojekyll'), '').catch(fail);
      await rm(old, { recursive: true, force: true }).catch(fail);
      if (there.length > 0) await rename(out, old).catch(fail);
      else await rm(out, { recursive: true, force: true }).catch(fail);
      await rename(path, out).catch(fail);
      done = true;
      await rm(old, { recursive: true, force: true }).catch(() => {});
    },
    async drop() {
      if (done) return;
      done = true;
      await rm(path, { recursive: true, force: true });
    },
  };
}
