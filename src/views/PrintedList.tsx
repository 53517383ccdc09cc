import './print.css';
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import { plain } from '../paper/latex.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { Facts } from './Facts.tsx';
import { ListHeading } from './ListHeading.tsx';

/** Papers of a printed list: some thirty pages. */
const MOST = 500;

/** The list on the screen holds only the rows in sight: a printed one is made for the printer, and goes after it. */
export function PrintedList() {
  const { bar, listing } = useSheaf();
  const [printing, setPrinting] = createSignal(false);
  const papers = () => listing.rows().flatMap((row) => (row.kind === 'paper' ? [row.paper] : []));
  const begin = () => setPrinting(bar.address().paper === undefined && bar.address().page === undefined);
  const end = () => setPrinting(false);
  onMount(() => {
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
  });
  onCleanup(() => {
    removeEventListener('beforeprint', begin);
    removeEventListener('afterprint', end);
  });
  return (
    <Show when={printing()}>
      <div class="printed">
        <ListHeading />
        <Show when={papers().length > MOST}>
          <p>{laterTexts.reading.printed.more(MOST, papers().length)}</p>
        </Show>
        <ol>
          <For each={papers().slice(0, MOST)}>
            {(paper) => (
              <li>
                <h3 dir="auto">{plain(paper.title)}</h3>
                <Facts paper={paper} />
              </li>
            )}
          </For>
        </ol>
      </div>
    </Show>
  );
}
