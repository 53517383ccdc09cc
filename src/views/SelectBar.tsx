import './select.css';
import { createSignal, For, Show } from 'solid-js';
import { cleanTag, LONGEST_TAG } from '../state/tags.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { keepFocus } from './keepFocus.ts';
import { toSelect } from './SelectButton.tsx';
import { undoable } from './undoable.ts';

/** What can be done with all that is selected: each one change, with one way back. */
export function SelectBar() {
  const sheaf = useSheaf();
  const { bar, library, marks, notices, readingList, selection, tags } = sheaf;
  const [tagging, setTagging] = createSignal(false);
  let tagger: HTMLButtonElement | undefined;
  const endTagging = () => {
    setTagging(false);
    keepFocus(() => tagger);
  };
  const told = laterTexts.reading.done_;
  const ids = () => selection.papers().map(({ id }) => id);
  /** Marks those that are not marked yet; where all are, takes it away. */
  const mark = (kind: 'starred' | 'read', on: (n: number) => string, off: (n: number) => string) => {
    const missing = ids().filter((id) => !marks.with(kind).has(id));
    const now = missing.length > 0 ? new Date().toISOString() : undefined;
    const changes = (now ? missing : ids()).map((paper) => ({ paper, [kind]: now }));
    return undoable(sheaf, () => marks.change(changes), now ? on : off);
  };
  const later = () => {
    const missing = ids().filter((id) => !marks.with('later').has(id));
    return missing.length > 0
      ? undoable(sheaf, () => readingList.add(missing), told.later)
      : undoable(sheaf, () => readingList.remove(ids()), told.notLater);
  };
  const tag = async (typed: string) => {
    const name = tags.byName(typed)?.name ?? cleanTag(typed);
    endTagging();
    if (name === '') return;
    const changed = await undoable(
      sheaf,
      () => tags.add(name, ids()),
      (n) => told.tagged(n, name),
    );
    if (changed === 0) notices.tell(told.nothing);
  };
  const remove = async () => {
    const gone = selection.papers();
    const warn = (error: unknown) => notices.fail(error);
    try {
      await library.remove(gone.map(({ id }) => id));
      selection.clear();
      toSelect();
      if (gone.some(({ id }) => id === bar.address().paper)) bar.go({ paper: undefined }, { replace: true });
      notices.tell(told.removed(gone.length), {
        label: laterTexts.reading.undo,
        run: () => void library.restore(gone).catch(warn),
      });
    } catch (error) {
      warn(error);
    }
  };
  const actions: readonly (readonly [name: string, run: () => unknown])[] = [
    [laterTexts.reading.star, () => mark('starred', told.starred, told.unstarred)],
    [laterTexts.reading.markRead, () => mark('read', told.read, told.unread)],
    [laterTexts.reading.readLater, later],
    [laterTexts.reading.tag, () => setTagging(true)],
    [laterTexts.reading.exportThem, () => bar.go({ page: 'export' })],
    [laterTexts.reading.remove, remove],
    [
      laterTexts.reading.clear,
      () => {
        selection.clear();
        toSelect();
      },
    ],
  ];
  return (
    <div class="select-bar" role="toolbar" aria-label={laterTexts.reading.withSelected}>
      <strong role="status">{laterTexts.reading.selected(selection.papers().length)}</strong>
      <Show
        when={tagging()}
        fallback={
          <For each={actions}>
            {([name, run]) => (
              <button
                ref={(element) => {
                  if (name === laterTexts.reading.tag) tagger = element;
                }}
                type="button"
                onClick={() => void run()}
              >
                {name}
              </button>
            )}
          </For>
        }
      >
        <TagForm onTag={(name) => void tag(name)} onCancel={endTagging} />
      </Show>
    </div>
  );
}

function TagForm(props: { onTag: (name: string) => void; onCancel: () => void }) {
  const { tags } = useSheaf();
  let input: HTMLInputElement | undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onTag(input?.value ?? '');
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        props.onCancel();
      }}
    >
      <input
        ref={(element) => {
          input = element;
          queueMicrotask(() => element.focus());
        }}
        type="text"
        list="tags-for-all"
        dir="auto"
        autocomplete="off"
        maxlength={LONGEST_TAG}
        aria-label={laterTexts.reading.tagAll}
      />
      <datalist id="tags-for-all">
        <For each={tags.list()}>{({ name }) => <option value={name} />}</For>
      </datalist>
      <button type="submit">{laterTexts.reading.addTag}</button>
      <button type="button" onClick={() => props.onCancel()}>
        {laterTexts.reading.cancel}
      </button>
    </form>
  );
}
