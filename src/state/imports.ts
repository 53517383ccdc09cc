import { type Accessor, createMemo, createSignal } from 'solid-js';
import { isDescription } from '../corpus/format.ts';
import { takeLaunches } from '../offline/launched.ts';
import { takeShared } from '../offline/shared.ts';
import { readFile } from '../source/body.ts';
import type { ColumnChoice, Table } from '../source/csv.ts';
import { isTable } from '../source/csv-columns.ts';
import { fetchNamed, type ListAddress } from '../source/elsewhere.ts';
import type { DailyWanted } from '../source/hf-daily.ts';
import { ColumnsError } from '../source/result.ts';
import { laterTexts } from '../texts/later.ts';
import type { AddressBar } from './address.ts';
import type { List, Received } from './files.ts';
import { type ImportReport, sentenceForReport, sentenceForUndo, together } from './importReport.ts';
import type { LargeList } from './largeList.ts';
import { type Library, today } from './library.ts';
import { createListOffer } from './listOffer.ts';
import { isStop, type Notices, sentenceOf } from './notices.ts';
import { createTyped } from './typed.ts';

export type { ColumnChoice } from '../source/csv.ts';
export type { ColumnField } from '../source/csv-columns.ts';

/** A table of which the reader says what its columns are. */
export interface OpenTable extends Table, Came {}

/** A list that has been read as text, and where from. */
interface Came extends Omit<List, 'read'> {
  readonly text: string;
}

export interface Imports {
  /** What the field for text holds. */
  readonly text: Accessor<string>;
  setText(text: string): void;
  /** They wait for the reader's yes, and stay until they have been added. */
  readonly received: Accessor<readonly Received[]>;
  /** Whether the text came from another program. */
  readonly handed: Accessor<boolean>;
  leaveOut(): void;
  readonly busy: Accessor<'adding' | 'asking' | 'loading' | undefined>;
  /** Papers that have come so far. */
  readonly progress: Accessor<number>;
  stop(): void;
  readonly report: Accessor<ImportReport | undefined>;
  readonly problem: Accessor<string | undefined>;
  /** What else there is to say: that an import was taken back, or stopped. */
  readonly told: Accessor<string | undefined>;
  readonly table: Accessor<OpenTable | undefined>;
  /** Whether the columns of what was typed, or of the table that came last, can be chosen. */
  readonly canChoose: Accessor<boolean>;
  /** One after the other, with one report; one that cannot be read does not keep the others out. */
  add(lists: readonly List[]): Promise<void>;
  /** As {@link add}, and told in a notice where the report is not in sight. */
  drop(lists: readonly List[]): Promise<void>;
  /** Asks what the columns are, of the text or of the table that came last, which is taken back first. */
  chooseColumns(): Promise<void>;
  addTable(choice: ColumnChoice): Promise<void>;
  closeTable(): void;
  refresh(wanted: DailyWanted): Promise<void>;
  undo(): Promise<void>;
  /** A list that the page's address names. */
  readonly offer: Accessor<ListAddress | undefined>;
  accept(): Promise<void>;
  decline(): void;
  /** Offers the list at an address that the reader has typed. */
  name(written: string): void;
  /** Looks for what the share sheet has brought. */
  look(): Promise<void>;
}

type Busy = NonNullable<ReturnType<Imports['busy']>>;

