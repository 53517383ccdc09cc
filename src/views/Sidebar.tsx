import { createEffect, For, on, Show } from 'solid-js';
import type { PageName, Place } from '../state/address.ts';
import type { MarkKind } from '../state/marks.ts';
import type { Topic } from '../state/topics.ts';
import { texts } from '../texts/texts.ts';
import { CommandsButton } from './CommandsButton.tsx';
import { useFirst } from './context.ts';
import { SheafIcon } from './icons.tsx';
import { moveTopicByKey } from './moveTopic.ts';
import { onDemand } from './onDemand.ts';
import { TagPlaces } from './TagPlaces.tsx';

const AddTopic = onDemand('AddTopic');
const Status = onDemand('Status');

export function Sidebar(props: { open: boolean; onClose: () => void; onCommands: () => void }) {
  const sheaf = useFirst();
  const { site, bar, library, topics, marks, news, notices, picked, readingList } = sheaf;
  const groups = () => sheaf.second()?.groups.list() ?? [];
  const moveByKey = (topic: Topic, event: KeyboardEvent) => {
    const work = sheaf.second();
    if (work) void moveTopicByKey({ notices, topics: work.topics }, topic, event);
  };
  // Whatever was chosen in the drawer of a narrow screen, it has done its work.
  createEffect(on(bar.address, () => props.onClose(), { defer: true }));
  /** Words alone place a fraction of a topic's papers: until meaning is there, no number is better than theirs. */
  const belongs = (id: string) =>
    sheaf.second()?.meaning.ready() ? topics.scores(id)?.belonging.length : undefined;
  /** Marks outlive papers that were removed. */
  const marked = (kind: MarkKind) => {
    const ids = marks.with(kind);
    return ids.size === 0 ? 0 : library.papers().filter(({ id }) => ids.has(id)).length;
  };
  return (
    <nav class="sidebar" classList={{ open: props.open }} aria-label={texts.places.name}>
      <a
        class="brand"
        href={bar.link({ place: { kind: 'all' }, query: '', paper: undefined, page: undefined })}
      >
        <SheafIcon />
        {site.name}
      </a>
      <div class="places-fixed">
        <PlaceLink
          place={{ kind: 'all' }}
          name={texts.places.all}
          count={library.phase() === 'loading' ? undefined : library.papers().length}
        />
        <Show when={news.papers().length > 0 || bar.address().place.kind === 'new'}>
          <PlaceLink place={{ kind: 'new' }} name={texts.days.new.place} count={news.papers().length} />
        </Show>
        <PageLink page="dates" name={texts.days.byDate} />
        <PageLink page="map" name={texts.places.map} />
        <Show when={picked.ids().size > 0 || bar.address().place.kind === 'picked'}>
          <PlaceLink place={{ kind: 'picked' }} name={texts.places.picked.name} count={picked.ids().size} />
        </Show>
        <PlaceLink place={{ kind: 'starred' }} name={texts.places.starred} count={marked('starred')} />
        <PlaceLink
          place={{ kind: 'later' }}
          name={texts.reading.readingList}
          count={readingList.ids().length}
        />
        <Show when={marked('read') > 0 || bar.address().place.kind === 'unread'}>
          <PlaceLink
            place={{ kind: 'unread' }}
            name={texts.places.unread}
            count={library.papers().length - marked('read')}
          />
        </Show>
      </div>
      <div class="places">
        <h2 id="topics-heading">{texts.places.topics}</h2>
        <ul aria-labelledby="topics-heading">
          <For each={topics.list()}>
            {(topic) => (
              <li onKeyDown={(event) => moveByKey(topic, event)} data-topic={topic.id}>
                <PlaceLink
                  place={{ kind: 'topic', id: topic.id }}
                  name={topic.name}
                  count={belongs(topic.id)}
                  hue={topic.color}
                />
              </li>
            )}
          </For>
          <Show when={topics.hidden().length > 0}>
            <li>
              <a class="place soft" href={bar.link({ place: { kind: 'all' }, page: 'topic' })}>
                <span class="name">{texts.places.hiddenTopics}</span>
                <span class="number">{topics.hidden().length}</span>
              </a>
            </li>
          </Show>
          <li>
            <Show when={library.phase() !== 'loading'}>
              <AddTopic />
            </Show>
          </li>
        </ul>
        <TagPlaces />
        <Show when={groups().length > 0}>
          <h2 id="groups-heading">{texts.places.groups}</h2>
          <ul aria-labelledby="groups-heading">
            <For each={groups()}>
              {(group) => (
                <li>
                  <PlaceLink
                    place={{ kind: 'group', id: group.id }}
                    name={group.name}
                    count={group.paperIds.length}
                    soft
                  />
                </li>
              )}
            </For>
          </ul>
        </Show>
      </div>
      <div class="places-fixed foot">
        <h2 id="sheaf-heading" class="visually-hidden">
          {texts.places.pages.heading}
        </h2>
        <ul aria-labelledby="sheaf-heading">
          <For
            each={
              [
                ['add', texts.places.pages.add],
                ['digest', texts.days.new.digest],
                ['export', texts.places.pages.export],
                ['model', texts.places.pages.model],
                ['about', texts.places.pages.about],
              ] as const
            }
          >
            {([page, name]) => (
              <li>
                <a
                  class="place soft"
                  href={bar.link({ page })}
                  aria-current={bar.address().page === page ? 'page' : undefined}
                >
                  <span class="name">{name}</span>
                </a>
              </li>
            )}
          </For>
          <li>
            <CommandsButton onPress={props.onCommands} />
          </li>
        </ul>
      </div>
      <Show when={library.phase() !== 'loading'}>
        <Status />
      </Show>
    </nav>
  );
}

function PageLink(props: { page: PageName; name: string }) {
  const { bar } = useFirst();
  return (
    <a
      class="place"
      href={bar.link({ page: props.page })}
      aria-current={bar.address().page === props.page ? 'page' : undefined}
    >
      <span class="name">{props.name}</span>
    </a>
  );
}

function PlaceLink(props: {
  place: Place;
  name: string;
  count?: number | undefined;
  hue?: number;
  soft?: boolean;
}) {
  const { bar } = useFirst();
  const current = () => {
    const { place } = bar.address();
    return (
      place.kind === props.place.kind &&
      ('id' in place ? place.id : '') === ('id' in props.place ? props.place.id : '')
    );
  };
  return (
    <a
      class="place"
      classList={{ soft: props.soft === true }}
      href={bar.link({ place: props.place, page: stays(bar.address().page) })}
      aria-current={current() ? 'page' : undefined}
    >
      <Show when={props.hue !== undefined}>
        <span class={`dot hue-${props.hue}`} />
      </Show>
      <span class="name">{props.name}</span>
      <Show when={props.count !== undefined}>
        <span class="number">{props.count?.toLocaleString('en')}</span>
      </Show>
    </a>
  );
}

/** The map shows what the list does, so it stays while other places are chosen. */
const stays = (page: PageName | undefined) => (page === 'map' ? page : undefined);
