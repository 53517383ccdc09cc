import { wellFormed } from '../paper/cut.ts';
import { createPaper } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';
import { type PageLine, pageLines, resolveDay } from './daily-lines.ts';
import {
  LONGEST_ABSTRACT_CHARACTERS,
  limitRecords,
  type ReadOptions,
  type Rejection,
  SourceError,
  type SourceResult,
} from './result.ts';

type TextLine = Extract<PageLine, { kind: 'text' }>;

/** Longer than any title (the longest on arXiv have some 250 characters): an abstract for certain. */
const LONGEST_TITLE_LINE_CHARACTERS = 300;
/** Fewer words than this, with no facts beneath, are a button or a name and not a title without its abstract. */
const FEWEST_TITLE_WORDS = 4;
/** A short abstract is told from a second title by its full stop and this many words. */
const FEWEST_ABSTRACT_WORDS = 8;
/** Longer lines beneath an abstract are no organisation. */
const LONGEST_ORGANIZATION_CHARACTERS = 100;

/**
 * Reads the text of a Daily Papers page, as copied from a browser: title, abstract, then the facts (authors
 * or an organisation, date, number of comments), any of which may be missing. Upvotes stand on a line
 * without a word beside it and are left out.
 * @throws {SourceError} when the text holds no papers.
 */
export function readDailyPage(page: string, options: ReadOptions): SourceResult {
  const lines = pageLines(page);
  const { heading, body } = splitHeading(lines);
  const listed = options.listed ?? (heading && resolveDay(heading.day, options.today));
  const latest = listed ?? options.today;
  const papers: Paper[] = [];
  const rejected: Rejection[] = [];
  for (const block of blocksOf(body)) {
    readBlock(block, { latest, listed }, papers, rejected);
    limitRecords(papers.length + rejected.length);
  }
  const marked = lines.some(({ kind }) => kind === 'heading' || kind === 'date' || kind === 'authors');
  if (!marked || papers.length + rejected.length === 0) {
    throw new SourceError(
      'This text holds no papers: a Daily Papers page has titles, abstracts and dates, one below the other.',
    );
  }
  return { format: 'daily-page', ...(listed ? { listed } : {}), papers, rejected };
}

type DateLine = Extract<PageLine, { kind: 'date' }>;

/** The page's own date stands above the first paper; all above it is navigation. */
function splitHeading(lines: readonly PageLine[]): { heading?: DateLine; body: readonly PageLine[] } {
  const start = lines.findIndex(({ kind }) => kind === 'heading') + 1;
  for (const [index, line] of lines.entries()) {
    if (index < start) continue;
    // The facts or the abstract of a paper come first: the page has no date, or begins in the middle.
    if (line.kind === 'authors' || line.kind === 'bullet' || isAbstract(line)) break;
    if (line.kind === 'date') return { heading: line, body: lines.slice(index + 1) };
  }
  return { body: lines.slice(start) };
}

/** One paper with the facts below it; before it there may be papers that have none. */
interface Block {
  readonly texts: TextLine[];
  authorCount?: number;
  date?: DateLine;
  /** Facts follow the last text, whatever they say. */
  closed: boolean;
}

/** Cuts the page below each paper's facts. */
function blocksOf(lines: readonly PageLine[]): Block[] {
  let block: Block = { texts: [], closed: false };
  const blocks = [block];
  for (const line of lines) {
    if (line.kind === 'text') {
      if (block.closed) {
        block = { texts: [], closed: false };
        blocks.push(block);
      }
      block.texts.push(line);
    } else if (line.kind === 'bullet') {
      // A bullet alone closes only what it can belong to: an organisation below an abstract.
      block.closed ||= namesOrganization(block.texts);
    } else {
      if (line.kind === 'authors') block.authorCount = line.count;
      if (line.kind === 'date') block.date = line;
      block.closed = true;
    }
  }
  return blocks;
}

interface PageDate {
  /** No date of the page is later than this ISO day. */
  readonly latest: string;
  readonly listed: string | undefined;
}

