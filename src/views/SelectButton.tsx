import { Show } from 'solid-js';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';
import { keepFocus } from './keepFocus.ts';

export const toSelect = () =>
  keepFocus(() => document.querySelector<HTMLElement>('.select-start button, .empty .button'));

/** Begins to select, for those without the key x. */
export function SelectButton() {
  const { selection, listing } = useFirst();
  /** What the list counts: folded versions too, and nothing below its line. */
  const ids = () => listing.papers().map(({ id }) => id);
  return (
    <Show when={listing.rows().length > 0}>
      <p class="select-start" classList={{ on: selection.selecting() }}>
        <Show
          when={selection.selecting()}
          fallback={
            <button
              type="button"
              class="link"
              aria-keyshortcuts="x"
              onClick={() => {
                selection.setSelecting(true);
                toSelect();
              }}
            >
              {texts.reading.select}
            </button>
          }
        >
          <Show when={ids().length > 0}>
            <button type="button" class="link" onClick={() => selection.addAll(ids())}>
              {texts.reading.selectAll}
            </button>
          </Show>
          <button
            type="button"
            class="link"
            onClick={() => {
              selection.clear();
              toSelect();
            }}
          >
            {texts.reading.done}
          </button>
        </Show>
      </p>
    </Show>
  );
}
