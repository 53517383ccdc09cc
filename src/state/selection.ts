import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { Paper } from '../paper/paper.ts';
import type { Library } from './library.ts';

/** Papers taken together, to do one thing with all of them. Kept until cleared, whatever the list shows. */
export interface Selection {
  readonly has: (paperId: string) => boolean;
  /** Those that are here, in the order in which they were taken. */
  readonly papers: Accessor<readonly Paper[]>;
  /** Rows show their boxes: something is selected, or is about to be. */
  readonly selecting: Accessor<boolean>;
  setSelecting(on: boolean): void;
  toggle(paperId: string): void;
  /** All from the last one toggled to this one, in the order of the list; without a last one, this one. */
  extend(paperId: string, listed: readonly string[]): void;
  addAll(paperIds: readonly string[]): void;
  clear(): void;
}

/** The ids between two of a list, both included, whichever comes first; `to` alone where `from` is not in it. */
export function rangeOf(listed: readonly string[], from: string | undefined, to: string): readonly string[] {
  const [a, b] = [from === undefined ? -1 : listed.indexOf(from), listed.indexOf(to)];
  if (a < 0 || b < 0) return [to];
  return listed.slice(Math.min(a, b), Math.max(a, b) + 1);
}

export function createSelection(library: Pick<Library, 'byId'>): Selection {
  const [ids, setIds] = createSignal<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = createSignal(false);
  let anchor: string | undefined;
  const papers = createMemo(() => [...ids()].flatMap((id) => library.byId(id) ?? []));
  const addAll = (more: readonly string[]) => setIds((before) => new Set([...before, ...more]));
  return {
    has: (paperId) => ids().has(paperId),
    papers,
    selecting: () => wanted() || papers().length > 0,
    setSelecting: setWanted,
    toggle(paperId) {
      anchor = paperId;
      setIds((before) => {
        const after = new Set(before);
        if (!after.delete(paperId)) after.add(paperId);
        return after;
      });
    },
    extend(paperId, listed) {
      addAll(rangeOf(listed, anchor, paperId));
      anchor = paperId;
    },
    addAll,
    clear() {
      anchor = undefined;
      setWanted(false);
      setIds(new Set<string>());
    },
  };
}