/** Pairs titles with the abstracts below them; the facts are those of the last. */
function readBlock(block: Block, page: PageDate, papers: Paper[], rejected: Rejection[]): void {
  const texts = [...block.texts];
  const named = block.closed && block.authorCount === undefined && namesOrganization(texts);
  const organization = named ? organizationName((texts.pop() as TextLine).text) : undefined;
  for (let index = 0; index < texts.length; index++) {
    const title = texts[index] as TextLine;
    const abstract = texts[index + 1];
    const last = index + 2 >= texts.length;
    if (isAbstract(title)) {
      rejected.push({ place: `line ${title.number}`, reason: 'an abstract without a title above it' });
    } else if (!abstract || !belowTitle(abstract, texts[index + 2])) {
      const isTitle = (block.closed && !abstract) || wordsOf(title.text) >= FEWEST_TITLE_WORDS;
      if (isTitle) {
        const reason = `no abstract below the title \u201c${shorten(title.text)}\u201d`;
        rejected.push({ place: `line ${title.number}`, reason });
      }
    } else if (abstract.text.length > LONGEST_ABSTRACT_CHARACTERS) {
      const reason = `an abstract of ${abstract.text.length} characters, more than ${LONGEST_ABSTRACT_CHARACTERS}`;
      rejected.push({ place: `line ${abstract.number}`, reason });
      index++;
    } else {
      const date = last && block.date && resolveDay(block.date.day, page.latest);
      papers.push(
        createPaper({
          title: wellFormed(title.text),
          abstract: wellFormed(abstract.text),
          ...(date ? { date } : {}),
          ...(last && block.authorCount !== undefined ? { authorCount: block.authorCount } : {}),
          ...(last && organization ? { organization } : {}),
          ...(last && block.date?.comments !== undefined ? { comments: block.date.comments } : {}),
          ...(page.listed ? { listed: page.listed } : {}),
        }),
      );
      index++;
    }
  }
}

function isAbstract(line: PageLine): boolean {
  return line.kind === 'text' && line.text.length > LONGEST_TITLE_LINE_CHARACTERS;
}

/** Whether a line below a title is its abstract. A short one is not when an abstract of its own follows it. */
function belowTitle(line: TextLine, next: TextLine | undefined): boolean {
  return isAbstract(line) || (isShortAbstract(line) && !(next && isAbstract(next)));
}

function isShortAbstract({ text }: TextLine): boolean {
  return wordsOf(text) >= FEWEST_ABSTRACT_WORDS && /[.!?]["')\]]*$/.test(text);
}

/** A short line below an abstract, with facts or a bullet below it and no number of authors. */
function namesOrganization(texts: readonly TextLine[]): boolean {
  const [title, abstract, name] = texts.slice(-3);
  if (!title || !abstract || !name) return false;
  return (
    !isAbstract(title) &&
    (isAbstract(abstract) || isShortAbstract(abstract)) &&
    name.text.length <= LONGEST_ORGANIZATION_CHARACTERS &&
    !isShortAbstract(name)
  );
}

/**
 * The page writes the picture's text, which is the organisation's handle, and then its name:
 * `MediaTek-Research MediaTek Research`. The handle goes where it is one: it says the same as the name
 * (or begins it, or is begun by it), or is all lower case, as in `allenai Ai2`.
 */
export function organizationName(text: string): string {
  const [handle = '', ...rest] = text.split(/ +/);
  const name = rest.join(' ');
  const [a, b] = [letters(handle), letters(name)];
  if (name === '' || a === '' || b === '') return text;
  return a.startsWith(b) || b.startsWith(a) || handle === handle.toLowerCase() ? name : text;
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function wordsOf(text: string): number {
  return text.split(/ +/).length;
}

/** Enough of a title to find it by. */
function shorten(title: string): string {
  return title.length > 60 ? `${title.slice(0, 59)}\u2026` : title;
}
