import './palette.css';
import { createEffect, createSignal, For, on, onMount, Show } from 'solid-js';
import { laterTexts } from '../texts/later.ts';
import { type Choice, createChoices } from './choices.ts';
import type { Desk } from './commands.ts';
import { Keys } from './Keys.tsx';

const LIST = 'palette-choices';
const idOf = (at: number) => `palette-choice-${at}`;

/**
 * One field for all that can be done, gone to or opened. Closed, it is gone, and the focus is where it was.
 * @param props.typed what stands in the field at first.
 */
export function Palette(props: { desk: Desk; typed: string; onClose: () => void }) {
  const [typed, setTyped] = createSignal(props.typed);
  const [at, setAt] = createSignal(0);
  const choices = createChoices(props.desk, typed);
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  createEffect(on(choices, () => setAt(0), { defer: true }));
  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    // First away, so that what is done finds the focus and the page as they were.
    dialog?.close();
    props.desk.frame.closeTop();
    choice.run();
  };
  const onKey = (event: KeyboardEvent) => {
    // Closed, it can have the focus until the next frame: what comes then is the page's.
    if (event.isComposing || !dialog?.open) return;
    const { length } = choices();
    const isDoor = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
    if (event.key === 'ArrowDown') setAt((now) => (now + 1) % length);
    else if (event.key === 'ArrowUp') setAt((now) => (now - 1 + length) % length);
    else if (event.key === 'Enter') choose(choices()[at()]);
    else if (isDoor) dialog.close();
    else return;
    event.preventDefault();
    document.getElementById(idOf(at()))?.scrollIntoView({ block: 'nearest' });
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a press beside the dialog; by keyboard there is Esc.
    <dialog
      ref={(element) => (dialog = element)}
      class="palette"
      aria-label={laterTexts.palette.name}
      onClose={() => dialog?.isConnected && props.onClose()}
      onClick={(event) => {
        // What stands in the dialog covers it: only beside it the dialog itself is meant.
        if (event.target === dialog) dialog?.close();
      }}
    >
      <div class="palette-field">
        <input
          type="text"
          role="combobox"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-label={laterTexts.palette.field}
          placeholder={laterTexts.palette.field}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={LIST}
          aria-activedescendant={idOf(at())}
          value={typed()}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={onKey}
        />
        <button type="button" class="link" onClick={() => dialog?.close()}>
          {laterTexts.palette.close}
        </button>
      </div>
      <p class="visually-hidden" role="status">
        {laterTexts.palette.found(choices().length)}
      </p>
      {/* The field keeps the focus: it says which choice is meant. */}
      <div id={LIST} class="palette-choices" role="listbox" aria-label={laterTexts.palette.name}>
        <For each={choices()}>
          {(choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the field chooses.
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus.
            <div
              id={idOf(index())}
              class="palette-choice"
              role="option"
              aria-selected={index() === at()}
              onMouseMove={() => setAt(index())}
              onClick={() => choose(choice)}
            >
              <span class="name">{choice.name}</span>
              <Show when={laterTexts.palette.kinds[choice.kind]}>
                {(kind) => <span class="quiet">{kind()}</span>}
              </Show>
              <span class="key">
                <Keys of={choice.keys} />
              </span>
            </div>
          )}
        </For>
      </div>
    </dialog>
  );
}
