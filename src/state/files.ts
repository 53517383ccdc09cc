import { readFile } from '../source/body.ts';

/** A file that another program handed over. */
export interface Received {
  readonly name: string;
  readonly text: string;
}

/** A list by its text; one that was typed has no name. */
export interface List {
  readonly name?: string;
  /** The one of those that were received that it is. */
  readonly from?: Received;
  readonly read: () => Promise<string>;
}

/** Files that were dropped or chosen: each is read when its turn comes. */
export function listsOf(files: Iterable<File>): List[] {
  return [...files].map((file) => ({ name: file.name, read: () => readFile(file) }));
}
