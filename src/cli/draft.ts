import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { CommandError, reasonOf } from './failure.ts';

/** A file that is written whole or not at all: until it is kept, the file of that name is as it was. */
export interface Draft {
  /** @throws {CommandError} */
  write(text: string): Promise<void>;
  /**
   * Gives the file its name.
   * @throws {CommandError}
   */
  keep(): Promise<void>;
  /** Takes away what was written. After `keep` it does nothing. */
  drop(): Promise<void>;
}

/** @throws {CommandError} when the place cannot be written, before any work is done. */
export async function openDraft(path: string): Promise<Draft> {
  const draft = `${path}.new`;
  const fail = (error: unknown): never => {
    throw new CommandError(`${path} cannot be written: ${reasonOf(error)}.`);
  };
  const folder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (folder) return fail(new Error('it is a folder'));
  const file: FileHandle = await open(draft, 'w').catch(fail);
  let done = false;
  return {
    write: (text) => file.writeFile(text).catch(fail),
    async keep() {
      await file.close().catch(fail);
      await rename(draft, path).catch(fail);
      done = true;
    },
    async drop() {
      if (done) return;
      done = true;
      await file.close().catch(() => {});
      await rm(draft, { force: true });
    },
  };
}
