import { parseArgs } from 'node:util';
import { planRuns } from '../engine/batches.ts';
import type { Connection } from '../engine/call.ts';
import type { ModelContract } from '../engine/contract.ts';
import { createProgress } from '../engine/progress.ts';
import type { Paper } from '../paper/paper.ts';
import { embeddedText } from '../paper/text.ts';
import type { Ranked } from './ask.ts';
import { type Draft, openDraft } from './draft.ts';
import { CommandError, count, isSentence } from './failure.ts';
import { findModel, type ModelFolder, SITE_MODEL } from './model-folder.ts';
import { MODES, type Mode, type Question, readPaperLines, readQuestions, tellTaste } from './questions.ts';
import { createReporter } from './reporter.ts';
import { formatRun } from './run-file.ts';
import type { Share } from './share.ts';
import { handOut, planShares, startShares } from './shares.ts';

const USAGE = `Usage: npm run rank -- --papers P.jsonl --queries Q.jsonl --mode ${MODES.join('|')} --out RUN [--top 100] [--model ID] [--cores N]`;
/** Papers sent to a collection at once, as state/sheaf.ts does: between two slices a stop is heard. */
const SLICE = 500;
/** Texts embedded at once. Twin of RUN in engine/engine.ts, so that a batch has the texts that it has on the page. */
const RUN = {
  lookup: { texts: 512, characters: 512_000 },
  encoder: { texts: 64, characters: 16_000 },
} as const satisfies Record<ModelContract['compute'], object>;
/** What a shell gives for a program that Ctrl-C stopped. */
const STOPPED = 130;

const PAPERS = ['paper', 'papers'] as const;
const QUERIES = ['query', 'queries'] as const;

interface Arguments {
  readonly papers: string;
  readonly queries: string;
  readonly mode: Mode;
  readonly top: number;
  readonly model: string;
  readonly out: string;
  readonly cores: number | undefined;
}

process.exitCode = await run(process.argv.slice(2));

