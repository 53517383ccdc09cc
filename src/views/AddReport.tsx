import { For, Show } from 'solid-js';
import { sentenceForReport } from '../state/importReport.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';

/** Records named one by one; more than these are only counted. */
const SHOWN = 12;

/** What the last import did, with the way back. */
export function AddReport() {
  const { imports, bar } = useSheaf();
  const said = laterTexts.papersIn;
  return (
    <div class="add-report" role="status">
      <Show when={imports.problem()}>
        <p class="problem">{imports.problem()}</p>
      </Show>
      <Show when={imports.told()}>
        <p>{imports.told()}</p>
      </Show>
      <Show when={imports.report()}>
        {(done) => (
          <>
            <p>{sentenceForReport(done())}</p>
            <Show when={done().format === 'arxiv-ids'}>
              <p class="quiet">{said.onlyIds}</p>
            </Show>
            <Places title={said.leftOut} of={done().rejected} />
            <Places title={said.notes} of={done().notes} />
            <p class="actions">
              <button
                type="button"
                class="button"
                onClick={() => bar.go({ page: undefined, place: { kind: 'all' }, query: '' })}
              >
                {said.showList}
              </button>
              <Show when={done().changes.length > 0}>
                <button
                  type="button"
                  class="button"
                  disabled={imports.busy() !== undefined}
                  onClick={() => void imports.undo()}
                >
                  {said.undo}
                </button>
              </Show>
            </p>
          </>
        )}
      </Show>
    </div>
  );
}

/** Where something is and what is wrong with it, line by line. */
function Places(props: {
  title: string;
  of: readonly { readonly place: string; readonly reason: string }[];
}) {
  return (
    <Show when={props.of.length > 0}>
      <h2>{props.title}</h2>
      <ul class="plain">
        <For each={props.of.slice(0, SHOWN)}>{({ place, reason }) => <li>{`${place}: ${reason}`}</li>}</For>
      </ul>
      <Show when={props.of.length > SHOWN}>
        <p>{laterTexts.papersIn.more(props.of.length - SHOWN)}</p>
      </Show>
    </Show>
  );
}
