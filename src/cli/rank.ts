import { parseArgs } from 'node:util';
import { SITE_MODEL } from '../engine/origin.ts';
import { type Draft, openDraft } from './draft.ts';
import { CommandError, count, isSentence } from './failure.ts';
import { findModel } from './model-folder.ts';
import { MODES, type Mode, readPaperLines, readQuestions } from './questions.ts';
import { rankPapers } from './rank-papers.ts';
import { formatRun } from './run-file.ts';

const USAGE = `Usage: npm run rank -- --papers P.jsonl --queries Q.jsonl --mode ${MODES.join('|')} --out RUN [--top 100] [--model ID] [--cores N]`;
/** What a shell gives for a program that Ctrl-C stopped. */
const STOPPED = 130;

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
    const questions = await readQuestions(given.queries, given.mode, (id) => ids.has(id));
    const model = given.mode === 'keyword' ? undefined : await findModel(given.model);
    draft = await openDraft(given.out);
    const written = draft;
    const { top, cores } = given;
    await rankPapers({ papers, questions, model, top, cores }, stop.signal, (question, answer) =>
      written.write(formatRun(question.id, answer)),
    );
    stop.signal.throwIfAborted();
    await draft.keep();
    console.error(`${count(questions.length, 'query', 'queries')} in ${given.out}.`);
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
