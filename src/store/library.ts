import { mergeLists } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';
import {
  mergeSnapshot,
  readSnapshot,
  SNAPSHOT_STORES,
  type Snapshot,
  type SnapshotReport,
} from './backup.ts';
import { type Canary, readCanary, writeCanary } from './canary.ts';
import type { Database, Rows } from './database.ts';
import type { GroupName, LibrarySchema, Mark, Note, Opinion, StoredTopic } from './names.ts';
import { changeTopics, type TopicsChange } from './topic-change.ts';

/** What a merge did, by paper id. */
export interface MergeReport {
  readonly added: string[];
  readonly merged: string[];
  readonly unchanged: string[];
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
  addPapers(incoming: readonly Paper[]): Promise<MergeReport>;
  offerPapers(offer: PapersOffer): Promise<MergeReport>;
  removePapers(ids: readonly string[]): Promise<void>;
  setting<T>(key: string): Promise<T | undefined>;
  putSetting(key: string, value: unknown): Promise<void>;
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
  marks(): Promise<Mark[]>;
  /** Changes what is named and leaves the rest; undefined takes a mark away. */
  mark(paper: string, change: Omit<Mark, 'paper'>): Promise<void>;
  /** As {@link mark}, of many papers: together, or not at all. */
  markAll(changes: readonly Mark[]): Promise<void>;
  notes(): Promise<Note[]>;
  /** A text of nothing but space takes the note away. */
  putNote(note: Note): Promise<void>;
  groupNames(): Promise<GroupName[]>;
  /** An empty name gives the group its found one back. */
  nameGroup(name: GroupName): Promise<void>;
}

/** @param announce called after each change that is kept. */
export function createLibraryTables(
  database: Database<LibrarySchema>,
  announce: (part: LibraryPart) => void,
): LibraryTables {
  /** One change of one part, counted in the same transaction and noted by the canary when it is kept. */
  const change = async <T>(
    part: LibraryPart,
    work: (rows: LibraryRows) => Promise<T>,
    changes: (result: T) => boolean = () => true,
    also: readonly LibraryPart[] = [],
  ): Promise<T> => {
    const noted = readCanary();
    const { result, canary } = await database.change([part, ...also, ...COUNTED], async (rows) => {
      const result = await work(rows);
      return { result, canary: changes(result) ? await countChange(rows, noted) : undefined };
    });
    if (!canary) return result;
    if (database.kind === 'indexeddb') writeCanary(canary);
    announce(part);
    return result;
  };

  return {
    papers: () => database.read(['papers'], (rows) => rows.getAll('papers')),
    addPapers: async (incoming) => {
      // Read, merged and written in one transaction: two tabs that add at once lose nothing.
      const { added, merged, unchanged } = await change(
        'papers',
        async (rows) => {
          const merge = mergeLists(await rows.getAll('papers'), incoming);
          for (const paper of merge.changed) rows.put('papers', paper);
          return merge;
        },
        (merge) => merge.changed.length > 0,
      );
      return { added, merged, unchanged };
    },
    offerPapers: async ({ setting, key, papers, anew }) => {
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
          for (const paper of merge.changed) rows.put('papers', paper);
          const ids = [...offered, ...papers.map(({ id }) => id).filter((id) => !offered.has(id))];
          rows.put('settings', { key: setting, value: { key, ids } satisfies Offered });
          return merge;
        },
        () => true,
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
    topics: () => database.read(['topics'], (rows) => rows.getAll('topics')),
    putTopic: (topic, opinions = []) =>
      change(
        'topics',
        async (rows) => {
          rows.put('topics', topic);
          for (const opinion of opinions) rows.put('opinions', opinion);
        },
        () => true,
        ['opinions'],
      ),
    deleteTopic: (id) =>
      change(
        'topics',
        async (rows) => {
          rows.delete('topics', id);
          return takeOpinions(rows, id);
        },
        () => true,
        ['opinions'],
      ),
    changeTopics: (wanted) =>
      change(
        'topics',
        (rows) => changeTopics(rows, wanted),
        () => true,
        ['opinions'],
      ),
    opinions: () => database.read(['opinions'], (rows) => rows.getAll('opinions')),
    putOpinions: (opinions) =>
      change('opinions', async (rows) => {
        for (const opinion of opinions) rows.put('opinions', opinion);
      }),
    deleteOpinions: (topic, paper) =>
      change(
        'opinions',
        (rows) => takeOpinions(rows, topic, paper),
        (taken) => taken.length > 0,
      ),
    snapshot: () => database.read(SNAPSHOT_STORES, readSnapshot),
    async mergeSnapshot(snapshot) {
      const report = await change(
        'papers',
        (rows) => mergeSnapshot(rows, snapshot),
        undefined,
        SNAPSHOT_STORES,
      );
      // Other tabs are told of papers by the change itself.
      for (const part of SNAPSHOT_STORES) if (part !== 'papers') announce(part);
      return report;
    },
    marks: () => database.read(['marks'], (rows) => rows.getAll('marks')),
    mark: (paper, marked) => change('marks', (rows) => changeMark(rows, { paper, ...marked })),
    markAll: (changes) =>
      change('marks', async (rows) => {
        for (const one of changes) await changeMark(rows, one);
      }),
    notes: () => database.read(['notes'], (rows) => rows.getAll('notes')),
    putNote: (note) =>
      change('notes', async (rows) => {
        if (note.text.trim()) rows.put('notes', note);
        else rows.delete('notes', note.paper);
      }),
    groupNames: () => database.read(['group-names'], (rows) => rows.getAll('group-names')),
    nameGroup: ({ id, name }) =>
      change('group-names', async (rows) => {
        if (name.trim()) rows.put('group-names', { id, name: name.trim() });
        else rows.delete('group-names', id);
      }),
  };
}

/** Puts what is left of a mark when what is undefined or empty is taken away. */
async function changeMark(rows: LibraryRows, change: Mark): Promise<void> {
  const wanted = { ...(await rows.get('marks', change.paper)), ...change };
  const left = Object.entries(wanted).filter(
    ([name, value]) =>
      name !== 'paper' && value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  if (left.length === 0) rows.delete('marks', change.paper);
  else rows.put('marks', { ...Object.fromEntries(left), paper: change.paper });
}

/** Deletes what was said in a topic, of one paper or of all, and gives it. */
async function takeOpinions(rows: LibraryRows, topic: string, paper?: string): Promise<Opinion[]> {
  const all = await rows.getAll('opinions', { prefix: topic });
  const taken = all.filter((opinion) => paper === undefined || opinion.paper === paper);
  for (const opinion of taken) rows.delete('opinions', [topic, opinion.paper]);
  return taken;
}

const COUNTED: ('papers' | 'meta')[] = ['papers', 'meta'];

/** What the library says of itself, to be held against the canary. */
export function countLibrary(database: Database<LibrarySchema>): Promise<Canary> {
  return database.read(COUNTED, countRows);
}

async function countRows(rows: LibraryRows): Promise<Canary> {
  const epoch = await rows.get('meta', 'epoch');
  return { papers: await rows.count('papers'), epoch: typeof epoch?.value === 'number' ? epoch.value : 0 };
}

/** After a loss the count goes on from the canary's, so that the next visit does not report it again. */
async function countChange(rows: LibraryRows, noted: Canary | undefined): Promise<Canary> {
  const { papers, epoch: counted } = await countRows(rows);
  const epoch = Math.max(counted, noted?.epoch ?? 0) + 1;
  rows.put('meta', { key: 'epoch', value: epoch });
  return { papers, epoch };
}
