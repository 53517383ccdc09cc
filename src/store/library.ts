import { mergeLists } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';
import type { Snapshot, SnapshotReport } from './backup.ts';
import { readCanary, writeCanary } from './canary.ts';
import { copiedWith } from './copies.ts';
import { COUNTED, countChange } from './counting.ts';
import type { Database, Rows } from './database.ts';
import { keepChange, recorded } from './journal.ts';
import { loadSecond } from './loadSecond.ts';
import {
  type GroupName,
  type LibrarySchema,
  type Mark,
  type Note,
  type Opinion,
  SNAPSHOT_STORES,
  type StoredTopic,
} from './names.ts';
import { changeMark, putPapers, retag, type TagsOf, takeOpinions } from './rows.ts';
import type { TopicsChange } from './topic-change.ts';
import type { RowChange, UndoReport } from './undo.ts';

/** What a merge did, by paper id. */
export interface MergeReport {
  readonly added: string[];
  readonly merged: string[];
  readonly unchanged: string[];
}

/** With what is needed to take it back. */
export interface AddReport extends MergeReport {
  readonly changes: readonly RowChange[];
}

/** A list that comes again and again, as the site's does. */
export interface PapersOffer {
  /** Setting that remembers which papers were offered. */
  readonly setting: string;
  /** Of the list as it is now. */
  readonly key: string;
  readonly papers: readonly Paper[];
  /** Also those offered before and not here: after a loss they were not removed by the reader. */
  readonly anew: boolean;
  /** See {@link LibraryTables.addPapers}. */
  readonly came?: string;
}

/** What the setting of an offer holds. */
export interface Offered {
  readonly key: string;
  /** Every paper that was ever offered. */
  readonly ids: readonly string[];
}

/** Which part of the library changed. */
export type LibraryPart = 'papers' | 'topics' | 'opinions' | 'marks' | 'notes' | 'group-names' | 'settings';

type LibraryRows = Rows<LibrarySchema>;

/** What the reader made or chose: see {@link Store} for each function. */
export interface LibraryTables {
  papers(): Promise<Paper[]>;
  /**
   * @param came when, ISO 8601: kept as `added` of the papers that are new here, by default now; null for papers that come back as
   * they were.
   */
  addPapers(incoming: readonly Paper[], came?: string | null): Promise<AddReport>;
  offerPapers(offer: PapersOffer): Promise<MergeReport>;
  removePapers(ids: readonly string[]): Promise<void>;
  setting<T>(key: string): Promise<T | undefined>;
  putSetting(key: string, value: unknown): Promise<void>;
  /** What the setting is from what it was, in one transaction; gives the new value. The same one back is no change. */
  changeSetting<T>(key: string, next: (before: T | undefined) => T): Promise<T>;
  topics(): Promise<StoredTopic[]>;
  /** @param opinions of a topic that comes back. */
  putTopic(topic: StoredTopic, opinions?: readonly Opinion[]): Promise<void>;
  /** With what the reader said of papers in it, which it gives. */
  deleteTopic(id: string): Promise<Opinion[]>;
  /** All of it together, or none. Gives the change that takes it back. */
  changeTopics(change: TopicsChange): Promise<TopicsChange>;
  opinions(): Promise<Opinion[]>;
  /** Together, or not at all. */
  putOpinions(opinions: readonly Opinion[]): Promise<void>;
  /** Of one paper, or of all papers in the topic; gives what there was. */
  deleteOpinions(topic: string, paper?: string): Promise<Opinion[]>;
  /** All of it at one moment. */
  snapshot(): Promise<Snapshot>;
  mergeSnapshot(snapshot: Snapshot): Promise<SnapshotReport>;
  /** Takes back what `addPapers` and `mergeSnapshot` did, in their order; what was changed since stays. */
  undo(changes: readonly RowChange[]): Promise<UndoReport>;
  marks(): Promise<Mark[]>;
  /** Changes what is named and leaves the rest; undefined takes a mark away. */
  mark(paper: string, change: Omit<Mark, 'paper'>): Promise<Mark>;
  /** As {@link mark}, of many papers: together, or not at all. Both give what takes it back. */
  markAll(changes: readonly Mark[]): Promise<Mark[]>;
  /**
   * Gives papers other tags, by default all that have any; `tagsOf` is told what each has as it is written, so
   * that two tabs lose nothing. Gives what those that changed had before.
   */
  retag(tagsOf: TagsOf, papers?: readonly string[]): Promise<Mark[]>;
  notes(): Promise<Note[]>;
  /** A text of nothing but space takes the note away. Gives the note that was there. */
  putNote(note: Note): Promise<Note | undefined>;
  /**
   * As {@link putNote}, for a text that was made of `base`. Where another tab has changed the note since, both
   * changes are kept, by `mergeEdits`. Gives the text as it is kept.
   */
  editNote(note: Note, base: string): Promise<string>;
  groupNames(): Promise<GroupName[]>;
  /** An empty name gives the group its found one back. */
  nameGroup(name: GroupName): Promise<void>;
}

