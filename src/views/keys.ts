import { onCleanup } from 'solid-js';
import { type Command, commandOf, type Desk, type Frame, isFirstKey } from './commands.ts';
import { rowOf } from './walk.ts';

/** What of the last screen stays in sight when the list is paged, pixels. */
const PAGE_OVERLAP = 60;

/** Of a finger's screen on which list and paper do not stand side by side. */
const PAPER_COVERS_LIST = '(max-width: 720px) and (pointer: coarse)';

/** Enter on a row opens it and moves to its text; with Shift the browser opens a window. */
const opensRow = (event: KeyboardEvent) => !event.shiftKey && rowOf(event.target as Element) !== undefined;

/** The browser scrolls what has the focus, and the page itself never scrolls: with none, the list is meant. */
function scrollList(event: KeyboardEvent): boolean {
  const list = document.querySelector<HTMLElement>('.column-list .scroller');
  // On a phone the paper lies over the list.
  const scroller =
    list && getComputedStyle(list).visibility === 'visible'
      ? list
      : document.querySelector<HTMLElement>('.column-paper');
  if (!scroller) return false;
  const page = scroller.clientHeight - PAGE_OVERLAP;
  if (event.key === 'Home') scroller.scrollTo({ top: 0 });
  else if (event.key === 'End') scroller.scrollTo({ top: scroller.scrollHeight });
  else if (event.key === 'PageDown' || (event.key === ' ' && !event.shiftKey))
    scroller.scrollBy({ top: page });
  else if (event.key === 'PageUp' || event.key === ' ') scroller.scrollBy({ top: -page });
  else return false;
  return true;
}

/** A box or a choice among several takes Space and arrows, and nothing that is typed. */
const TYPED_IN = 'input:not([type="radio"], [type="checkbox"]), textarea, select';
const SIGN = /^[^\p{L}\p{N}\s]$/u;

/**
 * Whether modifiers were held only to reach a sign, as `[` is by AltGr or a Mac's Option on many keyboards. Windows
 * says Ctrl and Alt of AltGr, a Mac Alt of Option.
 */
export function isComposed(
  event: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'getModifierState'>,
): boolean {
  if (event.getModifierState('AltGraph')) return true;
  const { key, altKey, ctrlKey, metaKey } = event;
  // No letters: the browser has menus by Alt and a letter.
  return altKey && !ctrlKey && !metaKey && SIGN.test(key) && commandOf(key) !== undefined;
}

/** A dialog that was closed keeps the focus until the next frame if nothing had it before. */
function targetOf(event: KeyboardEvent): HTMLElement {
  const target = event.target as HTMLElement;
  return target.closest('dialog:not([open])') ? document.body : target;
}

/** What is typed while the palette is on its way is meant for that: as commands, letters would put marks on papers. */
function typesAhead(event: KeyboardEvent, ahead: Frame['ahead']): boolean {
  const { typed } = ahead;
  if (typed === undefined || event.ctrlKey || event.metaKey || event.altKey) return false;
  event.preventDefault();
  if (event.key === 'Escape') ahead.typed = undefined;
  else if (event.key === 'Backspace') ahead.typed = typed.slice(0, -1);
  else if ([...event.key].length === 1) ahead.typed = typed + event.key;
  return true;
}

/** The whole site by keyboard, as the commands say. Ctrl/Cmd-F is the browser's and is left alone. */
export function bindKeys(desk: Desk): void {
  const { frame, walk } = desk;
  let first = '';
  const run = (command: Command, event: KeyboardEvent) => {
    event.preventDefault();
    if (!event.repeat || command.repeats) command.run(desk);
  };

  const onKey = (event: KeyboardEvent) => {
    walk.forget();
    const before = first;
    first = '';
    // What lies over the page has its own keys: taking Esc from a dialog would keep it open.
    if (document.querySelector('dialog[open]')) return;
    if (event.isComposing || event.defaultPrevented) return;
    // What a browser fills in comes as a press without a key.
    if (event.key === undefined || typesAhead(event, frame.ahead)) return;
    const composed = isComposed(event);
    if (!composed && (event.ctrlKey || event.metaKey)) {
      const command = event.altKey ? undefined : commandOf(`Mod+${event.key.toLowerCase()}`);
      if (command) run(command, event);
      return;
    }
    const target = targetOf(event);
    if (!composed && event.altKey) {
      const command = commandOf(`Alt+${event.key}`);
      // With Alt the browser has keys of its own: they are taken only where they do something here.
      if (command?.when?.(desk) && !target.closest('input, textarea, select')) run(command, event);
      return;
    }
    if (target.matches(TYPED_IN)) {
      // From the field the arrows go on into the list.
      const intoList =
        target.matches('[type="search"]') && (event.key === 'ArrowDown' || event.key === 'Enter');
      if (!intoList) return;
      target.blur();
      // A paper would lie over the answers, which have not been seen: there Enter only puts the keyboard away.
      if (event.key === 'Enter' && matchMedia(PAPER_COVERS_LIST).matches) return;
      // Enter asks for the best answer, whatever is open from before. If it is not there yet, nothing else is opened.
      if (event.key === 'Enter' && walk.toFirst()) {
        event.preventDefault();
        return;
      }
    } else if (event.key === 'Enter' && !opensRow(event) && target.closest('a, button, label, summary')) {
      return;
    } else if (event.key.startsWith('Arrow') && target.closest('.column-paper, [type="radio"]')) {
      return;
    }
    const command = (before && commandOf(`${before} ${event.key}`)) || commandOf(event.key);
    if (command) run(command, event);
    else if (isFirstKey(event.key)) first = event.key;
    else if (target === document.body && scrollList(event)) event.preventDefault();
  };
  // Whoever presses elsewhere meanwhile no longer waits for the palette.
  const onPress = () => {
    frame.ahead.typed = undefined;
  };
  addEventListener('keydown', onKey);
  addEventListener('pointerdown', onPress);
  onCleanup(() => {
    removeEventListener('keydown', onKey);
    removeEventListener('pointerdown', onPress);
  });
}
