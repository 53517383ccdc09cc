import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CommandError, reasonOf } from './failure.ts';

/** A file by which a folder that this command has written is known again; hosts leave such files out. */
const MARK = '.sheaf-site';

/** A folder in the place of another: that one is as it was until `keep`. */
export interface FolderDraft {
  /** Where to write. */
  readonly path: string;
  /** @throws {CommandError} when the other cannot be replaced, which is then as it was. */
  keep(): Promise<void>;
  /** Takes away what was written. After `keep` it does nothing. */
  drop(): Promise<void>;
}

/** @throws {CommandError} when there is something else than a site in it, before any work is done. */
export async function openFolderDraft(out: string): Promise<FolderDraft> {
  const fail = (error: unknown): never => {
    throw new CommandError(`${out} cannot be written: ${reasonOf(error)}.`);
  };
  /** Whether there is a folder to be replaced. */
  const isThere = async (): Promise<boolean> => {
    const there = await readdir(out).catch((error) =>
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : fail(error),
    );
    if (!there || there.length === 0 || there.includes(MARK)) return there !== undefined;
    throw new CommandError(
      `${out} has other files in it than a site that this command made. Name another folder, or empty it.`,
    );
  };
  await isThere();
  await mkdir(dirname(out), { recursive: true }).catch(fail);
  // Under a name that nobody has: what is taken away in the end is ours alone.
  const own: string = await mkdtemp(`${out}.`).catch(fail);
  // Folders in it, since it is open to nobody else, and a site is to be.
  const [path, old] = [join(own, 'new'), join(own, 'old')];
  await mkdir(path).catch(fail);
  const clear = () => rm(own, { recursive: true, force: true });
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
      // Again: making a site takes minutes, in which others may have written there.
      const replaces = await isThere();
      if (replaces) await rename(out, old).catch(fail);
      try {
        await rename(path, out);
      } catch (error) {
        if (replaces)
          await rename(old, out).catch(() => {
            // It is in the draft, which must stay then.
            done = true;
            throw new CommandError(`${out} cannot be written: ${reasonOf(error)}. What it was is in ${old}.`);
          });
        fail(error);
      }
      done = true;
      await clear().catch(() => {});
    },
    async drop() {
      if (done) return;
      done = true;
      await clear();
    },
  };
}
