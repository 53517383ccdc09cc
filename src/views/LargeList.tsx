import { createSignal, For, Match, Show, Switch } from 'solid-js';
import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import type { LargeListSession } from '../state/largeListSession.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import './large-list.css';

const said = laterTexts.large;
/** Key of the list whose papers are put away, as long as the page is here: the library's own answer has the room then. */
const [putAway, setPutAway] = createSignal<string>();

/** What a list that stays on its host has for the question, above the library's own answer. */
export function LargeList(props: { session: LargeListSession }) {
  const { opened, found, more, again, close } = props.session;
  const { question } = useSheaf();
  const away = () => putAway() !== undefined && putAway() === opened()?.key;
  return (
    <Show when={opened()}>
      {(list) => (
        <section class="large-list" aria-labelledby="large-list-heading">
          <h2 id="large-list-heading">{said.section(list().title)}</h2>
          <p class="quiet">
            {said.about(list().papers, list().host)}{' '}
            <Show when={found().papers.length > 0}>
              <button
                type="button"
                class="link"
                aria-expanded={!away()}
                onClick={() => setPutAway(away() ? undefined : list().key)}
              >
                {away() ? said.show : said.hide}
              </button>{' '}
            </Show>
            <button type="button" class="link" onClick={() => void close()}>
              {said.close}
            </button>
          </p>
          <p role="status" class="quiet">
            <Switch
              fallback={
                found().papers.length > 0
                  ? said.nearest(found().papers.length, found().moved ?? 0)
                  : said.none
              }
            >
              <Match when={found().phase === 'idle'}>{said.idle}</Match>
              <Match when={found().phase === 'waiting'}>{said.waiting}</Match>
              <Match when={found().phase === 'searching'}>{said.searching}</Match>
              <Match when={found().phase === 'failed'}>{found().problem}</Match>
            </Switch>
          </p>
          <Show when={question().filters.length > 0}>
            <p class="quiet">{said.unfiltered}</p>
          </Show>
          <Show when={found().phase === 'failed'}>
            <button type="button" class="button" onClick={() => again()}>
              {said.again}
            </button>
          </Show>
          <Show when={found().papers.length > 0 && !away()}>
            <ol>
              <For each={found().papers}>
                {(paper) => <FoundPaper paper={paper} session={props.session} />}
              </For>
            </ol>
            <Show when={found().phase === 'done' && found().more}>
              <button type="button" class="link" onClick={() => more()}>
                {said.more}
              </button>
            </Show>
          </Show>
          <Show when={found().phase === 'done' && found().papers.length > 0 && found().problem}>
            <p class="quiet">{found().problem}</p>
          </Show>
          <Show when={away()}>
            <p class="quiet">{said.asksOn}</p>
          </Show>
        </section>
      )}
    </Show>
  );
}

/** Its abstract on a press; from there it goes into the library. */
function FoundPaper(props: { paper: Paper; session: LargeListSession }) {
  const { bar, library } = useSheaf();
  const here = () => library.byId(props.paper.id);
  const add = async () => {
    const id = await props.session.add(props.paper);
    if (id) bar.go({ paper: id });
  };
  return (
    <li>
      <details>
        <summary>
          {plain(props.paper.title)} <span class="quiet">{props.paper.date?.slice(0, 4)}</span>
        </summary>
        <p>{plain(props.paper.abstract)}</p>
        <p class="actions">
          <Show
            when={here()}
            fallback={
              <button type="button" class="button" onClick={() => void add()}>
                {said.add}
              </button>
            }
          >
            {(paper) => (
              <a class="link" href={bar.link({ paper: paper().id })}>
                {said.inLibrary}
              </a>
            )}
          </Show>
        </p>
      </details>
    </li>
  );
}
