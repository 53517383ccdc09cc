import { createMemo, Show } from 'solid-js';
import { plain } from '../paper/latex.ts';
import { count, texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';
import { ListControls } from './ListControls.tsx';
import { NewLine } from './NewLine.tsx';
import { onDemand } from './onDemand.ts';
import { periodIn } from './period.ts';
import { SelectButton } from './SelectButton.tsx';

const FollowTopic = onDemand('FollowTopic');
const GroupActions = onDemand('GroupActions');
const PeriodHeading = onDemand('PeriodHeading');
const PlaceActions = onDemand('PlaceActions');
const TopicActions = onDemand('TopicActions');

/** How many papers, by what and where; for a topic what it is about. */
export function ListHeading() {
  const { bar, listing, topics, library, second } = useFirst();
  const where = () => {
    const { place, query } = bar.address();
    const words = texts.list.where;
    if (place.kind === 'topic') return words.topic(topics.byId(place.id)?.name);
    if (place.kind === 'new' || place.kind === 'starred' || place.kind === 'unread')
      return (query.trim() ? words.among : words.all)[place.kind];
    if (place.kind === 'picked') return texts.places.picked.where;
    if (place.kind === 'later') return texts.reading.inReadingList;
    if (place.kind === 'tag') return texts.reading.tagged(place.id);
    if (place.kind === 'group') return words.group(second()?.groups.byId(place.id)?.name);
    if (place.kind === 'similar') {
      const near = library.byId(place.id);
      return words.similar(near && plain(near.title));
    }
    return '';
  };
  const how = () => {
    const mode = listing.mode();
    const [first] = listing.papers();
    if (mode && first && listing.hitOf(first.id)?.exact === 'identifier') return texts.list.by.identifier;
    return mode ? texts.list.by[mode] : '';
  };
  /** Papers are shown, but none above the line. */
  const unclear = () =>
    listing.order() === 'best' && listing.papers().length === 0 && listing.rows().length > 0;
  const period = createMemo(() => periodIn(bar.address()), undefined, { equals: (a, b) => a?.id === b?.id });
  const kind = () => bar.address().place.kind;
  const sentence = () => {
    const { place, query } = bar.address();
    return place.kind === 'topic' && !query ? topics.byId(place.id)?.sentence : undefined;
  };
  return (
    <>
      <Show when={period()}>{(open) => <PeriodHeading period={open()} />}</Show>
      <div class="heading">
        <span role="status">
          <Show
            when={!listing.waiting() && library.phase() !== 'loading'}
            fallback={listing.waiting() ? texts.list.ranking : texts.list.loading}
          >
            <strong>{unclear() ? texts.list.noClearMatch : count(listing.papers().length, 'paper')}</strong>{' '}
            {how()} {where()}
          </Show>
        </span>
        <Show when={unclear() || listing.order() === 'similar'} fallback={<ListControls />}>
          <span class="end">{texts.days.orders.similar}</span>
        </Show>
      </div>
      <SelectButton />
      <Show when={kind() === 'tag' || kind() === 'later'}>
        <PlaceActions />
      </Show>
      <Show when={sentence()}>
        <p class="topic-sentence">
          {ended(sentence())}
          <Show when={!second()?.meaning.ready()}>{` ${texts.list.wordsAlone}`}</Show>
          <TopicActions />
          <FollowTopic />
        </p>
      </Show>
      <NewLine />
      <Show when={kind() === 'group'}>
        <GroupActions />
      </Show>
    </>
  );
}

/** What stands behind a sentence must not run into it. */
const ended = (text: string | undefined) => (text && /[\p{L}\p{N})]$/u.test(text) ? `${text}.` : text);
