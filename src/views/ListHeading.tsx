import { Show } from 'solid-js';
import { plain } from '../paper/latex.ts';
import { sentenceOf } from '../state/notices.ts';
import { count, texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';
import { FollowTopic } from './FollowTopic.tsx';
import { GroupActions } from './GroupActions.tsx';
import { ListControls } from './ListControls.tsx';
import { NewLine } from './NewLine.tsx';
import { PeriodHeading } from './PeriodHeading.tsx';
import { PlaceActions } from './PlaceActions.tsx';
import { SelectButton } from './SelectBar.tsx';
import { ABOUT_OPINIONS } from './say.ts';

const MODES = { keyword: 'by words', hybrid: 'by meaning and words', semantic: 'by meaning' };

/** How many papers, by what and where; for a topic what it is about. */
export function ListHeading() {
  const { bar, listing, topics, groups, library, meaning } = useSheaf();
  const where = () => {
    const { place, query } = bar.address();
    if (place.kind === 'topic') return `in ${topics.byId(place.id)?.name ?? 'a topic that is not here'}`;
    if (place.kind === 'new') return query.trim() ? 'among the new' : 'new';
    if (place.kind === 'starred' || place.kind === 'unread')
      return query.trim() ? `among the ${place.kind}` : place.kind;
    if (place.kind === 'picked') return texts.map.place.where;
    if (place.kind === 'later') return texts.reading.inReadingList;
    if (place.kind === 'tag') return texts.reading.tagged(place.id);
    if (place.kind === 'group') return `in ${groups.byId(place.id)?.name ?? 'a group'}`;
    if (place.kind === 'similar')
      return `near “${plain(library.byId(place.id)?.title ?? 'a paper that is not here')}”`;
    return '';
  };
  const how = () => {
    const mode = listing.mode();
    const [first] = listing.papers();
    if (mode && first && listing.hitOf(first.id)?.exact === 'identifier') return 'by its identifier';
    return mode ? MODES[mode] : '';
  };
  /** Papers are shown, but none above the line. */
  const unclear = () =>
    listing.order() === 'best' && listing.papers().length === 0 && listing.rows().length > 0;
  const sentence = () => {
    const { place, query } = bar.address();
    return place.kind === 'topic' && !query ? topics.byId(place.id)?.sentence : undefined;
  };
  return (
    <>
      <PeriodHeading />
      <div class="heading">
        <span role="status">
          <Show
            when={!listing.waiting() && library.phase() !== 'loading'}
            fallback={listing.waiting() ? 'Ranking the papers…' : 'Loading…'}
          >
            <strong>{unclear() ? 'No clear match' : count(listing.papers().length, 'paper')}</strong> {how()}{' '}
            {where()}
          </Show>
        </span>
        <Show when={unclear() || listing.order() === 'similar'} fallback={<ListControls />}>
          <span class="end">{texts.days.orders.similar}</span>
        </Show>
      </div>
      <SelectButton />
      <PlaceActions />
      <Show when={sentence()}>
        <p class="topic-sentence">
          {sentence()}
          <Show when={!meaning.ready()}> For now by words alone: meaning is not ready.</Show>
          <TopicActions />
          <FollowTopic />
        </p>
      </Show>
      <NewLine />
      <GroupActions />
    </>
  );
}

/** The reader's own topics can be removed; the site's are the site's. */
function TopicActions() {
  const { bar, topics, notices } = useSheaf();
  const topic = () => {
    const { place } = bar.address();
    const found = place.kind === 'topic' ? topics.byId(place.id) : undefined;
    return found?.own ? found : undefined;
  };
  const remove = async () => {
    const gone = topic();
    if (!gone) return;
    let removed: Awaited<ReturnType<typeof topics.remove>>;
    try {
      removed = await topics.remove(gone.id);
    } catch (error) {
      notices.warn(sentenceOf(error));
      return;
    }
    bar.go({ place: { kind: 'all' } }, { replace: true });
    const putBack = async (back: NonNullable<typeof removed>) => {
      try {
        await topics.restore(back);
        bar.go({ place: { kind: 'topic', id: back.topic.id }, query: '' });
      } catch (error) {
        notices.warn(sentenceOf(error));
      }
    };
    const kept = removed;
    notices.tell(
      `The topic “${gone.name}” was removed.`,
      kept && { label: 'Undo', run: () => void putBack(kept) },
    );
  };
  return (
    <>
      <Learned />{' '}
      <a class="link" href={bar.link({ page: 'topic' })}>
        {texts.topics.edit}
      </a>
      <Show when={topic()}>
        {' '}
        <button type="button" class="link" onClick={() => void remove()}>
          Remove this topic
        </button>
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
    const [yes, no] = [liked, disliked].map((ids) => ids.filter((paper) => library.byId(paper)).length);
    const parts = [
      yes && `${count(yes, 'paper')} ${yes === 1 ? 'belongs' : 'belong'}`,
      no && `${yes ? no.toLocaleString('en') : count(no, 'paper')} ${no === 1 ? 'does' : 'do'} not`,
    ].filter(Boolean);
    return parts.length > 0 ? `You said that ${parts.join(' and ')}.` : undefined;
  };
  const forget = async () => {
    try {
      const said = await topics.forget(id());
      const undo = () => topics.sayAgain(said).catch((error) => notices.warn(sentenceOf(error)));
      notices.tell(
        'What you said of papers in this topic is forgotten.',
        { label: 'Undo', run: undo },
        ABOUT_OPINIONS,
      );
    } catch (error) {
      notices.warn(sentenceOf(error));
    }
  };
  return (
    <Show when={sentence()}>
      {(text) => (
        <>
          {` ${text()} `}
          <button type="button" class="link" onClick={() => void forget()}>
            Forget what I said
          </button>
        </>
      )}
    </Show>
  );
}
