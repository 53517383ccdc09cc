import { Match, Show, Switch } from 'solid-js';
import { parseArxivId } from '../paper/identity.ts';
import { texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';
import { EmptyNew, EmptyPeriod, mistypedPeriod } from './EmptyDays.tsx';
import { EmptyReading } from './PlaceActions.tsx';
import { periodIn } from './period.ts';

/** What stands where no paper does: why, and what to do. */
export function Empty() {
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
      <Match when={mistypedPeriod(bar.address())}>
        <EmptyPeriod />
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
            when={bar.address().place.kind !== 'all' && listing.elsewhere()}
            fallback={
              <button
                type="button"
                class="button"
                onClick={() => bar.go({ place: { kind: 'all' }, query: '' })}
              >
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
      <Match when={periodIn(bar.address())}>
        <EmptyPeriod />
      </Match>
      <Match when={bar.address().place.kind === 'new'}>
        <EmptyNew />
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
      <Match when={bar.address().place.kind === 'picked'}>
        <div class="empty">
          <h2>{texts.map.place.emptyTitle}</h2>
          <p>{texts.map.place.empty}</p>
          <button type="button" class="button" onClick={() => bar.go({ page: 'map' })}>
            {texts.map.place.open}
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
      <Match when={bar.address().place.kind === 'later' || bar.address().place.kind === 'tag'}>
        <EmptyReading />
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
