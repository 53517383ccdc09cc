import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import {
  type Bundle,
  type Corpus,
  CorpusError,
  formatDescription,
  openCorpus,
  readDescription,
} from '../corpus/corpus.ts';
import type { ModelOffer } from '../engine/engine.ts';
import type { Paper } from '../paper/paper.ts';
import type { ListAddress } from '../source/elsewhere.ts';
import type { Store } from '../store/store.ts';
import { laterTexts } from '../texts/later.ts';
import { sentenceForReport, sentenceForUndo } from './importReport.ts';
import { LARGE_LIST_SETTING } from './largeList.ts';
import { papersOfRecords } from './largeListPapers.ts';
import { createQuestionVectors, lookForOffer, type QuestionVectors } from './largeListVectors.ts';
import type { Library } from './library.ts';
import type { Meaning } from './meaning.ts';
import { isStop, type Notices, sentenceOf } from './notices.ts';
import type { SiteModels } from './siteOpening.ts';

/** A large list as it is kept between visits. */
export interface KnownList {
  readonly url: string;
  readonly host?: string;
  /** Its description, word for word. */
  readonly text: string;
  readonly title: string;
  readonly papers: number;
  /** One of the site's own models that its vectors were made by; absent where only the reader's model is that. */
  readonly offer?: ModelOffer;
  readonly model: { readonly id: string; readonly name: string };
  /** Under which its parts are kept. */
  readonly key: string;
}

export interface FoundThere {
  readonly phase: 'idle' | 'waiting' | 'searching' | 'done' | 'failed';
  readonly papers: readonly Paper[];
  /** Why there are none, or not all. */
  readonly problem?: string;
  /** Bytes that were fetched for it. */
  readonly moved?: number;
  /** Whether there may be more of them. */
  readonly more?: boolean;
}

export interface LargeListSession {
  readonly offered: Accessor<KnownList | undefined>;
  readonly opened: Accessor<KnownList | undefined>;
  readonly found: Accessor<FoundThere>;
  /** @throws {CorpusError} where it cannot be searched here. */
  offer(address: ListAddress, text: string): Promise<void>;
  accept(): Promise<void>;
  decline(): void;
  /** Opens what was open at the last visit. */
  restore(): Promise<void>;
  close(): Promise<void>;
  more(): void;
  again(): void;
  /** Adds a paper that was found to the library, with an Undo; gives its id there. */
  add(paper: Paper): Promise<string | undefined>;
}

export interface LargeListParts {
  readonly store: Promise<Store>;
  /** Free words of the question. */
  readonly question: Accessor<string>;
  readonly meaning: Meaning;
  readonly siteModels: SiteModels;
  readonly library: Library;
  readonly notices: Notices;
}

/** So many are shown at first, and more at each press. */
const STEP = 10;
/** Typing rests so long before a host is asked, milliseconds. */
const REST = 250;
/** More of a list is not kept: the rest is fetched each time. */
const MOST_KEPT = 256_000_000;
const NOTHING: FoundThere = { phase: 'idle', papers: [] };

