import { createSignal, For, Show } from 'solid-js';
import { type ImportReport, sentenceForImport } from '../state/library.ts';
import { sentenceOf } from '../state/notices.ts';
import { useSheaf } from './context.ts';
import { PageFrame } from './PageFrame.tsx';

/** Rejected records named one by one; more than these are only counted. */
const REJECTED_SHOWN = 12;

const EXAMPLE = `[
  {
    "title": "Tiny language models",
    "abstract": "We ask how small a model can be …",
    "date": "2025-03-09",
    "authors": ["A. Author", "B. Author"],
    "url": "https://arxiv.org/abs/2503.01234"
  }
]`;

/** What an import did; a list of nothing is told as that. */
export function sentenceForReport(report: ImportReport): string {
  const { added, merged, unchanged, rejected } = report;
  const read = added.length + merged.length + unchanged.length + rejected.length;
  return read === 0 && !report.restored ? 'The list holds no papers.' : sentenceForImport(report);
}

function together(a: ImportReport, b: ImportReport): ImportReport {
  return {
    added: [...a.added, ...b.added],
    merged: [...a.merged, ...b.merged],
    unchanged: [...a.unchanged, ...b.unchanged],
    rejected: [...a.rejected, ...b.rejected],
    ...(a.restored || b.restored ? { restored: addUp(a.restored, b.restored) } : {}),
  };
}

function addUp(a: ImportReport['restored'], b: ImportReport['restored']) {
  const sum = (part: keyof NonNullable<ImportReport['restored']>) => (a?.[part] ?? 0) + (b?.[part] ?? 0);
  return { topics: sum('topics'), opinions: sum('opinions'), marks: sum('marks'), notes: sum('notes') };
}

/** Paste, pick or drop a list: its papers join the library, and the report says what happened to each. */
export function AddPage() {
  const { library, bar } = useSheaf();
  const [text, setText] = createSignal('');
  const [report, setReport] = createSignal<ImportReport>();
  const [problem, setProblem] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);

  /** One after the other, with one report; one that cannot be read does not keep the others out. */
  const add = async (lists: readonly { name?: string; read: () => Promise<string> }[]) => {
    setBusy(true);
    setReport(undefined);
    setProblem(undefined);
    const problems: string[] = [];
    for (const { name, read } of lists) {
      try {
        const next = await library.add(await read());
        const before = report();
        setReport(before ? together(before, next) : next);
        if (!name) setText('');
      } catch (error) {
        const sentence = `${sentenceOf(error)} ${lists.length > 1 ? 'Nothing of it was added.' : 'Nothing was changed.'}`;
        problems.push(name && lists.length > 1 ? `${name}: ${sentence}` : sentence);
      }
    }
    setProblem(problems.join(' ') || undefined);
    setBusy(false);
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
        Open a Daily Papers page, select all, copy, and paste it here. BibTeX, RIS, CSL-JSON, CSV, an Atom
        file of arXiv, JSON and JSON lines work too, and a backup of Sheaf. Papers that are here already are
        recognised and not doubled.
      </p>
      <p class="quiet">
        Daily Papers is the page at huggingface.co/papers, where papers are shown day by day. Nothing is
        fetched from there: only what you paste is read.
      </p>
      <details>
        <summary>What a JSON list looks like</summary>
        <pre>{EXAMPLE}</pre>
        <p class="quiet">Only the title is needed. JSONL has one such record a line, without the brackets.</p>
      </details>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void add([{ read: async () => text() }]);
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
            Choose files
            <input
              class="visually-hidden"
              type="file"
              multiple
              accept=".txt,.json,.jsonl,.ndjson,.bib,.bibtex,.ris,.csv,.tsv,.xml,.atom,text/plain,application/json"
              onChange={(event) => {
                const files = [...(event.currentTarget.files ?? [])];
                void add(files.map((file) => ({ name: file.name, read: () => file.text() })));
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
              <p>{sentenceForReport(done())}</p>
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
