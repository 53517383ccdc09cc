import { createEffect, createMemo, createSignal, Match, on, onCleanup, Show, Switch } from 'solid-js';
import { Virtualizer, type VirtualizerHandle } from 'virtua/solid';
import { parseArxivId } from '../paper/identity.ts';
import { createIntro } from '../state/intro.ts';
import type { Row } from '../state/listing.ts';
import { useSheaf } from './context.ts';
import { glideRows } from './glide.ts';
import { Intro } from './Intro.tsx';
import { ListHeading } from './ListHeading.tsx';
import { PaperRow } from './PaperRow.tsx';
import { keepWhereLeft } from './whereLeft.ts';

/** A row not yet measured, pixels: a title of two lines, facts, three lines of text. */
const ROW_HEIGHT = 145;

/** What the list draws: its rows and, on a phone's first visits, what this is above them. */
type Item = Row | { readonly kind: 'intro' };
const INTRO: Item = { kind: 'intro' };

export function PaperList() {
  const { bar, listing, library, question, search, store } = useSheaf();
  const [container, setContainer] = createSignal<HTMLElement>();
  let list: VirtualizerHandle | undefined;
  let scroller: HTMLElement | undefined;
  glideRows(container, listing.rows);

  const intro = createIntro(store);
  const narrow = useMedia('(max-width: 720px)');
  const items = createMemo<readonly Item[]>(() => {
    const { place, query } = bar.address();
    const introduced = !narrow() || intro.seen() || place.kind !== 'all' || query.trim();
    return introduced || listing.rows().length === 0 ? listing.rows() : [INTRO, ...listing.rows()];
  });

  // Memos, since each step changes the address: opening a paper is no new question, nor the other way round.
  const asked = createMemo(() => JSON.stringify([bar.address().place, bar.address().query]));
  const openPaper = createMemo(() => bar.address().paper);
  const left = keepWhereLeft({
    question: asked,
    ids: createMemo(() => items().map((item) => (item.kind === 'paper' ? item.paper.id : undefined))),
    settled: createMemo(() => {
      const wanted = question().text.trimStart();
      const answered = !wanted || (search.ranking()?.query === wanted && !search.pending());
      return answered && !listing.waiting();
    }),
    returned: bar.returned,
    handle: () => list,
    scroller: () => scroller,
  });
  /** A newly opened paper is brought into sight. */
  createEffect(
    on(openPaper, (id) => {
      const at = items().findIndex((item) => item.kind === 'paper' && item.paper.id === id);
      if (at < 0 || !list || left.returning()) return;
      const top = list.getItemOffset(at) - list.scrollOffset;
      if (top < 0 || top + list.getItemSize(at) > list.viewportSize)
        list.scrollToIndex(at, { align: 'nearest' });
    }),
  );
  const lineAt = createMemo(() => items().findIndex((item) => item.kind === 'line'));
  const size = () => items().filter((item) => item.kind === 'paper').length;
  const others = (index: number) => (items()[0] === INTRO ? 1 : 0) + (below(index) ? 1 : 0);
  const below = (index: number) => lineAt() >= 0 && index > lineAt();

  return (
    <>
      <ListHeading />
      <div class="rows" ref={setContainer}>
        <Show when={items().length > 0} fallback={<Empty />}>
          {/* biome-ignore lint/a11y/useSemanticElements: the virtualizer's own elements stand between list and items. */}
          <div
            class="scroller"
            role="list"
            aria-label="Papers"
            ref={(element) => (scroller = element)}
            onWheel={() => left.release()}
            onPointerDown={() => left.release()}
            onKeyDown={() => left.release()}
          >
            <Virtualizer ref={(handle) => (list = handle)} data={items()} itemSize={ROW_HEIGHT}>
              {(item, index) => (
                // biome-ignore lint/a11y/useSemanticElements: as above.
                <div
                  role="listitem"
                  aria-setsize={item.kind === 'paper' ? size() : undefined}
                  aria-posinset={item.kind === 'paper' ? index() - others(index()) + 1 : undefined}
                >
                  <Switch>
                    <Match when={item.kind === 'paper' && item}>
                      {(row) => <PaperRow row={row()} below={below(index())} />}
                    </Match>
                    <Match when={item.kind === 'line' && item}>
                      {(line) => <p class="line">{line().text}</p>}
                    </Match>
                    <Match when={item.kind === 'intro'}>
                      <Intro onDismiss={() => void intro.dismiss()} />
                    </Match>
                  </Switch>
                </div>
              )}
            </Virtualizer>
          </div>
        </Show>
        <Show when={library.phase() === 'loading'}>
          <p class="visually-hidden" role="status">
            Loading the papers.
          </p>
        </Show>
      </div>
    </>
  );
}

