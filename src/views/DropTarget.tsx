import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import { listsOf } from '../state/files.ts';
import { loadSecond } from '../state/loadSecond.ts';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';

/** A file or text dropped anywhere joins the library. Listens from the start: a browser would leave the page for a file. */
export function DropTarget() {
  const { second } = useFirst();
  const [over, setOver] = createSignal(false);
  /** Links and text of this very page are dragged by accident, or to somewhere else. */
  let ours = false;
  const wanted = (event: DragEvent) => {
    const types = event.dataTransfer?.types ?? [];
    const field = (event.target as Element | null)?.closest?.('input, textarea');
    return !ours && (types.includes('Files') || (types.includes('text/plain') && !field));
  };
  const onStart = () => {
    ours = true;
  };
  const onEnd = () => {
    ours = false;
  };
  const onOver = (event: DragEvent) => {
    if (!wanted(event)) return;
    event.preventDefault();
    setOver(true);
  };
  const onLeave = (event: DragEvent) => {
    if (!event.relatedTarget) setOver(false);
  };
  const onDrop = async (event: DragEvent) => {
    setOver(false);
    if (!wanted(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    const text = event.dataTransfer?.getData('text/plain');
    // Where it does not come that has been told.
    await loadSecond().catch(() => undefined);
    if (files.length > 0) await second()?.imports.drop(listsOf(files));
    else if (text) await second()?.imports.drop([{ name: '', read: async () => text }]);
  };
  onMount(() => {
    addEventListener('dragstart', onStart);
    addEventListener('dragend', onEnd);
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
  });
  onCleanup(() => {
    removeEventListener('dragstart', onStart);
    removeEventListener('dragend', onEnd);
    removeEventListener('dragover', onOver);
    removeEventListener('dragleave', onLeave);
    removeEventListener('drop', onDrop);
  });
  return (
    <Show when={over()}>
      <div class="dropping" data-drop={texts.shell.drop} aria-hidden="true" />
    </Show>
  );
}