/** Ranks papers for queries as the site does and writes a TREC run. Exit status 1 for bad input, 130 when stopped. */
async function run(argv: readonly string[]): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  let draft: Draft | undefined;
  try {
    const given = readArguments(argv);
    const papers = await readPaperLines(given.papers);
    const ids = new Set(papers.map(({ id }) => id));
    const { questions, withTaste } = await readQuestions(given.queries, given.mode, (id) => ids.has(id));
    const model = given.mode === 'keyword' ? undefined : await findModel(given.model);
    if (withTaste > 0) console.error(tellTaste(withTaste));
    draft = await openDraft(given.out);
    await rankAll(papers, questions, model, given, draft, stop.signal);
    stop.signal.throwIfAborted();
    await draft.keep();
    console.error(`${count(questions.length, ...QUERIES)} in ${given.out}.`);
    return 0;
  } catch (error) {
    if (stop.signal.aborted) {
      console.error('Stopped. Nothing was written.');
      return STOPPED;
    }
    if (!isSentence(error)) throw error;
    console.error(error.message);
    return 1;
  } finally {
    await draft?.drop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

async function rankAll(
  papers: readonly Paper[],
  questions: readonly Question[],
  model: ModelFolder | undefined,
  { top, cores }: Arguments,
  draft: Draft,
  signal: AbortSignal,
): Promise<void> {
  const work = { papers: papers.length, queries: questions.length, embeds: model !== undefined };
  const plan = planShares(work);
  const embedding = cores ?? plan.embedding;
  const ranking = cores ?? plan.ranking;
  // A stop while the papers were read: the listener below would not hear of it.
  signal.throwIfAborted();
  const shares = startShares(Math.max(embedding, ranking));
  const end = (): void => shares.close();
  signal.addEventListener('abort', end);
  try {
    const embedders = shares.connections.slice(0, embedding);
    const rankers = shares.connections.slice(0, ranking);
    if (model) await Promise.all(shares.connections.map((share) => share.call('openModel', model, signal)));
    const vectors = model && (await embedAll(embedders, papers, model.contract, signal));
    await indexAll(rankers, papers);
    if (model) {
      const ids = papers.map(({ id }) => id);
      const { dimensions } = model.contract;
      await Promise.all(
        rankers.map((ranker) => ranker.call('setVectors', ids, vectors as Float32Array, dimensions)),
      );
    }
    await askAll(rankers, questions, top, draft, signal);
  } finally {
    signal.removeEventListener('abort', end);
    shares.close();
  }
}

/** Every share that ranks has all the papers. */
async function indexAll(rankers: readonly Connection<Share>[], papers: readonly Paper[]): Promise<void> {
  const tell = createProgress(papers.map(embeddedText), createReporter('Indexed', PAPERS));
  for (let at = 0; at < papers.length; at += SLICE) {
    const slice = papers.slice(at, at + SLICE);
    await Promise.all(rankers.map((ranker) => ranker.call('putPapers', slice)));
    tell(at + slice.length);
  }
}

/** Vectors of all papers [papers, dimensions]. */
async function embedAll(
  embedders: readonly Connection<Share>[],
  papers: readonly Paper[],
  { compute, dimensions }: ModelContract,
  signal: AbortSignal,
): Promise<Float32Array> {
  const texts = papers.map(embeddedText);
  const vectors = new Float32Array(texts.length * dimensions);
  const tell = createProgress(texts, createReporter('Embedded', PAPERS));
  let done = 0;
  await handOut(embedders, planRuns(texts, RUN[compute]), async (embedder, { start, end }) => {
    vectors.set(await embedder.call('embedPapers', texts.slice(start, end), signal), start * dimensions);
    done += end - start;
    tell(done);
  });
  return vectors;
}

/** Answers in the order of the queries, each written as soon as those before it are. */
async function askAll(
  rankers: readonly Connection<Share>[],
  questions: readonly Question[],
  top: number,
  draft: Draft,
  signal: AbortSignal,
): Promise<void> {
  const answers = new Map<number, Ranked[]>();
  const texts = questions.map((question) => (question.kind === 'text' ? question.text : question.id));
  const tell = createProgress(texts, createReporter('Ranked for', QUERIES));
  let written = 0;
  let done = 0;
  let writing = Promise.resolve();
  await handOut(rankers, questions, async (ranker, question, index) => {
    answers.set(index, await ranker.call('ask', question, top, signal));
    tell(++done);
    let text = '';
    for (let answer = answers.get(written); answer; answer = answers.get(written)) {
      text += formatRun((questions[written] as Question).id, answer);
      answers.delete(written++);
    }
    if (text === '') return;
    writing = writing.then(() => draft.write(text));
    await writing;
  });
}

function readArguments(argv: readonly string[]): Arguments {
  const { papers, queries, mode, top, model, out, cores } = parse(argv);
  if (!papers || !queries || !mode || !out)
    throw new CommandError(`--papers, --queries, --mode and --out are needed. ${USAGE}`);
  const known = MODES.find((name) => name === mode);
  if (!known) throw new CommandError(`${mode} is not a mode. ${USAGE}`);
  return {
    papers,
    queries,
    mode: known,
    top: readCount('--top', top),
    model,
    out,
    cores: cores === undefined ? undefined : readCount('--cores', cores),
  };
}

function parse(argv: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({
      args: [...argv],
      options: {
        papers: text,
        queries: text,
        mode: text,
        out: text,
        cores: text,
        top: { type: 'string', default: '100' },
        model: { type: 'string', default: SITE_MODEL },
      },
    }).values;
  } catch (error) {
    throw new CommandError(`${(error as Error).message}. ${USAGE}`);
  }
}

function readCount(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new CommandError(`${name} ${text} is not a whole number above 0. ${USAGE}`);
}
