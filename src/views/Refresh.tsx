import { createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import { periodOf } from '../paper/calendar.ts';
import { parseIsoDate } from '../paper/date.ts';
import { today } from '../state/library.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';

type Span = 'date' | 'week' | 'month';
const SPANS: readonly Span[] = ['date', 'week', 'month'];

/** Daily Papers of a day, a week or a month, asked of the host that the button names when it is pressed. */
export function Refresh() {
  const { imports } = useSheaf();
  const said = laterTexts.papersIn.refresh;
  const [span, setSpan] = createSignal<Span>('date');
  const [day, setDay] = createSignal(today());
  const [online, setOnline] = createSignal(navigator.onLine);
  const look = () => setOnline(navigator.onLine);
  onMount(() => {
    addEventListener('online', look);
    addEventListener('offline', look);
  });
  onCleanup(() => {
    removeEventListener('online', look);
    removeEventListener('offline', look);
  });
  const asking = () => imports.busy() === 'asking';
  return (
    <section class="refresh" aria-labelledby="refresh-heading">
      <h2 id="refresh-heading">{said.title}</h2>
      <p>{said.lead}</p>
      <p class="actions">
        <select
          aria-label={said.span}
          value={span()}
          onChange={(event) => setSpan(event.currentTarget.value as Span)}
        >
          <For each={SPANS}>{(one) => <option value={one}>{said.spans[one]}</option>}</For>
        </select>
        <input
          type="date"
          aria-label={said.day}
          value={day()}
          max={today()}
          onInput={(event) => {
            // Empty while a day is half typed.
            if (parseIsoDate(event.currentTarget.value)) setDay(event.currentTarget.value);
          }}
        />
      </p>
      <p class="actions">
        <button
          type="button"
          class="button main"
          disabled={imports.busy() !== undefined}
          onClick={() => void imports.refresh({ span: span(), day: day() })}
        >
          {said.ask(span(), day(), periodOf('week', day()).first)}
        </button>
        <Show when={asking()}>
          <button type="button" class="button" onClick={() => imports.stop()}>
            {said.stop}
          </button>
        </Show>
      </p>
      <div role="status" class="quiet">
        <Show when={asking()}>{said.asking(imports.progress())}</Show>
        <Show when={!asking() && !online()}>{said.offline}</Show>
        <Show when={!asking() && online() && span() === 'date' && day() === today()}>{said.growing}</Show>
      </div>
    </section>
  );
}
