import { type Accessor, createMemo, createSignal } from 'solid-js';
import { dateOf } from '../paper/calendar.ts';
import { compareDates, localDay } from '../paper/date.ts';
import type { Paper } from '../paper/paper.ts';
import { contentKey } from '../paper/text.ts';
import type { WrittenBackup } from '../source/backup.ts';
import type { ColumnChoice } from '../source/csv.ts';
import { fetchList } from '../source/fetch.ts';
import type { SourceResult } from '../source/result.ts';
import type { FirstStore, Offered, RowChange, UndoReport } from '../store/store.ts';
import { texts } from '../texts/texts.ts';
import type { ImportReport } from './importReport.ts';
import { isStop, type Notices, sentenceOf } from './notices.ts';

export interface Library {
  /** Every paper, newest first. */
  readonly papers: Accessor<readonly Paper[]>;
  readonly byId: (id: string) => Paper | undefined;
  /** `loading` until the first papers are here or it is known that none are. */
  readonly phase: Accessor<'loading' | 'ready' | 'failed'>;
  /** Why the site's list could not be had; the papers kept are still shown. */
  readonly problem: Accessor<string | undefined>;
  /** False where the papers are only here until the page is closed. */
  readonly kept: Accessor<boolean>;
  /** Loads what is kept, then the site's list. Called once, and again by "try again". */
  load(): Promise<void>;
  /**
   * Adds the papers of a text; nothing is changed when it throws.
   * @param choice of a table: what its columns are.
   */
  add(text: string, choice?: ColumnChoice): Promise<ImportReport>;
  /** Adds papers that have been read. */
  addRead(read: SourceResult): Promise<ImportReport>;
  /** Takes imports back, in their order; what was changed since stays. */
  undo(changes: readonly RowChange[]): Promise<UndoReport>;
  /** All that the reader made or chose, as one text, which `add` takes back. */
  backup(): Promise<WrittenBackup>;
  remove(ids: readonly string[]): Promise<void>;
  /** Puts papers back as they were: the undo of {@link remove}. */
  restore(papers: readonly Paper[]): Promise<void>;
}

/** Setting that holds what the site's list has offered. */
const LIST_SETTING = 'site-list';

/**
 * @param onRestored topics, opinions and marks have come with a backup.
 * @param sha256 of the list, as the page says.
 */
export function createLibrary(
  store: Promise<FirstStore>,
  listUrl: string,
  notices: Notices,
  onRestored: () => void,
  sha256?: string,
): Library {
  const [papers, setPapers] = createSignal<readonly Paper[]>([]);
  const [phase, setPhase] = createSignal<'loading' | 'ready' | 'failed'>('loading');
  const [problem, setProblem] = createSignal<string>();
  const [kept, setKept] = createSignal(true);
  const index = createMemo(() => new Map(papers().map((paper) => [paper.id, paper])));

  /** A paper that has not changed stays the same object, so that its row is not drawn again. */
  const show = (list: readonly Paper[]) => {
    const shown = index();
    const same = (paper: Paper) => {
      const before = shown.get(paper.id);
      return before && JSON.stringify(before) === JSON.stringify(paper) ? before : paper;
    };
    setPapers(list.map(same).sort(byDate));
    setPhase('ready');
  };
  const reload = async () => show(await (await store).papers());

  /** The site's list, once a version of it: a reader who removed a paper does not get it back. */
  const mergeSiteList = async (list: SourceResult, came: string) => {
    const opened = await store;
    const key = contentKey(JSON.stringify(list.papers));
    // After a loss the setting may have outlived the papers.
    const anew = opened.lost;
    const known = !anew && (await opened.setting<Partial<Offered>>(LIST_SETTING))?.key === key;
    // Read again all the same: where the reader has removed every paper, the list itself was shown.
    if (known) return reload();
    await opened.offerPapers({ setting: LIST_SETTING, key, papers: list.papers, anew, came });
    await reload();
  };

  /** What is kept here; nothing, with a sentence, where it cannot be read. */
  const readKept = async (): Promise<readonly Paper[]> => {
    try {
      return await (await store).papers();
    } catch (error) {
      setKept(false);
      notices.fail(error);
      return [];
    }
  };

  /** The site's list is being written: what a reader does with papers that are shown already comes after it. */
  let merging: Promise<unknown> = Promise.resolve();
  const settled = async () => {
    await merging;
    return store;
  };

  const load = async () => {
    setProblem(undefined);
    const listing = fetchList(listUrl, { today: today(), sha256 });
    // Handled below; without this a store that is slower than a failing fetch reports it as unhandled.
    listing.catch(() => undefined);
    const before = await readKept();
    if (before.length > 0) show(before);
    try {
      const list = await listing;
      // First paint of a first visit does not wait for the list to be written.
      const came = new Date().toISOString();
      // As they will be kept, so that a row is not drawn and read again when they are.
      if (before.length === 0) show(list.papers.map((paper) => ({ ...paper, added: came })));
      merging = mergeSiteList(list, came).catch((error) => {
        setKept(false);
        notices.fail(error);
      });
      await merging;
      const [first] = list.rejected;
      if (first) notices.warn(texts.list.siteListUnread(list.rejected.length, first.place, first.reason));
    } catch (error) {
      if (isStop(error)) return;
      setProblem(sentenceOf(error));
      if (papers().length === 0) setPhase('failed');
    }
  };

  /** What a reader brought is worth asking the browser to keep when the disk is full. */
  const askToKeep = () => void store.then((opened) => opened.persist()).catch(() => undefined);

  const addRead = async (read: SourceResult): Promise<ImportReport> => {
    const report = await (await settled()).addPapers(read.papers);
    await reload();
    askToKeep();
    const { format, listed, rejected, notes = [] } = read;
    const total = read.papers.length + rejected.length;
    return { ...report, format, rejected, notes, total, ...(listed ? { listed } : {}) };
  };

  void store.then((opened) => {
    if (opened.kind === 'memory') setKept(false);
    opened.onChanged((part) => {
      if (part === 'papers') reload().catch((error) => notices.fail(error));
    });
  });

  return {
    papers,
    byId: (id) => index().get(id),
    phase,
    problem,
    kept,
    load,
    async backup() {
      const { writeBackup } = await import('../source/backup.ts');
      return writeBackup(await (await store).snapshot(), new Date().toISOString());
    },
    async add(text, choice) {
      const [{ isBackup, readBackup }, { readAny }] = await Promise.all([
        import('../source/backup.ts'),
        import('../source/source.ts'),
      ]);
      if (!isBackup(text)) return addRead(await readAny(text, { today: today() }, choice));
      const { rejected, ...snapshot } = readBackup(text);
      const { topics, opinions, marks, notes, ...merge } = await (await settled()).mergeSnapshot(snapshot);
      await reload();
      onRestored();
      askToKeep();
      return {
        ...merge,
        rejected,
        notes: [],
        total: snapshot.papers.length + rejected.length,
        restored: { topics, opinions, marks, notes },
      };
    },
    addRead,
    async undo(changes) {
      const report = await (await settled()).undo(changes);
      await reload();
      onRestored();
      return report;
    },
    async restore(list) {
      await (await settled()).addPapers(list, null);
      await reload();
    },
    async remove(ids) {
      await (await settled()).removePapers(ids);
      await reload();
    },
  };
}

function byDate(a: Paper, b: Paper): number {
  return compareDates(dateOf(b), dateOf(a)) || (a.title < b.title ? -1 : 1);
}

/** The reader's day, ISO 8601: the clock is read here so that the pure rooms need none. */
export function today(): string {
  return localDay(new Date());
}
