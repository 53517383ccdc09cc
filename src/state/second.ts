import { type Accessor, createMemo, onCleanup } from 'solid-js';
import { QUICK_MODEL, SITE_MODEL } from '../engine/origin.ts';
import { createRanker, type Ranker } from '../engine/ranker.ts';
import type { Hit } from '../ranking/hit.ts';
import { completeStore } from '../store/store.ts';
import { createGroups, type Groups } from './groups.ts';
import { createImports, type Imports } from './imports.ts';
import { createIndexing } from './indexing.ts';
import { createLargeList, type LargeList } from './largeList.ts';
import { createLayout, type Layout } from './layout.ts';
import { createLikes, type Likes } from './likes.ts';
import { createMapView, type MapView } from './mapView.ts';
import { createMeaning, type Meaning } from './meaning.ts';
import { createModels, type Models } from './models.ts';
import { createNoted, type Noted } from './noted.ts';
import { createNotes, type Notes } from './notes.ts';
import { createOffline, type Offline } from './offline.ts';
import { createSearch, type Search } from './search.ts';
import { createSentences, type Sentences } from './sentences.ts';
import type { FirstSheaf } from './sheaf.ts';
import { createSimilar } from './similar.ts';
import { createSiteVectors } from './siteVectors.ts';
import { createTelling, type Telling } from './telling.ts';
import { createTopicWork, type TopicWork } from './topicWork.ts';
import { createTwins, type Twins } from './twins.ts';

/** What works on the papers that the first list shows. */
export interface Second {
  readonly imports: Imports;
  readonly largeList: LargeList;
  readonly ranker: Ranker;
  /** See {@link Indexing.count}. */
  readonly indexed: Accessor<number>;
  readonly meaning: Meaning;
  readonly models: Models;
  readonly search: Search;
  readonly topics: TopicWork;
  readonly groups: Groups;
  readonly telling: Telling;
  readonly layout: Layout;
  readonly mapView: MapView;
  readonly notes: Notes;
  readonly noted: Noted;
  readonly likes: Likes;
  /** Papers near the one whose place is open, nearest first. */
  readonly similar: Accessor<readonly Hit[]>;
  readonly twins: Twins;
  readonly sentences: Sentences;
  readonly offline: Offline;
}

/** Called once, by the owner of the first half. */
export function createSecond(first: Omit<FirstSheaf, 'second'>): Second {
  const { base, bar, following, library, marks, notices, question, site } = first;
  const store = first.opening.then(completeStore);
  const notes = createNotes(first.notes, store);
  const ranker = createRanker();
  void ranker.ended.then((error) => notices.fail(error, { action: first.reload }));
  onCleanup(() => ranker.close());
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
  const largeList = createLargeList(store, () => ({
    store,
    question: () => question().text,
    meaning,
    siteModels,
    library,
    notices,
  }));
  const imports = createImports(library, bar, notices, largeList);
  const noted = createNoted({ notes, marks, meaning, store, ranker, notices });
  const search = createSearch(
    createMemo(() => question().text),
    ranker,
    // What is written of papers is asked like what is in them.
    createMemo(() => (indexed() === 0 ? 0 : indexed() + noted.version())),
    meaning,
    notices,
  );
  const topics = createTopicWork({ topics: first.topics, store, ranker, indexed, meaning, notices });
  const openGroup = () => {
    const { place } = bar.address();
    return place.kind === 'group' ? place.id : undefined;
  };
  const groups = createGroups(store, ranker, meaning, notices, openGroup);
  const telling = createTelling({ store, bar, library, following, topics, notices, base });
  const mapOpen = createMemo(() => bar.address().page === 'map');
  const layout = createLayout(store, ranker, meaning, notices, mapOpen);
  const likes = createLikes({ question, library, ranker, indexed, meaning });
  const similar = createSimilar({ address: bar.address, ranker, indexed, meaning });
  const twins = createTwins({ address: bar.address, store, library, ranker, meaning, notices });
  const sentences = createSentences(meaning, search);
  const models = createModels(store, meaning, notices, () => bar.address().page === 'model');
  const offline = createOffline(meaning, notices, notes);

  retryOnline(meaning);
  void meaning.start();

  return {
    imports,
    largeList,
    ranker,
    indexed,
    meaning,
    models,
    search,
    topics,
    groups,
    telling,
    layout,
    mapView: createMapView(),
    notes,
    noted,
    likes,
    similar,
    twins,
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
