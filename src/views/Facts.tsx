import { For, Show } from 'solid-js';
import { formatDate } from '../paper/date.ts';
import type { Paper } from '../paper/paper.ts';
import type { MarkKind } from '../state/marks.ts';
import { texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';
import { StarIcon } from './icons.tsx';

/** Names shown before "and n others". */
const NAMES_SHOWN = 3;

function authorsOf(paper: Paper): string | undefined {
  const { authors, authorCount } = paper;
  if (authors && authors.length > 0) {
    const rest = authors.length - NAMES_SHOWN;
    if (rest <= 1) return authors.join(', ');
    return texts.paper.facts.andOthers(authors.slice(0, NAMES_SHOWN).join(', '), rest);
  }
  return authorCount === undefined ? undefined : texts.paper.facts.authors(authorCount);
}

/** Date, authors, organisation and comments in one quiet line. */
export function Facts(props: { paper: Paper; dots?: boolean }) {
  const sheaf = useSheaf();
  const facts = () => {
    const { date, organization, venue, comments, upvotes } = props.paper;
    return [
      date && formatDate(date),
      authorsOf(props.paper),
      organization,
      venue,
      upvotes ? texts.paper.facts.upvotes(upvotes) : undefined,
      comments ? texts.paper.facts.comments(comments) : undefined,
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
          </>
        )}
      </For>
      <Show when={has('starred')}>
        <span class="starred">
          <StarIcon full />
          <span class="visually-hidden">{texts.paper.facts.starred}</span>
        </span>
      </Show>
      <Show when={has('read')}>
        <span class="visually-hidden">{texts.paper.facts.read}</span>
      </Show>
      <Show when={props.dots && topics().length > 0}>
        <span class="dots">
          <For each={topics()}>{(topic) => <span class={`dot hue-${topic.color}`} title={topic.name} />}</For>
          <span class="visually-hidden">{texts.paper.facts.topics(topics().map((topic) => topic.name))}</span>
        </span>
      </Show>
    </p>
  );
}
