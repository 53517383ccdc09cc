import { createEffect, createMemo, createSignal, onCleanup } from 'solid-js';
import { QUICK_MODEL, SITE_MODEL } from '../engine/origin.ts';
import { createRanker } from '../engine/ranker.ts';
import { allowOwnScripts } from '../offline/own-scripts.ts';
import { type OfflineStatus, registerOffline, tellUp } from '../offline/register.ts';
import type { Store } from '../store/store.ts';
import { texts } from '../texts/texts.ts';
import { parseQuestion } from '../words/question.ts';
import { createAddressBar } from './address.ts';
import { createFollowing } from './following.ts';
import { createGroups } from './groups.ts';
import { createImports } from './imports.ts';
import { createIndexing } from './indexing.ts';
import { openKept } from './keeping.ts';
import { createLargeList } from './largeList.ts';
import { createLayout } from './layout.ts';
import { createLibrary } from './library.ts';
import { createLikes } from './likes.ts';
import { createListing } from './listing.ts';
import { createMapView } from './mapView.ts';
import { createMarks } from './marks.ts';
import { createMeaning, type Meaning } from './meaning.ts';
import { createModels } from './models.ts';
import { createNews } from './news.ts';
import { createNoted } from './noted.ts';
import { createNotes, type Notes } from './notes.ts';
import { createNotices, type Notices } from './notices.ts';
import { createPicked } from './picked.ts';
import { createReadingList } from './readingList.ts';
import { createSearch } from './search.ts';
import { createSelection } from './selection.ts';
import { createSentences } from './sentences.ts';
import { readSite } from './site.ts';
import { createSiteVectors } from './siteVectors.ts';
import { createTags } from './tags.ts';
import { createTelling } from './telling.ts';
import { createTextSize } from './textSize.ts';
import { createTopics } from './topics.ts';
import { createTwins } from './twins.ts';
import { createVisits } from './visits.ts';

export type Sheaf = ReturnType<typeof createSheaf>;

