import { type Accessor, createMemo, createSignal, For } from 'solid-js';
import type { Paper } from '../paper/paper.ts';
import { today } from '../state/library.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { listName } from './listName.ts';
import { PageFrame } from './PageFrame.tsx';
import { saveFile, TakeAway } from './TakeAway.tsx';

type Choice = 'selected' | 'list' | 'further' | 'starred' | 'all';

/** Papers go out: the selected ones, those of the list, with or without those below its line, the starred ones, or all. */
export function ExportPage() {
  const { library, listing, marks, notices, selection } = useSheaf();
  const [chosen, setChoice] = createSignal<Choice>();
  const called = createListName();
  // Where none is clear the nearest are what there is.
  const listed = () => (listing.papers().length > 0 ? listing.papers() : listing.withFurther());
  const papers: Record<Choice, () => readonly Paper[]> = {
    selected: selection.papers,
    list: listed,
    further: listing.withFurther,
    starred: () => library.papers().filter(({ id }) => marks.with('starred').has(id)),
    all: library.papers,
  };
  const labels: Record<Choice, () => string> = {
    selected: () => laterTexts.reading.theSelected,
    list: () => laterTexts.out.list(called()),
    further: () => laterTexts.out.further(called()),
    starred: () => laterTexts.out.starred,
    all: () => laterTexts.out.all,
  };
  const hasFurther = () => listing.withFurther().length > listed().length;
  const choices = () =>
    (Object.keys(labels) as Choice[]).filter((which) =>
      which === 'further' ? hasFurther() : which !== 'selected' || selection.papers().length > 0,
    );
  /** What is selected is meant, until another is chosen; what was chosen may be gone when the list has changed. */
  const choice = () => {
    const wanted = chosen();
    const [first = 'list'] = choices();
    return wanted && choices().includes(wanted) ? wanted : first;
  };
  /** What a feed of them is called: a topic's after the topic. */
  const title = () => (choice() === 'list' || choice() === 'further' ? called() : labels[choice()]());
  const name = () => {
    const slug = title()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .slice(0, 40)
      .replace(/^-|-$/g, '');
    return `sheaf-${slug || 'papers'}`;
  };
  const backup = async () => {
    try {
      const { text, leftOut } = await library.backup();
      saveFile(`sheaf-backup-${today()}.json`, 'application/json', text);
      const [first] = leftOut;
      if (first) notices.warn(laterTexts.out.backupCut(leftOut.length, `${first.place}, ${first.reason}`));
    } catch (error) {
      notices.fail(error);
    }
  };
  return (
    <PageFrame title={laterTexts.out.title}>
      <p>
        {laterTexts.out.about} {laterTexts.out.nothingSent}
      </p>
      <fieldset class="choices">
        <legend class="visually-hidden">{laterTexts.out.which}</legend>
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
                {labels[which]()} <span class="quiet">{laterTexts.found.papers(papers[which]().length)}</span>
              </span>
            </label>
          )}
        </For>
      </fieldset>
      <p class="quiet choices-hint">{laterTexts.out.listHint}</p>
      <TakeAway papers={papers[choice()]()} name={name()} title={title()} />
      <h2>{laterTexts.out.backup.heading}</h2>
      <p>
        {laterTexts.out.backup.before}
        <em>{laterTexts.papersIn.title}</em>
        {laterTexts.out.backup.after}
      </p>
      <p class="actions">
        <button type="button" class="button" onClick={() => void backup()}>
          {laterTexts.out.backup.save}
        </button>
      </p>
    </PageFrame>
  );
}

/** What the list shows, in few words: `3DGS`, `“splat” in the starred`. */
function createListName(): Accessor<string> {
  const { bar, topics, groups, library } = useSheaf();
  return createMemo(() =>
    listName(bar.address(), {
      topic: (id) => topics.byId(id)?.name,
      group: (id) => groups.byId(id)?.name,
      similar: (id) => library.byId(id)?.title,
    }),
  );
}
