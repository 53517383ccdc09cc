/**
 * A thread that does with hostile files what the site does with a file that a reader picks: `Imports.add`, the library
 * and the store behind it, and then everything that looks at the papers that came. The store has no disk here.
 */
import { parentPort } from 'node:worker_threads';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { createRoot } from 'solid-js';
import { toBibtex } from '../../../src/export/bibtex.ts';
import { coinsOf } from '../../../src/export/coins.ts';
import { digestToHtml, digestToMail, digestToMarkdown } from '../../../src/export/digest.ts';
import { FORMATS } from '../../../src/export/formats.ts';
import { formulasOf } from '../../../src/paper/formulas.ts';
import { isTangled, plainNote } from '../../../src/paper/note.ts';
import { pagesOf } from '../../../src/paper/pages.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import { embeddedText, sentencesOf } from '../../../src/paper/text.ts';
import { fetchDaily } from '../../../src/source/hf-daily.ts';
import { SourceError } from '../../../src/source/result.ts';
import type { AddressBar } from '../../../src/state/address.ts';
import { repeatedIn } from '../../../src/state/importReport.ts';
import { createImports } from '../../../src/state/imports.ts';
import { createLibrary, type Library } from '../../../src/state/library.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { openStore, type Store, StoreError } from '../../../src/store/store.ts';
import { createKeywordIndex } from '../../../src/words/keyword.ts';
import { parseQuestion } from '../../../src/words/question.ts';

/** What a page has and this thread has not. */
Object.assign(globalThis, {
  location: { hash: '', search: '' },
  addEventListener: () => {},
  removeEventListener: () => {},
});

export interface HostileFile {
  readonly name: string;
  readonly text: string;
  /** Of the API of Daily Papers: the text is what its host answers. */
  readonly answer?: true;
  /** How many records stand in it, where whoever made it knows. */
  readonly records?: number;
}

export interface Outcome {
  readonly name: string;
  readonly taken: boolean;
  readonly total: number;
  readonly accepted: number;
  readonly merged: number;
  readonly rejected: number;
  /** What was promised and does not hold, as sentences. */
  readonly broken: readonly string[];
}

const OWN: Paper = {
  id: 'arxiv:2401.00001',
  title: 'A paper of the reader',
  abstract: 'Kept.',
  arxivId: '2401.00001',
};
const FEED = { title: 'All', self: 'https://a.example/f', site: 'https://a.example/', today: '2026-11-27' };

/** A library in which something of everything is kept. */
async function openLibrary() {
  const store = await openStore();
  await store.addPapers([OWN, { id: 'title:other', title: 'Other', abstract: '' }], null);
  await store.putTopic({ id: 't', name: 'T', sentence: 'A sentence.', order: 1, createdAt: '2026-01-01' });
  await store.putOpinions([{ topic: 't', paper: OWN.id, said: 'liked' }]);
  await store.mark(OWN.id, { starred: '2026-01-01', tags: ['mine'] });
  await store.putNote({ paper: OWN.id, text: 'Mine.', editedAt: '2026-01-01' });
  return store;
}

async function tryFile(file: HostileFile): Promise<Outcome> {
  const broken: string[] = [];
  const store = await openLibrary();
  const before = JSON.stringify(await store.snapshot());
  let incoming: readonly unknown[] | undefined;
  const { addPapers, mergeSnapshot } = store;
  const watched: Store = {
    ...store,
    addPapers(papers, came) {
      incoming = papers;
      return addPapers(papers, came);
    },
    mergeSnapshot(snapshot) {
      incoming = snapshot.papers;
      return mergeSnapshot(snapshot);
    },
  };
  let thrown: unknown;
  const { imports, library, dispose } = createRoot((dispose) => {
    const notices = createNotices();
    const inner = createLibrary(Promise.resolve(watched), 'http://127.0.0.1/none', notices, () => {});
    const noting = <T>(work: Promise<T>) =>
      work.catch((error) => {
        thrown = error;
        throw error;
      });
    const library: Library = {
      ...inner,
      add: (text, choice) => noting(inner.add(text, choice)),
    };
    const bar = { address: () => ({ page: 'add' }), go: () => {} } as unknown as AddressBar;
    return { library, imports: createImports(library, bar, notices), dispose };
  });
  if (file.answer) await ask(file.text, library).catch((error) => (thrown = error));
  else await imports.add([{ name: file.name, read: async () => file.text }]);
  dispose();

  const after = await store.snapshot();
  const report = file.answer ? asked : imports.report();
  asked = undefined;
  if (({} as Record<string, unknown>).polluted !== undefined) broken.push('a prototype was polluted');
  if (!report) {
    if (!(thrown instanceof SourceError) && !(thrown instanceof StoreError))
      broken.push(`it threw ${String((thrown as Error)?.stack ?? thrown)}`);
    else if (!isSentence(thrown.message)) broken.push(`no plain sentence: ${thrown.message}`);
    if (JSON.stringify(after) !== before) broken.push('the library is not as it was');
    return { name: file.name, taken: false, total: 0, accepted: 0, merged: 0, rejected: 0, broken };
  }
  const { added, merged, unchanged, rejected, total } = report;
  const touched = [...added, ...merged, ...unchanged];
  const read = incoming?.length ?? Number.NaN;
  if (total !== read + rejected.length)
    broken.push(`total ${total} is not ${read} read + ${rejected.length} rejected`);
  if (new Set(touched).size !== touched.length) broken.push('a paper is counted twice');
  if (repeatedIn(report) !== read - touched.length || repeatedIn(report) < 0)
    broken.push('the sum does not hold');
  if (file.records !== undefined && total !== file.records)
    broken.push(`total ${total}, but it has ${file.records} records`);
  const nameless = rejected.find(
    ({ place, reason }) => !place.trim() || !reason.trim() || reason.length > 300,
  );
  if (nameless)
    broken.push(`a rejection without a place or reason: ${JSON.stringify(nameless).slice(0, 200)}`);
  const ids = new Set(after.papers.map(({ id }) => id));
  if (!touched.every((id) => ids.has(id))) broken.push('a paper is told and not kept');
  if (ids.size !== 2 + added.length) broken.push(`${ids.size} papers kept, ${added.length} told as added`);
  const written = after.papers.reduce((sum, { abstract }) => sum + abstract.length, 0);
  if (read < 2_000 && written < 2_000_000) {
    broken.push(
      ...(await tryAll(
        after.papers,
        after.notes.map(({ text }) => text),
        file.text,
      )),
    );
    // The way back leaves what was there.
    await library.undo(report.changes);
    if (JSON.stringify(await store.snapshot()) !== before)
      broken.push('taken back, the library is not as it was');
  }
  const accepted = added.length + unchanged.length;
  return {
    name: file.name,
    taken: true,
    total,
    accepted,
    merged: merged.length,
    rejected: rejected.length,
    broken,
  };
}

