import { createSignal, For, Show } from 'solid-js';
import { type ImportReport, sentenceForImport } from '../state/library.ts';
import { sentenceOf } from '../state/notices.ts';
import { useSheaf } from './context.ts';
import { PageFrame } from './PageFrame.tsx';

/** Rejected records named one by one; more than these are only counted. */
const REJECTED_SHOWN = 12;

/** Paste, pick or drop a list: its papers join the library, and the report says what happened to each. */
export function AddPage() {
  const { library, bar } = useSheaf();
  const [text, setText] = createSignal('');
  const [report, setReport] = createSignal<ImportReport>();
  const [problem, setProblem] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);

  const add = async (read: () => Promise<string>) => {
    setBusy(true);
    setReport(undefined);
    setProblem(undefined);
    try {
      setReport(await library.add(await read()));
      setText('');
    } catch (error) {
      setProblem(`${sentenceOf(error)} Nothing was changed.`);
    } finally {
      setBusy(false);
    }
  };
  const undo = async (ids: readonly string[]) => {
    setReport(undefined);
    try {
      await library.remove(ids);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };

  return (
    <PageFrame title="Add papers">
      <p class="lead">
        Open a Daily Papers page, select all, copy, and paste it here. A JSON or JSONL list works too. Papers
        that are here already are recognised and not doubled.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add(async () => text());
        }}
      >
        <label>
          <span class="visually-hidden">The text of a list of papers</span>
          <textarea
            placeholder="Paste the text here, or drop a file anywhere on this page."
            value={text()}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <p class="actions">
          <button type="submit" class="button main" disabled={busy() || !text().trim()}>
            {busy() ? 'Adding…' : 'Add these papers'}
          </button>
          <label class="button">
            Choose a file
            <input
              class="visually-hidden"
              type="file"
              accept=".txt,.json,.jsonl,.ndjson,text/plain,application/json"
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? [];
                if (file) void add(() => file.text());
                event.currentTarget.value = '';
              }}
            />
          </label>
        </p>
      </form>
      <div role="status">
        <Show when={problem()}>
          <p class="problem">{problem()}</p>
        </Show>
        <Show when={report()}>
          {(done) => (
            <>
              <p>{sentenceForImport(done())}</p>
              <Show when={done().rejected.length > 0}>
                <ul class="plain">
                  <For each={done().rejected.slice(0, REJECTED_SHOWN)}>
                    {(rejected) => <li>{`${rejected.place}: ${rejected.reason}`}</li>}
                  </For>
                </ul>
                <Show when={done().rejected.length > REJECTED_SHOWN}>
                  <p>{`and ${done().rejected.length - REJECTED_SHOWN} more.`}</p>
                </Show>
              </Show>
              <p class="actions">
                <button
                  type="button"
                  class="button"
                  onClick={() => bar.go({ page: undefined, place: { kind: 'all' }, query: '' })}
                >
                  Show the list
                </button>
                <Show when={done().added.length > 0}>
                  <button type="button" class="button" onClick={() => void undo(done().added)}>
                    Undo: remove what was added
                  </button>
                </Show>
              </p>
            </>
          )}
        </Show>
      </div>
    </PageFrame>
  );
}
