import { createMemo, createSignal, For, Show } from 'solid-js';
import { FORMATS, type Format, type FormatName } from '../export/formats.ts';
import type { Paper } from '../paper/paper.ts';
import { today } from '../state/library.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';

/** What a preview shows: some screens of it, of so few papers that thousands are not written to be looked at. */
const PREVIEW_LENGTH = 4_000;
const PREVIEW_PAPERS = 20;
const NAMES = Object.keys(FORMATS) as FormatName[];
const [withOwn, setWithOwn] = createSignal(false);
/** The one chosen last, for the next time that the page is open. */
const [format, setFormat] = createSignal<FormatName>('bibtex');

/** As a download: the text goes to the disk and nowhere else. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // Not at once: the browser fetches it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/**
 * Papers in a format of choice: to copy, to save, to look at. `name` is of the file, without its ending; `title` is
 * what a feed of them is called.
 */
export function TakeAway(props: { papers: readonly Paper[]; name: string; title?: string }) {
  const { notices, notes, tags } = useSheaf();
  /** Papers that go out of which the reader wrote something. */
  const hasOwn = createMemo(() =>
    props.papers.some(({ id }) => tags.of(id).length > 0 || notes.textOf(id).trim() !== ''),
  );
  const takesOwn = () => hasOwn() && (FORMATS[format()] as Format).takesOwn === true;
  const write = (papers: readonly Paper[]) => {
    const own = withOwn() && takesOwn() ? { tagsOf: tags.of, noteOf: notes.textOf } : undefined;
    const head = { title: props.title ?? props.name, today: today() };
    return (FORMATS[format()] as Format).write(papers, head, own);
  };
  const preview = createMemo(() => {
    const text = write(props.papers.slice(0, PREVIEW_PAPERS));
    const whole = props.papers.length <= PREVIEW_PAPERS && text.length <= PREVIEW_LENGTH;
    return whole ? text : `${text.slice(0, PREVIEW_LENGTH)}\n…`;
  });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(write(props.papers));
      notices.tell(laterTexts.paper.takeAway.copied(props.papers.length, FORMATS[format()].name));
    } catch (error) {
      notices.fail(error, { kind: 'copy', text: laterTexts.paper.takeAway.noCopy });
    }
  };
  const save = () => {
    const { extension, type } = FORMATS[format()];
    saveFile(`${props.name}.${extension}`, type, write(props.papers));
  };
  return (
    <div class="take-away">
      <p class="actions">
        <select
          aria-label={laterTexts.paper.takeAway.format}
          value={format()}
          onChange={(event) => setFormat(event.currentTarget.value as FormatName)}
        >
          <For each={NAMES}>{(name) => <option value={name}>{FORMATS[name].name}</option>}</For>
        </select>
        <button type="button" class="button main" disabled={props.papers.length === 0} onClick={save}>
          {laterTexts.paper.takeAway.save}
        </button>
        <button type="button" class="button" disabled={props.papers.length === 0} onClick={() => void copy()}>
          {laterTexts.paper.takeAway.copy}
        </button>
      </p>
      <Show when={takesOwn()}>
        <label class="own-words">
          <input
            type="checkbox"
            checked={withOwn()}
            onChange={(event) => setWithOwn(event.currentTarget.checked)}
          />
          {laterTexts.reading.withNotes}
        </label>
      </Show>
      <Show when={props.papers.length > 0}>
        <section tabindex="0" aria-label={laterTexts.paper.takeAway.beginning(FORMATS[format()].name)}>
          <pre>{preview()}</pre>
        </section>
      </Show>
    </div>
  );
}
