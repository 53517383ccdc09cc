import { createMemo, createSignal, getOwner, runWithOwner } from 'solid-js';
import { allowOwnScripts } from '../offline/own-scripts.ts';
import type { FirstStore } from '../store/store.ts';
import { texts } from '../texts/texts.ts';
import { parseQuestion } from '../words/question.ts';
import { createAddressBar } from './address.ts';
import { createFollowing } from './following.ts';
import { openKept } from './keeping.ts';
import { createKeptNotes } from './keptNotes.ts';
import { createLibrary } from './library.ts';
import { createListing } from './listing.ts';
import { loadSecond } from './loadSecond.ts';
import { createMarks } from './marks.ts';
import { createNews } from './news.ts';
import { createNotices } from './notices.ts';
import { createPicked } from './picked.ts';
import { createReadingList } from './readingList.ts';
import type { Second } from './second.ts';
import { createSelection } from './selection.ts';
import { readSite } from './site.ts';
import { createTags } from './tags.ts';
import { createTextSize } from './textSize.ts';
import { createTopics } from './topics.ts';
import { createVisits } from './visits.ts';

/** What the first list is drawn from. */
export type FirstSheaf = ReturnType<typeof createSheaf>;
/** All of it, once the second file of code is here. */
export type Sheaf = Omit<FirstSheaf, keyof Second | 'second'> & Second;

/** Joins the rooms. Called once, inside a Solid root. */
export function createSheaf(base: string) {
  // Before any worker is started.
  allowOwnScripts();
  const notices = createNotices();
  const reload = { label: texts.shell.pageFailed.reload, run: () => location.reload() };
  const site = readSite(base);
  const bar = createAddressBar();
  const [second, setSecond] = createSignal<Second>();
  const store = openKept(notices, reload);
  const [storage, setStorage] = createSignal<FirstStore>();
  void store.then(setStorage);

  const onRestored = () => {
    void topics.reload();
    void marks.load();
    void notes.load();
    void second()?.groups.reloadNames();
  };
  const [listUrl, topicsUrl] = ['papers.json', 'topics.json'].map((path) => new URL(path, base).href) as [
    string,
    string,
  ];
  const library = createLibrary(store, listUrl, notices, onRestored, site.sumOf('papers.json'));
  const typed = createMemo(() => bar.address().query);
  const question = createMemo(() => parseQuestion(typed()));
  const marks = createMarks(store, notices);
  const tags = createTags(marks, library);
  const readingList = createReadingList(marks, library);
  const notes = createKeptNotes(store, notices);
  const selection = createSelection(library);
  const textSize = createTextSize(storage, (percent) => {
    // Absent where the site's code runs in Node.
    const root = globalThis.document?.documentElement;
    if (root) root.style.fontSize = percent === 100 ? '' : `${percent}%`;
  });
  const scored = () => second()?.topics.scored();
  const topics = createTopics(store, topicsUrl, scored, notices, site.sumOf('topics.json'));
  const visits = createVisits(
    store,
    () => library.phase() !== 'loading',
    () => void library.load(),
  );
  const following = createFollowing(store, topics, notices);
  const news = createNews(library, visits, following, topics);
  const picked = createPicked();
  const listing = createListing({
    address: bar.address,
    question,
    library,
    topics,
    marks,
    news,
    visits,
    picked,
    notes,
    tags,
    readingList,
    second,
  });

  void library.load();
  void topics.load();
  void marks.load();
  void notes.load();

  const first = {
    base,
    reload,
    bar,
    site,
    question,
    notices,
    /** While it opens. */
    opening: store,
    store: storage,
    library,
    topics,
    marks,
    visits,
    following,
    news,
    picked,
    tags,
    readingList,
    notes,
    selection,
    textSize,
    listing,
  };
  const owner = getOwner();
  loadSecond()
    .then(({ createSecond }) => void runWithOwner(owner, () => setSecond(createSecond(first))))
    .catch((error) => notices.fail(error, { kind: 'page', text: texts.shell.notLoaded, action: reload }));
  return { ...first, second };
}
