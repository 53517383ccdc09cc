import { parseArgs } from 'node:util';
import { parseIsoDate } from '../paper/date.ts';
import { mergeLists } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';
import type { SourceResult } from '../source/source.ts';
import { openDraft } from './draft.ts';
import { CommandError, count, isSentence } from './failure.ts';
import { formatList, readList } from './read-list.ts';

const USAGE = 'Usage: npm run list -- FILE [--date 2026-03-10] [--out public/papers.json]';

process.exitCode = await run(process.argv.slice(2));

/**
 * Turns a list of papers into the one that the site ships with. Exit status 1 when it is no list or has
 * no paper; the old file then stays as it is.
 */
async function run(argv: readonly string[]): Promise<number> {
  try {
    const { file, date, out } = readArguments(argv);
    const result = await readList(file, date);
    const papers = mergeLists([], result.papers).changed;
    for (const { place, reason } of result.rejected) console.log(`Left out: ${place}: ${reason}.`);
    for (const { place, reason } of result.notes ?? []) console.log(`Not whole: ${place}: ${reason}.`);
    if (papers.length === 0)
      throw new CommandError(`No paper of ${file} could be read; ${out} stays as it is.`);
    await replaceFile(out, formatList(papers, result.listed));
    console.log(summary(result, papers, out));
    return 0;
  } catch (error) {
    if (!isSentence(error)) throw error;
    console.error(error.message);
    return 1;
  }
}

function readArguments(argv: readonly string[]): { file: string; date: string | undefined; out: string } {
  const { values, positionals } = parse(argv);
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new CommandError(`One file is needed. ${USAGE}`);
  if (values.date !== undefined && parseIsoDate(values.date)?.length !== 10) {
    throw new CommandError(`${values.date} is not a day like 2026-03-10. ${USAGE}`);
  }
  return { file, date: values.date, out: values.out };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { date: { type: 'string' }, out: { type: 'string', default: 'public/papers.json' } },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}. ${USAGE}`);
  }
}

/** Whole or not at all: a stop in the middle of writing leaves the old file. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = await openDraft(path);
  try {
    await draft.write(text);
    await draft.keep();
  } finally {
    await draft.drop();
  }
}

function summary(result: SourceResult, papers: readonly Paper[], out: string): string {
  const twins = result.papers.length - papers.length;
  const parts = [
    `${count(papers.length, 'paper')} in ${out}`,
    ...(result.listed ? [`listed ${result.listed}`] : []),
    ...(twins > 0 ? [`${twins} named twice`] : []),
    ...(result.rejected.length > 0 ? [`${result.rejected.length} left out`] : []),
  ];
  return `${parts.join(', ')}.`;
}
