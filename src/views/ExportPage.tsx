import { createSignal, For } from 'solid-js';
import type { Paper } from '../paper/paper.ts';
import { today } from '../state/library.ts';
import { sentenceOf } from '../state/notices.ts';
import { count, texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';
import { PageFrame } from './PageFrame.tsx';
import { saveFile, TakeAway } from './TakeAway.tsx';

type Choice = 'selected' | 'list' | 'starred' | 'all';

/** Papers go out: those that the list shows, the starred ones, or all. */
export function ExportPage() {
  const { bar, library, listing, marks, notices, selection } = useSheaf();
  const [chosen, setChoice] = createSignal<Choice>();
  const choices = () =>
    (Object.keys(labels) as Choice[]).filter(
      (which) => which !== 'selected' || selection.papers().length > 0,
    );
  /** What is selected is meant, until another is chosen. */
  const choice = () => {
    const wanted = chosen();
    const [first = 'list'] = choices();
    return wanted && choices().includes(wanted) ? wanted : first;
  };
  const listed = () =>
    // Where none is clear the nearest are what there is.
    listing.papers().length > 0
      ? listing.papers()
      : listing.rows().flatMap((row) => (row.kind === 'paper' ? [row.paper] : []));
  const papers: Record<Choice, () => readonly Paper[]> = {
    selected: selection.papers,
    list: listed,
    starred: () => library.papers().filter(({ id }) => marks.with('starred').has(id)),
    all: library.papers,
  };
  const labels: Record<Choice, string> = {
    selected: texts.reading.theSelected,
    list: 'What the list shows',
    starred: 'The starred papers',
    all: 'All papers',
  };
  const name = () => {
    const { place, query } = bar.address();
    const what = choice() === 'list' ? query || ('id' in place ? place.id : place.kind) : choice();
    const slug = what
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '');
    return `sheaf-${slug.slice(0, 40) || 'papers'}`;
  };
  const backup = async () => {
    try {
      saveFile(`sheaf-backup-${today()}.json`, 'application/json', await library.backup());
    } catch (error) {
      notices.warn(sentenceOf(error));
    }
  };
  return (
    <PageFrame title="Export">
      <p>
        For a reference manager (BibTeX, RIS or CSL-JSON), a spreadsheet (CSV), to read (Markdown), or for
        another Sheaf (JSON lines: <em>Add papers</em> takes them back whole). Nothing is sent anywhere.
      </p>
      <fieldset class="choices">
        <legend class="visually-hidden">Which papers</legend>
        <For each={choices()}>
          {(which) => (
            <label>
              <input
                type="radio"
                name="export"
                checked={choice() === which}
                onChange={() => setChoice(which)}
              />
              <span>
                {labels[which]} <span class="quiet">{count(papers[which]().length, 'paper')}</span>
              </span>
            </label>
          )}
        </For>
      </fieldset>
      <TakeAway papers={papers[choice()]()} name={name()} />
      <h2>Backup</h2>
      <p>
        One file with all papers, your own topics, what you said of papers in topics, stars, read marks, tags,
        notes and the reading list. On this device or another, <em>Add papers</em> puts it together with what
        is there.
      </p>
      <p class="actions">
        <button type="button" class="button" onClick={() => void backup()}>
          Save a backup
        </button>
      </p>
    </PageFrame>
  );
}
