import { For, onMount, Show } from 'solid-js';
import { listsOf } from '../state/files.ts';
import { laterTexts } from '../texts/later.ts';
import './add.css';
import { AddReport } from './AddReport.tsx';
import { Columns } from './Columns.tsx';
import { useSheaf } from './context.ts';
import { OpenLargeList } from './OpenLargeList.tsx';
import { PageFrame } from './PageFrame.tsx';
import { Refresh } from './Refresh.tsx';

const quote = (text: string) => JSON.stringify(text);
const EXAMPLE = `[
  {
    "title": ${quote(laterTexts.papersIn.exampleOf.title)},
    "abstract": ${quote(laterTexts.papersIn.exampleOf.abstract)},
    "date": "2025-03-09",
    "authors": [${laterTexts.papersIn.exampleOf.authors.map(quote).join(', ')}],
    "url": "https://arxiv.org/abs/2503.01234"
  }
]`;

const FILES =
  '.txt,.json,.jsonl,.ndjson,.bib,.bibtex,.ris,.csv,.tsv,.xml,.atom,text/plain,text/csv,application/json';

/** Paste, pick, drop or ask for a list: its papers join the library, and the report says what happened to each. */
export function AddPage() {
  const { imports } = useSheaf();
  const said = laterTexts.papersIn;
  const nothing = () => !imports.text().trim() && imports.received().length === 0;
  onMount(() => void imports.look());
  const add = () => {
    const files = imports.received().map((from) => ({ name: from.name, from, read: async () => from.text }));
    const text = imports.text();
    void imports.add([...(text.trim() ? [{ read: async () => text }] : []), ...files]);
  };
  return (
    <PageFrame title={said.title}>
      <ListOffer />
      <p class="lead">{said.lead}</p>
      <p class="quiet">{said.private}</p>
      <details>
        <summary>{said.example}</summary>
        <pre>{EXAMPLE}</pre>
        <p class="quiet">{said.exampleNote}</p>
      </details>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Show when={imports.received().length > 0 || imports.handed()}>
          <p class="handed">
            <For each={handedSentences(imports.received(), imports.handed())}>
              {(sentence) => <span>{sentence} </span>}
            </For>
            <button type="button" class="link" onClick={() => imports.leaveOut()}>
              {said.leaveOut}
            </button>
          </p>
        </Show>
        <label>
          <span class="visually-hidden">{said.pasteLabel}</span>
          <textarea
            placeholder={said.pasteHint}
            value={imports.text()}
            onInput={(event) => imports.setText(event.currentTarget.value)}
          />
        </label>
        <p class="actions">
          <button type="submit" class="button main" disabled={imports.busy() !== undefined || nothing()}>
            {imports.busy() === 'adding' ? said.adding : said.add}
          </button>
          <label class="button">
            {said.chooseFiles}
            <input
              class="visually-hidden"
              type="file"
              multiple
              accept={FILES}
              onChange={(event) => {
                void imports.add(listsOf(event.currentTarget.files ?? []));
                event.currentTarget.value = '';
              }}
            />
          </label>
          <Show when={imports.canChoose()}>
            <button type="button" class="button" onClick={() => void imports.chooseColumns()}>
              {said.chooseColumns}
            </button>
          </Show>
        </p>
      </form>
      <AddReport />
      {/* What was chosen for one table says nothing of the next. */}
      <Show when={imports.table()} keyed>
        {(table) => <Columns table={table} />}
      </Show>
      <Refresh />
      <OpenLargeList />
    </PageFrame>
  );
}

function handedSentences(files: readonly { readonly name: string }[], text: boolean): string[] {
  const said = laterTexts.papersIn;
  return [
    ...(files.length > 0 ? [said.received(files.map(({ name }) => name))] : []),
    ...(text ? [said.receivedText] : []),
  ];
}

/** A list that the address names: of another host it is asked for only by this press. */
function ListOffer() {
  const { imports } = useSheaf();
  const said = laterTexts.papersIn.offer;
  return (
    <Show when={imports.offer()}>
      {(offer) => (
        <section class="offer" aria-labelledby="offer-heading">
          <h2 id="offer-heading">{said.title}</h2>
          <p>{offer().host ? said.other(offer().host ?? '') : said.own(new URL(offer().url).pathname)}</p>
          <p class="quiet address">{offer().url}</p>
          <p class="actions">
            <button
              type="button"
              class="button main"
              disabled={imports.busy() !== undefined}
              onClick={() => void imports.accept()}
            >
              {imports.busy() === 'loading' ? said.loading : said.load(offer().host)}
            </button>
            <Show
              when={imports.busy() === 'loading'}
              fallback={
                <button type="button" class="button" onClick={() => imports.decline()}>
                  {said.decline}
                </button>
              }
            >
              <button type="button" class="button" onClick={() => imports.stop()}>
                {laterTexts.papersIn.refresh.stop}
              </button>
            </Show>
          </p>
        </section>
      )}
    </Show>
  );
}