let asked: Awaited<ReturnType<Library['addRead']>> | undefined;

/** As the button that asks the host of Daily Papers; the host is a function here, and its answer a real one. */
async function ask(text: string, library: Library): Promise<void> {
  const real = globalThis.fetch;
  let pages = 0;
  globalThis.fetch = async () => new Response(pages++ === 0 ? text : '[]');
  try {
    asked = await library.addRead(
      await fetchDaily(
        { span: 'date', day: '2026-03-10' },
        { today: '2026-11-27', endpoint: 'https://a.example' },
      ),
    );
  } finally {
    globalThis.fetch = real;
  }
}

/** One plain sentence or several, for a reader. */
function isSentence(text: string): boolean {
  // A host is named as it is called.
  return (
    /^(?:\p{Lu}|a\.example ).*[.!?]$/su.test(text) &&
    text.length < 400 &&
    !/\bundefined\b|\[object|Error:/.test(text)
  );
}

/** Deeper than this a page is drawn by functions that call themselves until the stack is full. */
const DEEPEST = 200;

/** @throws when Markdown lies in itself too deep. */
function expectFlat(root: { readonly children: readonly unknown[] }): void {
  let level: readonly unknown[] = root.children;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new Error(`Markdown of more than ${DEEPEST} in one another`);
    level = level.flatMap((node) => (node as { children?: unknown[] }).children ?? []);
  }
}

/** Every way in which a paper is looked at, searched or written down. */
async function tryAll(papers: readonly Paper[], notes: readonly string[], asked: string): Promise<string[]> {
  const broken: string[] = [];
  const trying = (what: string, work: () => unknown) => {
    try {
      work();
    } catch (error) {
      broken.push(`${what} threw ${String((error as Error).stack ?? error).slice(0, 400)}`);
    }
  };
  for (const paper of papers) {
    trying('pagesOf', () => {
      for (const { url } of pagesOf(paper)) if (!/^https?:\/\//.test(url)) broken.push(`a link to ${url}`);
    });
    trying('formulasOf', () => [formulasOf(paper.title), formulasOf(paper.abstract)]);
    trying('sentencesOf', () => sentencesOf(embeddedText(paper)));
    trying('coinsOf', () => coinsOf(paper));
    if (JSON.stringify(structuredClone(paper)) !== JSON.stringify(paper)) broken.push('no plain data');
  }
  for (const note of notes) {
    trying('plainNote', () => plainNote(note));
    // As `NoteText` does.
    if (!isTangled(note)) trying('Markdown', () => expectFlat(fromMarkdown(note)));
  }
  for (const format of Object.values(FORMATS)) trying(format.name, () => format.write(papers, FEED));
  trying('BibTeX', () => toBibtex(papers));
  const digest = { title: 'W', sections: [{ name: 'T', papers, more: 0, moreUrl: '' }] };
  trying('digest', () => [digestToHtml(digest), digestToMarkdown(digest), digestToMail(digest)]);
  trying('keyword index', () => {
    const index = createKeywordIndex();
    index.put(papers.map((paper) => ({ ...paper, note: '' })));
    index.search(papers.at(-1)?.title ?? '');
    // An address may carry any question.
    index.search(parseQuestion(asked).text);
    index.like([OWN.id]);
  });
  return broken;
}

parentPort?.on('message', async (file: HostileFile) => {
  try {
    parentPort?.postMessage(await tryFile(file));
  } catch (error) {
    const broken = [`the door threw ${String((error as Error).stack ?? error)}`];
    parentPort?.postMessage({
      name: file.name,
      taken: false,
      total: 0,
      accepted: 0,
      merged: 0,
      rejected: 0,
      broken,
    });
  }
});
parentPort?.postMessage('ready');
