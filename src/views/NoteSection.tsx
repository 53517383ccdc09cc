import './notes.css';
import {
  createEffect,
  createMemo,
  createSignal,
  ErrorBoundary,
  lazy,
  on,
  onCleanup,
  Show,
  Suspense,
} from 'solid-js';
import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { laterTexts } from '../texts/later.ts';
import { texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';
import { keepFocus } from './keepFocus.ts';

/** Markdown and what draws it come with the first note that is shown. */
const NoteText = lazy(async () => ({ default: (await import('./NoteText.tsx')).NoteText }));

/** What the reader writes about a paper. */
export function NoteSection(props: { paper: Paper }) {
  const { notes, notices } = useSheaf();
  const [editing, setEditing] = createSignal(false);
  let opener: HTMLButtonElement | undefined;
  const text = () => notes.textOf(props.paper.id);
  /** From a failure until it is kept after all: what is tried again stays under the eyes. */
  const stuck = createMemo<boolean>((before) => {
    const state = notes.draftOf(props.paper.id)?.state;
    return state === 'failed' || (before && state !== undefined && state !== 'kept');
  }, false);
  createEffect(
    on(
      () => props.paper.id,
      (id) => {
        setEditing(false);
        // What was typed of the paper before is kept at once.
        onCleanup(() => void notes.save(id));
      },
    ),
  );
  const done = () => {
    void notes.save(props.paper.id);
    setEditing(false);
    queueMicrotask(() => opener?.focus());
  };
  const remove = async () => {
    const { id } = props.paper;
    const warn = (error: unknown) => notices.fail(error);
    try {
      const undo = await notes.remove(id);
      const run = () => void undo().catch(warn);
      keepFocus(() => opener);
      notices.tell(laterTexts.reading.noteRemoved, { label: laterTexts.reading.undo, run });
    } catch (error) {
      warn(error);
    }
  };
  const Opener = (as: { class: string; label: string }) => (
    <button
      ref={(element) => (opener = element)}
      type="button"
      class={as.class}
      data-write
      aria-keyshortcuts="w"
      onClick={() => setEditing(true)}
    >
      {as.label}
    </button>
  );
  return (
    <section class="note">
      <Show
        when={editing() || stuck()}
        fallback={
          <Show when={text().trim()} fallback={<Opener class="link" label={laterTexts.reading.writeNote} />}>
            <div class="note-head">
              <h2>{laterTexts.reading.note}</h2>
              <Opener class="link" label={laterTexts.reading.editNote} />
              <button type="button" class="link" onClick={() => void remove()}>
                {laterTexts.reading.removeNote}
              </button>
            </div>
            {/* Until it is drawn, and where what draws it does not come: the words themselves. */}
            <ErrorBoundary fallback={<p class="note-plain">{text()}</p>}>
              <Suspense fallback={<p class="note-plain">{text()}</p>}>
                <NoteText markdown={text()} />
              </Suspense>
            </ErrorBoundary>
          </Show>
        }
      >
        <Editor paper={props.paper} onDone={done} />
      </Show>
    </section>
  );
}

function Editor(props: { paper: Paper; onDone: () => void }) {
  const { notes } = useSheaf();
  const draft = () => notes.draftOf(props.paper.id);
  let field: HTMLTextAreaElement | undefined;
  // What comes from another tab comes under the cursor.
  createEffect(() => replaceText(field, notes.textOf(props.paper.id)));
  const state = () => {
    const now = draft();
    if (!now || now.state === 'kept') return now ? laterTexts.reading.noteKept : laterTexts.reading.noteHelp;
    return now.state === 'failed'
      ? laterTexts.reading.noteFailed(now.sentence ?? '')
      : laterTexts.reading.noteWaiting;
  };
  return (
    <>
      <h2>{laterTexts.reading.note}</h2>
      <textarea
        ref={(element) => {
          field = element;
          queueMicrotask(() => {
            element.focus();
            element.setSelectionRange(element.value.length, element.value.length);
          });
        }}
        dir="auto"
        rows={5}
        aria-label={laterTexts.reading.noteOf(plain(props.paper.title))}
        onInput={(event) => notes.type(props.paper.id, event.currentTarget.value)}
        onBlur={() => void notes.save(props.paper.id)}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          const ends = event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
          if (!ends) return;
          event.preventDefault();
          event.stopPropagation();
          props.onDone();
        }}
      />
      <div class="note-foot">
        <button type="button" class="button" onClick={() => props.onDone()}>
          {texts.reading.done}
        </button>
        <Show when={draft()?.state === 'failed'}>
          <button type="button" class="button main" onClick={() => void notes.save(props.paper.id)}>
            {laterTexts.reading.tryAgain}
          </button>
        </Show>
        <p class="quiet" classList={{ failed: draft()?.state === 'failed' }} role="status">
          {state()}
        </p>
      </div>
    </>
  );
}

/** Another text in a field, with the cursor where it was among the words that stayed. */
function replaceText(field: HTMLTextAreaElement | undefined, text: string): void {
  if (!field || field.value === text) return;
  const { value, selectionStart, selectionEnd } = field;
  const placeOf = (at: number) =>
    text.startsWith(value.slice(0, at)) ? at : Math.max(0, text.length - (value.length - at));
  field.value = text;
  field.setSelectionRange(placeOf(selectionStart), placeOf(selectionEnd));
}