/**
 * @param noted whether the canary and the journal are told of changes: of none that nothing keeps.
 * @param waits whether copies wait to be put back.
 * @param announce called after each change that is kept.
 */
export function createLibraryTables(
  database: Database<LibrarySchema>,
  { noted, waits }: { readonly noted: boolean; readonly waits: boolean },
  announce: (part: LibraryPart) => void,
): LibraryTables {
  /** One change of one part, counted in the same transaction, and noted by journal and canary when it is kept. */
  const change = async <T>(
    part: LibraryPart,
    work: (rows: LibraryRows) => Promise<T>,
    also: readonly LibraryPart[] = [],
  ): Promise<T> => {
    const last = noted ? readCanary() : undefined;
    const { result, canary, steps } = await database.change([part, ...also, ...COUNTED], async (rows) => {
      const { result, steps } = await recorded(rows, work);
      // What writes nothing is no change.
      const counted = steps.length > 0 ? await countChange(rows, last, copiedWith(part), waits) : undefined;
      return { result, steps, canary: counted };
    });
    if (!canary) return result;
    if (noted) {
      await keepChange(canary, steps, database.kind === 'memory');
      writeCanary(canary);
    }
    announce(part);
    return result;
  };

  return {
    papers: () => database.read(['papers'], (rows) => rows.getAll('papers')),
    addPapers: async (incoming, came = new Date().toISOString()) => {
      const { noteChanges } = await loadSecond();
      // Read, merged and written in one transaction: two tabs that add at once lose nothing.
      const { added, merged, unchanged, changes } = await change('papers', async (transaction) => {
        const papers = await transaction.getAll('papers');
        const { rows, changes } = noteChanges(transaction, { papers });
        const merge = mergeLists(papers, incoming);
        putPapers(rows, merge, came);
        return { ...merge, changes };
      });
      return { added, merged, unchanged, changes };
    },
    offerPapers: async ({ setting, key, papers, anew, came = new Date().toISOString() }) => {
      const { added, merged, unchanged } = await change(
        'papers',
        async (rows) => {
          const kept = await rows.getAll('papers');
          const here = new Set(kept.map(({ id }) => id));
          const before = (await rows.get('settings', setting))?.value as Partial<Offered> | undefined;
          const offered = new Set(before?.ids);
          // Offered before and not here: the reader has removed it.
          const wanted = papers.filter(({ id }) => anew || here.has(id) || !offered.has(id));
          const merge = mergeLists(kept, wanted);
          putPapers(rows, merge, came);
          const ids = [...offered, ...papers.map(({ id }) => id).filter((id) => !offered.has(id))];
          rows.put('settings', { key: setting, value: { key, ids } satisfies Offered });
          return merge;
        },
        ['settings'],
      );
      return { added, merged, unchanged };
    },
    removePapers: (ids) =>
      change('papers', async (rows) => {
        for (const id of ids) rows.delete('papers', id);
      }),
    setting: async <T>(key: string) =>
      (await database.read(['settings'], (rows) => rows.get('settings', key)))?.value as T | undefined,
    putSetting: (key, value) =>
      change('settings', async (rows) => {
        rows.put('settings', { key, value });
      }),
    changeSetting: async <T>(key: string, next: (before: T | undefined) => T) => {
      const { now } = await change('settings', async (rows) => {
        const before = (await rows.get('settings', key))?.value as T | undefined;
        const now = next(before);
        if (now !== before) rows.put('settings', { key, value: now });
        return { now };
      });
      return now;
    },
    topics: () => database.read(['topics'], (rows) => rows.getAll('topics')),
    putTopic: (topic, opinions = []) =>
      change(
        'topics',
        async (rows) => {
          rows.put('topics', topic);
          for (const opinion of opinions) rows.put('opinions', opinion);
        },
        ['opinions'],
      ),
    deleteTopic: (id) =>
      change(
        'topics',
        async (rows) => {
          rows.delete('topics', id);
          return takeOpinions(rows, id);
        },
        ['opinions'],
      ),
    async changeTopics(wanted) {
      const { changeTopics } = await loadSecond();
      return change('topics', (rows) => changeTopics(rows, wanted), ['opinions']);
    },
    opinions: () => database.read(['opinions'], (rows) => rows.getAll('opinions')),
    putOpinions: (opinions) =>
      change('opinions', async (rows) => {
        for (const opinion of opinions) rows.put('opinions', opinion);
      }),
    deleteOpinions: (topic, paper) => change('opinions', (rows) => takeOpinions(rows, topic, paper)),
    async snapshot() {
      const { readSnapshot } = await loadSecond();
      return database.read(SNAPSHOT_STORES, readSnapshot);
    },
    async mergeSnapshot(snapshot) {
      const { mergeSnapshot } = await loadSecond();
      const report = await change('papers', (rows) => mergeSnapshot(rows, snapshot), SNAPSHOT_STORES);
      // Other tabs are told of papers by the change itself.
      for (const part of SNAPSHOT_STORES) if (part !== 'papers') announce(part);
      return report;
    },
    async undo(changes) {
      const { undoChanges } = await loadSecond();
      const report = await change('papers', (rows) => undoChanges(rows, changes), SNAPSHOT_STORES);
      const parts = new Set(changes.map(({ part }) => part));
      for (const part of parts) if (part !== 'papers') announce(part);
      return report;
    },
    marks: () => database.read(['marks'], (rows) => rows.getAll('marks')),
    mark: (paper, marked) => change('marks', (rows) => changeMark(rows, { paper, ...marked })),
    markAll: (changes) =>
      change('marks', async (rows) => {
        const back: Mark[] = [];
        for (const one of changes) back.unshift(await changeMark(rows, one));
        return back;
      }),
    retag: (tagsOf, papers) => change('marks', (rows) => retag(rows, tagsOf, papers)),
    notes: () => database.read(['notes'], (rows) => rows.getAll('notes')),
    putNote: (note) =>
      change('notes', async (rows) => {
        const before = await rows.get('notes', note.paper);
        if (note.text.trim()) rows.put('notes', note);
        else rows.delete('notes', note.paper);
        return before;
      }),
    async editNote(note, base) {
      const { mergeEdits } = await loadSecond();
      return change('notes', async (rows) => {
        const here = (await rows.get('notes', note.paper))?.text ?? '';
        const text = mergeEdits(base.trim() ? base : '', note.text, here);
        if (text.trim()) rows.put('notes', { ...note, text });
        else rows.delete('notes', note.paper);
        return text;
      });
    },
    groupNames: () => database.read(['group-names'], (rows) => rows.getAll('group-names')),
    nameGroup: ({ id, name }) =>
      change('group-names', async (rows) => {
        if (name.trim()) rows.put('group-names', { id, name: name.trim() });
        else rows.delete('group-names', id);
      }),
  };
}
