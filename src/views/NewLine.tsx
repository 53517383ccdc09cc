import { Show } from 'solid-js';
import { localDay } from '../paper/date.ts';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';
import { partsOf } from './periodName.ts';

const two = (n: number) => String(n).padStart(2, '0');
const DAY_MS = 86_400_000;

/** `09:40` of today, `yesterday`, `Tuesday` within a week, else `3 March`, in the reader's own time. */
export function sinceWords(moment: string, now = new Date()): string {
  const date = new Date(moment);
  const { sinceWords: words } = texts.days.new;
  const day = localDay(date);
  // At noon, so that an hour of summer time moves no day.
  const ago = (days: number) => localDay(new Date(new Date(now).setHours(12, 0, 0, 0) - days * DAY_MS));
  if (day === ago(0)) return words.today(`${two(date.getHours())}:${two(date.getMinutes())}`);
  if (day === ago(1)) return words.yesterday;
  if (day > ago(7) && day < ago(1)) return texts.days.weekdays[(date.getDay() + 6) % 7] ?? '';
  return words.on(partsOf(day), date.getFullYear() === now.getFullYear());
}

/** What has come since the last visit, above the list at its start, until it is put away. */
export function NewLine() {
  const { bar, news, visits } = useFirst();
  const shown = () => {
    const { place, query } = bar.address();
    return place.kind === 'all' && !query.trim() && !visits.putAway() && news.papers().length > 0;
  };
  const text = () => {
    const of = news.groups().find(({ topic }) => topic);
    const line = texts.days.new.line(news.papers().length, sinceWords(visits.since() ?? ''));
    return of?.topic ? `${line}, ${texts.days.new.inTopic(of.papers.length, of.topic.name)}` : line;
  };
  return (
    <Show when={shown()}>
      <p class="new-line">
        <a class="link" href={bar.link({ place: { kind: 'new' }, paper: undefined })}>
          {text()}
        </a>
        <button type="button" class="link" onClick={() => void visits.dismiss()}>
          {texts.days.new.dismiss}
        </button>
      </p>
    </Show>
  );
}
