import { createSignal, For, Show } from 'solid-js';
import { dateOf } from '../paper/calendar.ts';
import { formatDate } from '../paper/date.ts';
import type { Paper } from '../paper/paper.ts';
import type { MarkKind } from '../state/marks.ts';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';
import { StarIcon } from './icons.tsx';

/** Names shown before "and n others": in a row, and of an open paper, where the others can be asked for. */
const NAMES_IN_ROW = 3;
const NAMES_OF_OPEN = 12;

/** Names, and how many are left out; a single one would take no more room than saying so. */
function authorsOf(
  { authors, authorCount }: Paper,
  most: number,
): { names: string; left: number } | undefined {
  if (!authors || authors.length === 0) {
    return authorCount === undefined ? undefined : { names: texts.list.facts.authors(authorCount), left: 0 };
  }
  const left = authors.length - most;
  if (left <= 1) return { names: authors.join(', '), left: 0 };
  return { names: authors.slice(0, most).join(', '), left };
}

/** Date, authors, organisation and comments in one quiet line. */
export function Facts(props: { paper: Paper; dots?: boolean; whole?: boolean }) {
  const sheaf = useFirst();
  const [all, setAll] = createSignal<string>();
  const authors = () => {
    const most = props.whole ? NAMES_OF_OPEN : NAMES_IN_ROW;
    return authorsOf(props.paper, all() === props.paper.id ? Number.POSITIVE_INFINITY : most);
  };
  const byline = () => {
    const found = authors();
    return found && found.left > 0 && !props.whole
      ? texts.list.facts.andOthers(found.names, found.left)
      : found?.names;
  };
  const facts = () => {
    const { organization, venue, comments, upvotes } = props.paper;
    const date = dateOf(props.paper);
    return [
      date && formatDate(date),
      byline(),
      organization,
      venue,
      upvotes ? texts.list.facts.upvotes(upvotes) : undefined,
      comments ? texts.list.facts.comments(comments) : undefined,
    ].filter((fact) => fact !== undefined && fact !== '');
  };
  const topics = () => sheaf.topics.of(props.paper.id);
  const has = (kind: MarkKind) => props.dots && sheaf.marks.with(kind).has(props.paper.id);
  return (
    <p class="facts">
      <For each={facts()}>
        {(fact, index) => (
          <>
            <Show when={index() > 0}>
              {' '}
              <span aria-hidden="true">·</span>{' '}
            </Show>
            <span>{fact}</span>
            <Show when={props.whole && fact === byline() && (authors()?.left ?? 0)}>
              {(left) => (
                <>
                  {' '}
                  <button type="button" class="link" onClick={() => setAll(props.paper.id)}>
                    {texts.list.facts.others(left())}
                  </button>
                </>
              )}
            </Show>
          </>
        )}
      </For>
      <Show when={has('starred')}>
        <span class="starred">
          <StarIcon full />
          <span class="visually-hidden">{texts.list.facts.starred}</span>
        </span>
      </Show>
      <Show when={has('read')}>
        <span class="visually-hidden">{texts.list.facts.read}</span>
      </Show>
      <Show when={props.dots && topics().length > 0}>
        <span class="dots">
          <For each={topics()}>{(topic) => <span class={`dot hue-${topic.color}`} title={topic.name} />}</For>
          <span class="visually-hidden">{texts.list.facts.topics(topics().map((topic) => topic.name))}</span>
        </span>
      </Show>
    </p>
  );
}
