import { Match, Show, Switch } from 'solid-js';
import { parseArxivId } from '../paper/identity.ts';
import { laterTexts } from '../texts/later.ts';
import { texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';
import { EmptyNew, EmptyPeriod, mistypedPeriod } from './EmptyDays.tsx';
import { EmptyReading } from './PlaceActions.tsx';
import { periodIn } from './period.ts';

/** What stands where a place has no paper: why, and what to do. */
export function EmptyPlace() {
  const { bar, library, search, meaning, listing, topics, question } = useSheaf();
  const unknownTopic = () => {
    const { place } = bar.address();
    return place.kind === 'topic' && !topics.byId(place.id);
  };
  return (
    <Switch>
      <Match when={listing.waiting()}>
        <div class="empty">
          <p>{texts.list.ranking}</p>
        </div>
      </Match>
      <Match when={unknownTopic()}>
        <div class="empty">
          <h2>{laterTexts.list.emptyPlace.unknownTopic.title}</h2>
          <p>{laterTexts.list.emptyPlace.unknownTopic.why}</p>
          <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
            {laterTexts.days.showAll}
          </button>
        </div>
      </Match>
      <Match when={mistypedPeriod(bar.address())}>
        <EmptyPeriod />
      </Match>
      <Match when={library.papers().length === 0}>
        <div class="empty">
          <h2>{laterTexts.list.emptyPlace.noPapers.title}</h2>
          <p>{laterTexts.list.emptyPlace.noPapers.help}</p>
          <button type="button" class="button" onClick={() => bar.go({ page: 'add' })}>
            {texts.places.pages.add}
          </button>
        </div>
      </Match>
      <Match when={search.pending()}>
        <div class="empty">
          <p>{laterTexts.list.emptyPlace.searching}</p>
        </div>
      </Match>
      <Match when={bar.address().query.trim()}>
        <div class="empty">
          <h2>{laterTexts.list.emptyPlace.noneFits.title(bar.address().query.trim())}</h2>
          <p>
            {question().filters.length > 0
              ? laterTexts.list.emptyPlace.noneFits.filters
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
                {laterTexts.days.showAll}
              </button>
            }
          >
            <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
              {laterTexts.list.emptyPlace.noneFits.searchAll}
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
          <h2>{laterTexts.list.emptyPlace.starred.title}</h2>
          <p>{laterTexts.list.emptyPlace.starred.help}</p>
          <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
            {laterTexts.days.showAll}
          </button>
        </div>
      </Match>
      <Match when={bar.address().place.kind === 'picked'}>
        <div class="empty">
          <h2>{laterTexts.map.place.emptyTitle}</h2>
          <p>{laterTexts.map.place.empty}</p>
          <button type="button" class="button" onClick={() => bar.go({ page: 'map' })}>
            {laterTexts.map.place.open}
          </button>
        </div>
      </Match>
      <Match when={bar.address().place.kind === 'unread'}>
        <div class="empty">
          <h2>{laterTexts.list.emptyPlace.unread.title}</h2>
          <p>{laterTexts.list.emptyPlace.unread.help}</p>
          <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
            {laterTexts.days.showAll}
          </button>
        </div>
      </Match>
      <Match when={bar.address().place.kind === 'later' || bar.address().place.kind === 'tag'}>
        <EmptyReading />
      </Match>
      <Match when={true}>
        <div class="empty">
          <h2>{laterTexts.list.emptyPlace.other.title}</h2>
          <p>{laterTexts.list.emptyPlace.other.why}</p>
          <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
            {laterTexts.days.showAll}
          </button>
        </div>
      </Match>
    </Switch>
  );
}

/** Why a question has no answer, and what may have one. */
function whyNone(query: string, byMeaning: boolean): string {
  const { noneFits } = laterTexts.list.emptyPlace;
  if (parseArxivId(query) !== undefined) return noneFits.identifier;
  if (!/[\p{L}\p{N}]/u.test(query)) return noneFits.noWord;
  return byMeaning ? noneFits.byMeaning : noneFits.byWords;
}
