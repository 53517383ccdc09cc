import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { askForNotifications, notificationPermission, showNotification } from '../offline/notification.ts';
import type { Paper } from '../paper/paper.ts';
import type { Store } from '../store/store.ts';
import { laterTexts } from '../texts/later.ts';
import type { AddressBar } from './address.ts';
import type { Following } from './following.ts';
import type { Library } from './library.ts';
import { groupByTopic } from './news.ts';
import type { Notices } from './notices.ts';
import type { Topics } from './topics.ts';

/** Setting that says that the reader wants to be told of new papers. */
const TELL_SETTING = 'tell-new';
/** How often it is looked whether new papers are ranked by topic, milliseconds; more that come meanwhile join them. */
const RANKING_MS = 3_000;
/** Looks after which they are told of as they are ranked by words, or not at all: without a model there is no more. */
const MOST_LOOKS = 10;
/** How often an open page looks at the site's list when the reader wants to be told, milliseconds. */
const LOOK_MS = 60 * 60_000;

export interface Telling {
  readonly wanted: Accessor<boolean>;
  /** What the browser says. */
  readonly permission: Accessor<NotificationPermission | 'unavailable'>;
  /** For a press of the reader's: the browser may ask them. */
  ask(): Promise<void>;
  stop(): Promise<void>;
}

interface Parts {
  readonly store: Promise<Store>;
  readonly bar: AddressBar;
  readonly library: Library;
  readonly following: Following;
  readonly topics: Topics;
  readonly notices: Notices;
  /** Address of the site, with a slash at the end. */
  readonly base: string;
}

/** One notification, with counts by followed topic, when papers arrive while the page is out of sight. */
export function createTelling({ store, bar, library, following, topics, notices, base }: Parts): Telling {
  const [wanted, setWanted] = createSignal(false);
  const [permission, setPermission] = createSignal(notificationPermission());
  const read = async () => setWanted((await (await store).setting<boolean>(TELL_SETTING)) === true);
  const reload = () => void read().catch((error) => notices.fail(error));
  reload();
  void store.then((kept) => kept.onChanged((part) => part === 'settings' && reload()));

  const hidden = () => document.visibilityState === 'hidden';
  const now = () => new Date().toISOString();
  /** Papers that came after this moment have not been seen, and not told of. */
  let from = new Date(performance.timeOrigin).toISOString();
  const follow = () => {
    if (hidden()) from = now();
    setPermission(notificationPermission());
  };
  addEventListener('visibilitychange', follow);

  const arrived = () => library.papers().filter(({ added }) => added !== undefined && added > from);
  /** By meaning, too: words alone leave some out. A topic that knows the papers stands for all, which are ranked together. */
  const ranked = (papers: readonly Paper[]) => {
    const [first] = following.topics();
    const scored = (first && topics.scores(first.id)?.papers) ?? [];
    const known = new Set(
      scored.flatMap(({ id, features }) =>
        (features.text?.z ?? features.like?.z) === undefined ? [] : [id],
      ),
    );
    return !first || papers.every(({ id }) => known.has(id));
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (look: number) => {
    timer = undefined;
    const papers = arrived();
    if (hidden() && look < MOST_LOOKS && !ranked(papers)) {
      timer = setTimeout(() => tell(look + 1), RANKING_MS);
      return;
    }
    from = now();
    if (!hidden() || papers.length === 0) return;
    const groups = groupByTopic(papers, following.topics(), topics);
    const lines = groups.flatMap(({ topic, papers: of }) => (topic ? [`${topic.name} ${of.length}`] : []));
    void showNotification(
      {
        title: laterTexts.days.digest.tell.heading(papers.length),
        body: lines.join(', ') || laterTexts.days.digest.tell.none,
        tag: 'sheaf-new',
        icon: new URL('icon-192.png', base).href,
      },
      () => bar.go({ place: { kind: 'new' }, query: '', paper: undefined, page: undefined }),
    ).catch(() => undefined);
  };
  createEffect(
    on([library.papers, wanted], () => {
      if (!wanted() || permission() !== 'granted' || !hidden() || arrived().length === 0) return;
      timer ??= setTimeout(() => tell(1), RANKING_MS);
    }),
  );
  createEffect(() => {
    if (!wanted()) return;
    const looking = setInterval(() => void library.load(), LOOK_MS);
    onCleanup(() => clearInterval(looking));
  });
  onCleanup(() => {
    clearTimeout(timer);
    removeEventListener('visibilitychange', follow);
  });

  const keep = async (on: boolean) => {
    await (await store).putSetting(TELL_SETTING, on);
    setWanted(on);
  };
  return {
    wanted,
    permission,
    async ask() {
      setPermission(await askForNotifications());
      if (permission() === 'granted') await keep(true);
    },
    stop: () => keep(false),
  };
}
