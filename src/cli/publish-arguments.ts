import { isAbsolute, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { parseIsoDate } from '../paper/date.ts';
import { CommandError } from './failure.ts';

export const PUBLISH_USAGE = `Usage: npm run publish:list -- FILE… --out DIR [options]

Makes a static site of a list of papers: the reader, the list, its vectors, topics and feeds.
FILE is BibTeX, RIS, CSL-JSON, CSV, Atom, JSON, JSON lines or the text of a Daily Papers page;
several are merged.

  --out DIR       where the site goes; an earlier site there is replaced, anything else refused
  --title TEXT    the site's name (Sheaf)
  --topics FILE   topics as in public/topics.json, which is the default
  --question TEXT what the page proposes to ask; as often as you like (nothing)
  --url URL       where the site will stand: makes its feeds' addresses absolute and lets
                  browsers add its search
  --date DAY      the day of the list, like 2026-03-10
  --parquet       a large list in the place of a site: Parquet files that Sheaf opens by address
                  and reads in parts (FILE may also be Parquet or JSON lines of any length, and .gz)
  --model NAME    with --parquet, whose vectors (sheaf-tokens-2)
  --cache DIR     what a second run uses again (DIR.cache beside --out)
  --cores N       most processes (all cores, where the list is worth it)
  --help          this text`;

const SEE = 'See npm run publish:list -- --help.';

export interface PublishArguments {
  readonly files: readonly string[];
  readonly out: string;
  readonly title: string;
  readonly topics: string | undefined;
  readonly questions: readonly string[];
  /** Absolute, with a slash at its end. */
  readonly url: string | undefined;
  readonly date: string | undefined;
  readonly cache: string;
  readonly cores: number | undefined;
  /** A large list in the place of a site. */
  readonly parquet: boolean;
  readonly model: string | undefined;
}

/** @throws {CommandError} naming what is wrong. */
export function readPublishArguments(argv: readonly string[]): PublishArguments | 'help' {
  const { values, positionals: files } = parse(argv);
  if (values.help) return 'help';
  if (files.length === 0) throw new CommandError(`At least one file of papers is needed. ${SEE}`);
  if (!values.out) throw new CommandError(`--out is needed: the folder for the site. ${SEE}`);
  if (values.date !== undefined && parseIsoDate(values.date)?.length !== 10)
    throw new CommandError(`--date ${values.date} is not a day like 2026-03-10. ${SEE}`);
  const title = values.title.replace(/\s+/g, ' ').trim();
  if (title === '' || title.length > LONGEST_TITLE)
    throw new CommandError(`--title has ${title.length} letters: 1 to ${LONGEST_TITLE} are wanted. ${SEE}`);
  const questions = (values.question ?? []).map((question) => question.replace(/\s+/g, ' ').trim());
  const odd = questions.find((question) => question === '' || question.length > LONGEST_QUESTION);
  if (odd !== undefined)
    throw new CommandError(
      `--question has ${odd.length} letters: 1 to ${LONGEST_QUESTION} are wanted. ${SEE}`,
    );
  const alone = (['topics', 'question', 'url'] as const).find(
    (name) => values.parquet && values[name] !== undefined,
  );
  if (alone) throw new CommandError(`--${alone} says nothing of a large list: leave it out. ${SEE}`);
  if (values.model !== undefined && !values.parquet)
    throw new CommandError(`--model is for --parquet alone: a site has the models that it has. ${SEE}`);
  const out = resolve(values.out);
  const cache = values.cache ?? `${out}.cache`;
  if (isWithin(out, resolve(cache)) || isWithin(resolve(cache), out))
    throw new CommandError(`--out and --cache are to be two folders, neither in the other. ${SEE}`);
  return {
    files,
    out,
    title,
    topics: values.topics,
    questions,
    url: values.url === undefined ? undefined : readUrl(values.url),
    date: values.date,
    cache,
    cores: values.cores === undefined ? undefined : readCores(values.cores),
    parquet: values.parquet,
    model: values.model,
  };
}

/** Or the folder itself. */
function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A line or two of the page. */
const LONGEST_QUESTION = 120;
/** More does not fit on a tab, nor below an icon. */
const LONGEST_TITLE = 80;

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        out: text,
        title: { type: 'string', default: 'Sheaf' },
        topics: text,
        question: { type: 'string', multiple: true },
        url: text,
        date: text,
        cache: text,
        cores: text,
        parquet: { type: 'boolean', default: false },
        model: text,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}. ${SEE}`);
  }
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username)
    throw new CommandError(
      `--url ${text} is not the address of a site like https://example.org/papers/. ${SEE}`,
    );
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

function readCores(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new CommandError(`--cores ${text} is not a whole number above 0. ${SEE}`);
}