function useMedia(query: string): () => boolean {
  const media = matchMedia(query);
  const [matches, setMatches] = createSignal(media.matches);
  const follow = () => setMatches(media.matches);
  media.addEventListener('change', follow);
  onCleanup(() => media.removeEventListener('change', follow));
  return matches;
}

function Empty() {
  const { bar, library, search, meaning, listing, topics, question } = useSheaf();
  const unknownTopic = () => {
    const { place } = bar.address();
    return place.kind === 'topic' && !topics.byId(place.id);
  };
  return (
    <Switch>
      <Match when={library.phase() === 'loading'}>
        <div class="empty" aria-hidden="true">
          <p>Loading the papers…</p>
        </div>
      </Match>
      <Match when={library.phase() === 'failed'}>
        <div class="empty" role="alert">
          <h2>The list could not be loaded</h2>
          <p>{library.problem()}</p>
          <button type="button" class="button" onClick={() => void library.load()}>
            Try again
          </button>
        </div>
      </Match>
      <Match when={listing.waiting()}>
        <div class="empty">
          <p>Ranking the papers…</p>
        </div>
      </Match>
      <Match when={unknownTopic()}>
        <div class="empty">
          <h2>There is no such topic here.</h2>
          <p>It may have been removed, or it was made on another device: topics stay where they are made.</p>
          <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
            Show all papers
          </button>
        </div>
      </Match>
      <Match when={library.papers().length === 0}>
        <div class="empty">
          <h2>No papers yet</h2>
          <p>
            Paste or drop the text of a Daily Papers page (huggingface.co/papers), BibTeX, RIS or JSON, and
            its papers appear here.
          </p>
          <button type="button" class="button" onClick={() => bar.go({ page: 'add' })}>
            Add papers
          </button>
        </div>
      </Match>
      <Match when={search.pending()}>
        <div class="empty">
          <p>Searching…</p>
        </div>
      </Match>
      <Match when={bar.address().query.trim()}>
        <div class="empty">
          <h2>No paper fits “{bar.address().query.trim()}”</h2>
          <p>
            {question().filters.length > 0
              ? 'No paper here passes all that stands above. Take one of them away to see more.'
              : whyNone(bar.address().query, meaning.ready())}
          </p>
          <Show
            when={bar.address().place.kind !== 'all'}
            fallback={
              <button type="button" class="button" onClick={() => bar.go({ query: '' })}>
                Show all papers
              </button>
            }
          >
            <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
              Search all papers
            </button>
          </Show>
        </div>
      </Match>
      <Match when={bar.address().place.kind === 'starred'}>
        <div class="empty">
          <h2>No paper is starred</h2>
          <p>Open a paper and press its star, or the key s: it is kept here.</p>
          <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
            Show all papers
          </button>
        </div>
      </Match>
      <Match when={bar.address().place.kind === 'unread'}>
        <div class="empty">
          <h2>All papers are read</h2>
          <p>What is added from now on stands here until you mark it as read.</p>
          <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
            Show all papers
          </button>
        </div>
      </Match>
      <Match when={true}>
        <div class="empty">
          <h2>Nothing here</h2>
          <p>No paper is in this place now. It may have been renamed, or its papers are still being read.</p>
          <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
            Show all papers
          </button>
        </div>
      </Match>
    </Switch>
  );
}

/** Why a question has no answer, and what may have one. */
function whyNone(query: string, byMeaning: boolean): string {
  if (parseArxivId(query) !== undefined) return 'No paper here has this arXiv identifier.';
  if (!/[\p{L}\p{N}]/u.test(query)) return 'There is no word in this to search for.';
  return byMeaning
    ? 'No paper here has these words, or means something near. Other words may find more.'
    : 'No paper has these words. Search by meaning is not ready yet; the list fills by itself when it is.';
}