export function createLargeListSession(parts: LargeListParts): LargeListSession {
  const { store, question, meaning, library, notices } = parts;
  const [offered, setOffered] = createSignal<KnownList>();
  const [opened, setOpened] = createSignal<KnownList>();
  const [found, setFound] = createSignal<FoundThere>(NOTHING);
  const [wanted, setWanted] = createSignal(STEP);
  const [tries, setTries] = createSignal(0);
  let corpus: Promise<Corpus> | undefined;
  let vectors: QuestionVectors | undefined;

  /** Whether it is the one that is to be open, in all tabs. */
  const isWanted = async ({ key, text }: KnownList) => {
    const now = await (await store).setting<KnownList>(LARGE_LIST_SETTING);
    return now?.key === key && now.text === text;
  };
  /** Begins to read it, with what is kept of it, which may be much: at the first question. */
  const start = async (list: KnownList): Promise<Corpus> => {
    const bundles = await (await store).corpusParts(list.key).catch(() => []);
    let kept = sizeOf(bundles);
    const keep = async (more: readonly Bundle[]) => {
      if (kept > MOST_KEPT || opened() !== list || !(await isWanted(list))) return;
      kept += sizeOf(more);
      // Where there is no room it is fetched again.
      await (await store).putCorpusParts(list.key, more).catch(() => undefined);
      // Closed in another tab meanwhile: that tab may have deleted before this was written.
      if (!(await isWanted(list))) await (await store).deleteCorpusParts(list.key);
    };
    return openCorpus(list.text, list.url, bundles, (more) => void keep(more).catch(() => undefined));
  };
  const leave = () => {
    void corpus?.then(
      (begun) => begun.close(),
      () => undefined,
    );
    vectors?.close();
    [corpus, vectors] = [undefined, undefined];
    setOpened(undefined);
    setFound(NOTHING);
  };
  const open = (list: KnownList) => {
    leave();
    vectors = createQuestionVectors(list, parts);
    setOpened(list);
  };
  onCleanup(leave);
  /** What one tab closes, or replaces, no tab asks any longer. */
  const follow = async () => {
    const list = opened();
    if (!list || (await isWanted(list)) || opened() !== list) return;
    leave();
    notices.tell(laterTexts.large.closedElsewhere(list.title));
  };
  let stopFollowing = () => {};
  onCleanup(() => stopFollowing());
  void store.then((opened) => {
    stopFollowing = opened.onChanged((part) => {
      if (part === 'settings') follow().catch(() => undefined);
    });
  });

  const ask = async (list: KnownList, text: string, count: number, signal: AbortSignal) => {
    await new Promise((resolve) => setTimeout(resolve, REST));
    signal.throwIfAborted();
    const vector = await vectors?.vectorOf(text, signal);
    signal.throwIfAborted();
    if (!vector) return;
    corpus ??= start(list);
    const { records, moved } = await (await corpus).search(vector, count, signal);
    const { papers, refused } = papersOfRecords(records);
    const problem = refused > 0 ? { problem: laterTexts.large.refused } : {};
    const more = records.length === count && count < list.papers;
    setFound({ phase: 'done', papers, moved, more, ...problem });
  };
  createEffect(on(question, () => setWanted(STEP)));
  createEffect(
    on(
      [() => question().trim(), opened, meaning.ready, meaning.contract, wanted, tries],
      ([text, list, ready, , count]) => {
        const stop = new AbortController();
        onCleanup(() => stop.abort());
        if (!list || !text) return void setFound(NOTHING);
        if (!ready) return void setFound({ phase: 'waiting', papers: [] });
        // Those of the question before stand until these are here.
        setFound((before) => ({ ...before, phase: 'searching' }));
        ask(list, text, count, stop.signal).catch((error) => {
          if (isStop(error) || stop.signal.aborted) return;
          setFound({ phase: 'failed', papers: [], problem: sentenceOf(error) });
        });
      },
    ),
  );

  return {
    offered,
    opened,
    found,
    async offer({ url, host }, text) {
      const description = readDescription(text);
      const { title, papers, model, stamp } = description;
      const { offer } = await lookForOffer(parts.siteModels, model.id);
      if (!offer && meaning.modelId() !== model.id)
        throw new CorpusError(laterTexts.large.otherModel(title, model.name));
      // What was read of it, and not what else a stranger wrote beside it.
      const kept = formatDescription(description);
      const about = { url, text: kept, title, papers, model, key: `${stamp} ${url}` };
      setOffered({ ...about, ...(host ? { host } : {}), ...(offer ? { offer } : {}) });
    },
    async accept() {
      const list = offered();
      if (!list) return;
      // At once: of two quick presses one counts.
      setOffered(undefined);
      const before = opened();
      try {
        await (await store).putSetting(LARGE_LIST_SETTING, list);
      } catch (error) {
        setOffered(list);
        throw error;
      }
      // Parts of another version must not be joined with those of this one.
      if (before && (before.key !== list.key || before.text !== list.text)) {
        leave();
        await (await store).deleteCorpusParts(before.key);
      }
      if (await isWanted(list)) open(list);
      notices.tell(laterTexts.large.opened(list.title));
    },
    decline: () => setOffered(undefined),
    async restore() {
      const list = await (await store).setting<KnownList>(LARGE_LIST_SETTING);
      if (list) open(list);
      await follow();
    },
    async close() {
      const list = opened();
      if (!list) return;
      leave();
      await (await store).putSetting(LARGE_LIST_SETTING, undefined);
      await (await store).deleteCorpusParts(list.key);
      notices.tell(laterTexts.large.closed(list.title));
    },
    more: () => setWanted(wanted() + STEP),
    again() {
      vectors?.retry();
      setTries(tries() + 1);
    },
    async add(paper) {
      try {
        const report = await library.addRead({ format: 'json', papers: [paper], rejected: [] });
        const undo = async () => {
          const sentence = await library.undo(report.changes).then(sentenceForUndo, sentenceOf);
          notices.tell(sentence);
        };
        const way = { label: laterTexts.large.undo, run: () => void undo() };
        notices.tell(sentenceForReport(report), report.changes.length > 0 ? way : undefined);
        return [...report.added, ...report.merged, ...report.unchanged][0];
      } catch (error) {
        notices.fail(error);
        return undefined;
      }
    },
  };
}

function sizeOf(bundles: readonly Bundle[]): number {
  return bundles.reduce((sum, { data }) => sum + data.byteLength, 0);
}