/** How papers come in, and how they go out again. What it says outlives the page that shows it. */
export function createImports(
  library: Library,
  bar: AddressBar,
  notices: Notices,
  largeList?: Pick<LargeList, 'offer'>,
): Imports {
  const [text, setText] = createTyped('list');
  const [received, setReceived] = createSignal<readonly Received[]>([]);
  const [handed, setHanded] = createSignal(false);
  const [busy, setBusy] = createSignal<Busy>();
  const [progress, setProgress] = createSignal(0);
  const [report, setReport] = createSignal<ImportReport>();
  const [problem, setProblem] = createSignal<string>();
  const [told, setTold] = createSignal<string>();
  const [table, setTable] = createSignal<OpenTable>();
  let stopping = new AbortController();
  /** With what it brought, and the report of what came before it. */
  const [lastTable, setLastTable] = createSignal<
    Came & { done: ImportReport; before?: ImportReport | undefined }
  >();
  const typedTable = createMemo(() => isTable(text()));

  const clear = () => {
    setReport(undefined);
    setProblem(undefined);
    setTold(undefined);
    setTable(undefined);
    setLastTable(undefined);
  };
  /** One after another: what is dropped while a host is asked waits for its turn. */
  let last: Promise<void> = Promise.resolve();
  const run = (what: Busy, work: (signal: AbortSignal) => Promise<void>) => {
    last = last.then(() => begin(what, work));
    return last;
  };
  const begin = async (what: Busy, work: (signal: AbortSignal) => Promise<void>) => {
    setBusy(what);
    setProgress(0);
    stopping = new AbortController();
    try {
      await work(stopping.signal);
    } catch (error) {
      if (isStop(error)) setTold(laterTexts.papersIn.refresh.stopped);
      else setProblem(`${sentenceOf(error)} ${laterTexts.papersIn.unchanged}`);
    }
    setBusy(undefined);
  };
  const show = (next: ImportReport) => {
    const before = report();
    setReport(before ? together(before, next) : next);
  };
  const openTable = async (list: Came) => {
    const { previewTable } = await import('../source/csv.ts');
    try {
      setTable({ ...list, ...previewTable(list.text.replace(/^\ufeff/, '')) });
    } catch (error) {
      setProblem(sentenceOf(error));
      return error;
    }
  };

  const addAll = async (lists: readonly List[]) => {
    clear();
    const problems: string[] = [];
    for (const { read, ...list } of lists) {
      let text = '';
      try {
        text = await read();
        const next = await library.add(text);
        show(next);
        taken({ ...list, text });
        if (next.format === 'csv' && lists.length === 1) setLastTable({ ...list, text, done: next });
      } catch (error) {
        if (isStop(error)) throw error;
        const asks = error instanceof ColumnsError && !table();
        const why = (asks && (await openTable({ ...list, text }))) || error;
        const safe = lists.length > 1 ? laterTexts.papersIn.unchangedFile : laterTexts.papersIn.unchanged;
        problems.push(`${list.name && lists.length > 1 ? `${list.name}: ` : ''}${sentenceOf(why)} ${safe}`);
      }
    }
    setProblem(problems.join(' ') || undefined);
  };
  const add = (lists: readonly List[]) => run('adding', () => addAll(lists));
  /** Out of where it waited; what came there meanwhile stays. */
  const taken = ({ name, from, text: added }: Came) => {
    if (from) setReceived(received().filter((one) => one !== from));
    if (name !== undefined) return;
    if (text() === added) {
      setText('');
      setHanded(false);
    } else if (text().startsWith(`${added}\n`)) setText(text().slice(added.length + 1));
  };
  const takeBack = async (done: ImportReport) => {
    let taken = false;
    await run('adding', async () => {
      setProblem(undefined);
      const sentence = sentenceForUndo(await library.undo(done.changes));
      taken = true;
      if (report() === done) setReport(undefined);
      setTold(sentence);
    });
    return taken;
  };

  const { offer, answered, name } = createListOffer(bar, clear, (error) => setProblem(sentenceOf(error)));

  takeLaunches(readFile, (files, problem) => {
    setReceived([...received(), ...files]);
    if (problem) setProblem(sentenceOf(problem));
    bar.go({ page: 'add' });
  });

  return {
    text,
    setText(next) {
      setText(next);
      setHanded(false);
    },
    received,
    handed,
    leaveOut() {
      setText('');
      setHanded(false);
      setReceived([]);
    },
    busy,
    progress,
    stop: () => stopping.abort(),
    report,
    problem,
    told,
    table,
    add,
    async drop(lists) {
      await add(lists);
      if (bar.address().page === 'add') return;
      const [done, failed] = [report(), problem()];
      if (table()) bar.go({ page: 'add' });
      else if (failed) notices.warn(failed);
      if (!done) return;
      const run = async () => {
        await takeBack(done);
        notices.tell(problem() ?? told() ?? '');
      };
      const way = { label: laterTexts.papersIn.undo, run: () => void run() };
      notices.tell(sentenceForReport(done), done.changes.length > 0 ? way : undefined);
    },
    canChoose: () => !table() && (typedTable() || lastTable() !== undefined),
    async chooseColumns() {
      if (typedTable()) {
        clear();
        await openTable({ text: text() });
        return;
      }
      const [last, shown] = [lastTable(), report()];
      // Where it cannot be taken back, the problem tells why, and all stays for another try.
      if (!last || (shown && !(await takeBack(last.done)))) return;
      clear();
      setReport(shown && last.before);
      await openTable(last);
    },
    addTable: (choice) =>
      run('adding', async () => {
        const open = table();
        if (!open) return;
        const next = await library.add(open.text, choice);
        const before = report();
        setProblem(undefined);
        show(next);
        setTable(undefined);
        taken(open);
        setLastTable({ ...open, done: next, before });
      }),
    closeTable() {
      setTable(undefined);
      setProblem(undefined);
    },
    refresh: (wanted) =>
      run('asking', async (signal) => {
        clear();
        const { fetchDaily } = await import('../source/hf-daily.ts');
        const daily = await fetchDaily(wanted, { today: today(), signal, onProgress: setProgress });
        show(await library.addRead(daily));
        setProblem(daily.missing);
      }),
    async undo() {
      const done = report();
      if (done) await takeBack(done);
    },
    offer,
    accept: () =>
      run('loading', async (signal) => {
        const wanted = offer();
        if (!wanted) return;
        const name = new URL(wanted.url).pathname.split('/').at(-1) ?? '';
        clear();
        const text = await fetchNamed(wanted, { signal });
        if (largeList && isDescription(text)) {
          await largeList.offer(wanted, text);
          answered();
          return;
        }
        await addAll([{ name, read: async () => text }]);
        if (report() || table()) answered();
      }),
    name,
    decline: answered,
    async look() {
      const shared = await takeShared(document.baseURI).catch(() => []);
      const lines = shared.map((one) => one.text).filter(Boolean);
      if (lines.length > 0) {
        setText([text(), ...lines].filter(Boolean).join('\n'));
        setHanded(true);
      }
      setReceived([...received(), ...shared.flatMap(({ files }) => files)]);
    },
  };
}
