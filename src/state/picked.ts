import { type Accessor, createSignal } from 'solid-js';

/** Papers that the reader has picked on the map: until the page is loaded anew. */
export interface Picked {
  readonly ids: Accessor<ReadonlySet<string>>;
  /** These take the place of those that were picked before. */
  pick(ids: Iterable<string>): void;
  toggle(id: string): void;
  clear(): void;
}

export function createPicked(): Picked {
  const [ids, setIds] = createSignal<ReadonlySet<string>>(new Set());
  return {
    ids,
    pick: (chosen) => void setIds(new Set(chosen)),
    toggle: (id) =>
      void setIds((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    clear: () => void setIds(new Set<string>()),
  };
}
