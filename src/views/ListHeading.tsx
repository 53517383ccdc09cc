import { createMemo, Show } from 'solid-js';
import { plain } from '../paper/latex.ts';
import { count, texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';
import { ListControls } from './ListControls.tsx';
import { NewLine } from './NewLine.tsx';
import { onDemand } from './onDemand.ts';
import { periodIn } from './period.ts';
import { removeTopic } from './removeTopic.ts';
import { SelectButton } from './SelectButton.tsx';
import { ABOUT_OPINIONS } from './say.ts';

const FollowTopic = onDemand('FollowTopic');
const GroupActions = onDemand('GroupActions');
const PeriodHeading = onDemand('PeriodHeading');
const PlaceActions = onDemand('PlaceActions');

/** How many papers, by what and where; for a topic what it is about. */
export function ListHeading() {
  const { bar, listing, topics, groups, library, meaning } = useSheaf();
  const where = () => {
    const { place, query } = bar.address();
    const words = texts.list.where;
    if (place.kind === 'topic') return words.topic(topics.byId(place.id)?.name);
    if (place.kind === 'new' || place.kind === 'starred' || place.kind === 'unread')
      return (query.trim() ? words.among : words.all)[place.kind];
    if (place.kind === 'picked') return texts.map.place.where;
    if (place.kind === 'later') return texts.reading.inReadingList;
    if (place.kind === 'tag') return texts.reading.tagged(place.id);
    if (place.kind === 'group') return words.group(groups.byId(place.id)?.name);
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
          <Show when={!meaning.ready()}>{` ${texts.list.topic.wordsAlone}`}</Show>
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

/** The reader's own topics can be removed; the site's are the site's. */
function TopicActions() {
  const sheaf = useSheaf();
  const { bar, topics } = sheaf;
  const topic = () => {
    const { place } = bar.address();
    const found = place.kind === 'topic' ? topics.byId(place.id) : undefined;
    return found?.own ? found : undefined;
  };
  return (
    <>
      <Learned />{' '}
      <a class="link" href={bar.link({ page: 'topic' })}>
        {texts.topics.edit}
      </a>
      <Show when={topic()}>
        {(own) => (
          <>
            {' '}
            <button type="button" class="link" onClick={() => void removeTopic(sheaf, own())}>
              {texts.topics.remove}
            </button>
          </>
        )}
      </Show>
    </>
  );
}

/** What the topic has learned from, and how to take it back. */
function Learned() {
  const { bar, topics, library, notices } = useSheaf();
  const id = () => {
    const { place } = bar.address();
    return place.kind === 'topic' ? place.id : '';
  };
  const sentence = () => {
    const { liked, disliked } = topics.examples(id());
    // What was said of a paper that was removed comes back with it.
    const here = (ids: readonly string[]) => ids.filter((paper) => library.byId(paper)).length;
    const [yes, no] = [here(liked), here(disliked)];
    return yes || no ? texts.list.topic.youSaid(yes, no) : undefined;
  };
  const forget = async () => {
    try {
      const said = await topics.forget(id());
      const undo = () => topics.sayAgain(said).catch((error) => notices.fail(error));
      notices.tell(texts.list.topic.forgotten, { label: texts.topics.undo, run: undo }, ABOUT_OPINIONS);
    } catch (error) {
      notices.fail(error);
    }
  };
  return (
    <Show when={sentence()}>
      {(text) => (
        <>
          {` ${text()} `}
          <button type="button" class="link" onClick={() => void forget()}>
            {texts.list.topic.forget}
          </button>
        </>
      )}
    </Show>
  );
}
