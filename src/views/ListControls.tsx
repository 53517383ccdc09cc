import { For, Show } from 'solid-js';
import { isRelativeDate } from '../paper/calendar.ts';
import { formatDate } from '../paper/date.ts';
import { texts } from '../texts/texts.ts';
import { hidesRead, windowOf, withSort, withUnread, withWindow } from '../words/change.ts';
import type { Sort } from '../words/question.ts';
import './days.css';
import { useFirst } from './context.ts';

const SORTS: readonly Sort[] = ['newest', 'oldest', 'discussed', 'trending', 'topics', 'comments', 'upvotes'];
const WINDOWS = ['7d', '30d', '1y'];

/** Order and time of the list, and whether what is read is hidden: they write into the question what could be typed there. */
export function ListControls() {
  return (
    <span class="controls">
      <HideRead />
      <Time />
      <Order />
    </span>
  );
}

function Order() {
  const { bar, question, listing, second } = useFirst();
  /** What the list does by itself; where something is asked that is the best match. */
  const own = () => {
    const { place } = bar.address();
    if (second()?.search.ranking() && question().text.trim()) return 'best';
    return place.kind === 'topic' || place.kind === 'new' || place.kind === 'later' ? place.kind : 'newest';
  };
  const others = () => SORTS.filter((sort) => sort !== own());
  const chosen = () => (listing.order() === own() ? '' : listing.order());
  return (
    <span class="pick end">
      <select
        aria-label={texts.days.sort}
        onChange={(event) => {
          const by = (event.currentTarget.value || undefined) as Sort | undefined;
          bar.go({ query: withSort(bar.address().query, by) });
        }}
      >
        <option value="" selected={chosen() === ''}>
          {texts.days.orders[own()]}
        </option>
        <For each={others()}>
          {(sort) => (
            <option value={sort} selected={chosen() === sort}>
              {texts.days.orders[sort]}
            </option>
          )}
        </For>
      </select>
    </span>
  );
}

function Time() {
  const { bar, question } = useFirst();
  const chosen = () => windowOf(question()) ?? '';
  /** A time that was typed stands among the others. */
  const windows = () => (chosen() && !WINDOWS.includes(chosen()) ? [...WINDOWS, chosen()] : WINDOWS);
  return (
    <span class="pick">
      <select
        aria-label={texts.days.time}
        onChange={(event) =>
          bar.go({ query: withWindow(bar.address().query, event.currentTarget.value || undefined) })
        }
      >
        <option value="" selected={chosen() === ''}>
          {texts.days.anyTime}
        </option>
        <For each={windows()}>
          {(ago) => (
            <option value={ago} selected={chosen() === ago}>
              {isRelativeDate(ago) ? texts.days.last(ago) : texts.days.from(formatDate(ago))}
            </option>
          )}
        </For>
      </select>
    </span>
  );
}

/** There is nothing to hide before something is read. */
function HideRead() {
  const { bar, question, marks } = useFirst();
  const on = () => hidesRead(question());
  const useful = () => marks.with('read').size > 0 && bar.address().place.kind !== 'unread';
  return (
    <Show when={on() || useful()}>
      <button
        type="button"
        class="toggle"
        aria-pressed={on()}
        onClick={() => bar.go({ query: withUnread(bar.address().query, !on()) })}
      >
        {texts.days.hideRead}
      </button>
    </Show>
  );
}