/** Joins the rooms. Called once, inside a Solid root. */
export function createSheaf(base: string) {
  // Before any worker is started.
  allowOwnScripts();
  const notices = createNotices();
  const reload = { label: texts.shell.pageFailed.reload, run: () => location.reload() };
  const site = readSite(base);
  const bar = createAddressBar();
  const store = openKept(notices, reload);
  const [storage, setStorage] = createSignal<Store>();
  void store.then(setStorage);

  const ranker = createRanker();
  void ranker.ended.then((error) => notices.fail(error, { action: reload }));
  onCleanup(() => ranker.close());
  const onRestored = () => {
    void topics.reload();
    void marks.load();
    void notes.load();
    void groups.reloadNames();
  };
  const [listUrl, topicsUrl] = ['papers.json', 'topics.json'].map((path) => new URL(path, base).href) as [
    string,
    string,
  ];
  const library = createLibrary(store, listUrl, notices, onRestored, site.sumOf('papers.json'));
  const indexing = createIndexing(ranker, library, store, notices);
  const indexed = indexing.count;
  const siteModel = (id: string) => ({
    kind: 'site' as const,
    base: new URL(`models/${id}/`, base).href,
    sha256: site.sumOf(`models/${id}/sheaf.json`),
  });
  const siteModels = { quick: siteModel(QUICK_MODEL), best: siteModel(SITE_MODEL) };
  const meaning = createMeaning({
    store,
    indexedPapers: indexing.papers,
    ranker,
    notices,
    siteModels,
    siteVectors: createSiteVectors(base, site.vectors, notices),
  });
  const typed = createMemo(() => bar.address().query);
  const question = createMemo(() => parseQuestion(typed()));
  const largeList = createLargeList(store, () => ({
    store,
    question: () => question().text,
    meaning,
    siteModels,
    library,
    notices,
  }));
  const imports = createImports(library, bar, notices, largeList);
  const marks = createMarks(store, notices);
  const tags = createTags(marks, library);
  const readingList = createReadingList(marks, library);
  const notes = createNotes(store, notices);
  const noted = createNoted({ notes, marks, meaning, store, ranker, notices });
  const selection = createSelection(library);
  const textSize = createTextSize(storage, (percent) => {
    // Absent where the site's code runs in Node.
    const root = globalThis.document?.documentElement;
    if (root) root.style.fontSize = percent === 100 ? '' : `${percent}%`;
  });
  const search = createSearch(
    createMemo(() => question().text),
    ranker,
    // What is written of papers is asked like what is in them.
    createMemo(() => (indexed() === 0 ? 0 : indexed() + noted.version())),
    meaning,
    notices,
  );
  const topics = createTopics(store, topicsUrl, ranker, indexed, meaning, notices, site.sumOf('topics.json'));
  const openGroup = () => {
    const { place } = bar.address();
    return place.kind === 'group' ? place.id : undefined;
  };
  const groups = createGroups(store, ranker, meaning, notices, openGroup);
  const visits = createVisits(
    store,
    () => library.phase() !== 'loading',
    () => void library.load(),
  );
  const following = createFollowing(store, topics, notices);
  const news = createNews(library, visits, following, topics);
  const telling = createTelling({ store, bar, library, following, topics, notices, base });
  const picked = createPicked();
  const mapOpen = createMemo(() => bar.address().page === 'map');
  const layout = createLayout(store, ranker, meaning, notices, mapOpen);
  const likes = createLikes({ question, library, ranker, indexed, meaning });
  const twins = createTwins({ address: bar.address, store, library, ranker, meaning, notices });
  const listing = createListing({
    address: bar.address,
    question,
    library,
    search,
    topics,
    groups,
    marks,
    news,
    visits,
    picked,
    notes,
    tags,
    readingList,
    likes,
    twins,
    meaning,
    ranker,
    indexed,
  });
  const sentences = createSentences(meaning, search);
  const models = createModels(store, meaning, notices, () => bar.address().page === 'model');
  const offline = createOffline(meaning, notices, notes);

  retryOnline(meaning);

  void library.load();
  void topics.load();
  void marks.load();
  void notes.load();
  void meaning.start();

  return {
    bar,
    site,
    question,
    notices,
    store: storage,
    library,
    imports,
    largeList,
    ranker,
    indexed,
    meaning,
    models,
    search,
    topics,
    groups,
    marks,
    visits,
    following,
    news,
    telling,
    picked,
    layout,
    mapView: createMapView(),
    tags,
    readingList,
    notes,
    noted,
    selection,
    textSize,
    likes,
    twins,
    listing,
    sentences,
    offline,
  };
}

/** What failed for want of a network begins again with it. */
function retryOnline(meaning: Meaning): void {
  const retry = () => {
    const [status, climb] = [meaning.status(), meaning.climb.status()];
    if (status.phase === 'failed' && status.again) void meaning.start();
    else if (climb?.phase === 'failed' && climb.again) meaning.climb.again();
  };
  // Absent where the site's code runs in Node.
  globalThis.addEventListener?.('online', retry);
  onCleanup(() => globalThis.removeEventListener?.('online', retry));
}

/**
 * Registers the service worker once the models are here, or known not to come: on a first visit the site is not
 * fetched twice while the reader waits. An update waits for the reader's yes.
 */
function createOffline(meaning: Meaning, notices: Notices, notes: Notes) {
  const [status, setStatus] = createSignal<OfflineStatus>({ phase: 'preparing' });
  let registered = false;
  createEffect(() => {
    const { phase } = meaning.status();
    if (registered || phase === 'starting' || phase === 'downloading') return;
    // The better one fetches the runtime, which the service worker would ask for beside it.
    if (!meaning.settled() && (meaning.climb.status()?.phase ?? 'downloading') === 'downloading') return;
    registered = true;
    registerOffline({
      onStatus: setStatus,
      onUpdate: (accept) => {
        // What is being written first: the page goes as soon as the newer one takes over.
        const run = () => void notes.saveAll().then(accept);
        notices.offer(texts.shell.newer.here, { label: texts.shell.newer.use, run });
      },
      onReplaced: (reload) =>
        notices.offer(texts.shell.newer.inUse, { label: texts.shell.pageFailed.reload, run: reload }),
    });
  });
  return { status, cameUp: () => tellUp(() => notices.warn(texts.shell.newer.withdrawn)) };
}
