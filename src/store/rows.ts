import type { MergedLists } from '../paper/identity.ts';
import type { Rows } from './database.ts';
import type { LibrarySchema, Mark, Opinion } from './names.ts';

/* Changes of rows within a transaction of the caller. */

type LibraryRows = Rows<LibrarySchema>;

/** Writes what a merge changed; a paper that is new here says since when, unless it says so already. */
export function putPapers(
  rows: LibraryRows,
  { changed, added }: Pick<MergedLists, 'changed' | 'added'>,
  came: string | null,
): void {
  const isNew = new Set(added);
  for (const paper of changed)
    rows.put('papers', came && isNew.has(paper.id) && !paper.added ? { ...paper, added: came } : paper);
}

/** Puts what is left of a mark when what is undefined or empty is taken away. Gives the change that takes it back. */
export async function changeMark(rows: LibraryRows, change: Mark): Promise<Mark> {
  const before = await rows.get('marks', change.paper);
  const wanted = { ...before, ...change };
  const left = Object.entries(wanted).filter(
    ([name, value]) =>
      name !== 'paper' && value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  if (left.length === 0) rows.delete('marks', change.paper);
  else rows.put('marks', { ...Object.fromEntries(left), paper: change.paper });
  const names = Object.keys(change) as (keyof Mark)[];
  return { ...Object.fromEntries(names.map((name) => [name, before?.[name]])), paper: change.paper };
}

/** The tags that a paper gets, of those that it has. */
export type TagsOf = (tags: readonly string[], paper: string) => readonly string[];

/** Gives each paper the tags that a function makes of its own; what they were is given for an undo. */
export async function retag(
  rows: LibraryRows,
  tagsOf: TagsOf,
  papers: readonly string[] | undefined,
): Promise<Mark[]> {
  const known = new Map((await rows.getAll('marks')).map((mark) => [mark.paper, mark.tags ?? []]));
  const before: Mark[] = [];
  for (const paper of new Set(papers ?? known.keys())) {
    const tags = known.get(paper) ?? [];
    const wanted = tagsOf(tags, paper);
    if (JSON.stringify(wanted) === JSON.stringify(tags)) continue;
    before.push({ paper, tags });
    await changeMark(rows, { paper, tags: wanted });
  }
  return before;
}

/** Deletes what was said in a topic, of one paper or of all, and gives it. */
export async function takeOpinions(rows: LibraryRows, topic: string, paper?: string): Promise<Opinion[]> {
  const all = await rows.getAll('opinions', { prefix: topic });
  const taken = all.filter((opinion) => paper === undefined || opinion.paper === paper);
  for (const opinion of taken) rows.delete('opinions', [topic, opinion.paper]);
  return taken;
}
