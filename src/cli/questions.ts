import { parseArxivId } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';
import { nameTopic } from '../ranking/topics.ts';
import { CommandError } from './failure.ts';
import { type Line, readLines } from './lines.ts';

export const MODES = ['keyword', 'semantic', 'hybrid', 'similar', 'topic'] as const;
export type Mode = (typeof MODES)[number];

/** What is asked. `without` are papers that are not ranked: the query's own. */
export type Question =
  | {
      readonly kind: 'text';
      readonly id: string;
      readonly mode: 'keyword' | 'semantic' | 'hybrid';
      readonly text: string;
      readonly without: readonly string[];
    }
  | { readonly kind: 'similar'; readonly id: string; readonly papers: readonly string[] }
  | {
      readonly kind: 'topic';
      readonly id: string;
      readonly name: string;
      /** Name and sentence are empty where only papers say what the topic is about. */
      readonly sentence: string;
      readonly liked: readonly string[];
      readonly disliked: readonly string[];
      readonly without: readonly string[];
    };

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads papers, a JSON object a line: id, title and abstract, both of which may be empty. Authors,
 * organization and arxivId take part in search by words as they do on the page.
 * @throws {CommandError} naming the file, the line and the reason.
 */
export async function readPaperLines(path: string): Promise<Paper[]> {
  const papers: Paper[] = [];
  const places = new Map<string, string>();
  for await (const line of readLines(path)) {
    const paper = readPaper(line);
    const before = places.get(paper.id);
    if (before !== undefined) throw bad(line, `the id ${paper.id} stands already in ${before}`);
    places.set(paper.id, line.place);
    papers.push(paper);
  }
  if (papers.length === 0) throw new CommandError(`${path} has no paper.`);
  return papers;
}

function readPaper(line: Line): Paper {
  const fields = readObject(line);
  const { authors, organization } = fields;
  const id = readId(line, fields);
  const arxivId = fields.arxivId ?? (id.startsWith('arxiv:') ? parseArxivId(id) : undefined);
  if (authors !== undefined && !isTexts(authors)) throw bad(line, 'authors is not a list of names');
  if (organization !== undefined && typeof organization !== 'string')
    throw bad(line, 'organization is not a text');
  if (arxivId !== undefined && typeof arxivId !== 'string') throw bad(line, 'arxivId is not a text');
  return {
    id,
    title: readText(line, fields, 'title') ?? '',
    abstract: readText(line, fields, 'abstract') ?? '',
    ...(authors ? { authors } : {}),
    ...(organization ? { organization } : {}),
    ...(arxivId ? { arxivId } : {}),
  };
}

/**
 * Reads queries, a JSON object a line: id, and `text`; or, for `similar`, `paper` or `papers`; for `topic`, name and
 * sentence, or papers that are liked and disliked, or all of them.
 * @param known whether an id is that of a paper.
 * @throws {CommandError} naming the file, the line and the reason.
 */
export async function readQuestions(
  path: string,
  mode: Mode,
  known: (id: string) => boolean,
): Promise<Question[]> {
  const questions: Question[] = [];
  const places = new Map<string, string>();
  for await (const line of readLines(path)) {
    const fields = readObject(line);
    const question = readQuestion(line, fields, mode, known);
    const before = places.get(question.id);
    if (before !== undefined) throw bad(line, `the id ${question.id} stands already in ${before}`);
    places.set(question.id, line.place);
    questions.push(question);
  }
  if (questions.length === 0) throw new CommandError(`${path} has no query.`);
  return questions;
}

function readQuestion(line: Line, fields: Fields, mode: Mode, known: (id: string) => boolean): Question {
  const id = readId(line, fields);
  const readKnown = (name: string) => {
    const ids = readIds(line, fields, name);
    const unknown = ids?.find((paper) => !known(paper));
    if (unknown !== undefined) throw bad(line, `${unknown} is not the id of a paper`);
    return ids && [...new Set(ids)];
  };
  const papers = readKnown('papers') ?? readKnown('paper') ?? [];
  if (mode === 'similar') {
    if (papers.length === 0) throw bad(line, 'it names neither paper nor papers');
    return { kind: 'similar', id, papers };
  }
  if (mode !== 'topic') {
    const text = readText(line, fields, 'text') ?? '';
    if (text.trim() === '') throw bad(line, 'it has no text');
    return { kind: 'text', id, mode, text, without: papers };
  }
  const sentence = oneLine(readText(line, fields, 'sentence') || readText(line, fields, 'text') || '');
  const liked = readKnown('liked') ?? [];
  const disliked = readKnown('disliked') ?? [];
  const both = liked.find((paper) => disliked.includes(paper));
  if (both !== undefined) throw bad(line, `${both} is liked and disliked`);
  if (sentence === '' && liked.length === 0)
    throw bad(
      line,
      'it has neither a sentence nor a liked paper (disliked ones alone say nothing of what a topic is about)',
    );
  const name = oneLine(readText(line, fields, 'name') ?? '') || nameTopic(sentence);
  return { kind: 'topic', id, name, sentence, liked, disliked, without: [...papers, ...liked, ...disliked] };
}

function readObject(line: Line): Fields {
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    throw bad(line, 'this is not valid JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw bad(line, 'this is not a JSON object');
}

function readId(line: Line, { id }: Fields): string {
  if (typeof id !== 'string' || id === '') throw bad(line, 'it has no id');
  if (/\s/.test(id)) throw bad(line, `the id “${id}” has a space in it, which a run file cannot hold`);
  return id;
}

function readText(line: Line, fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw bad(line, `${name} is not a text`);
}

/** One id or a list of them. */
function readIds(line: Line, fields: Fields, name: string): readonly string[] | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return [value];
  if (isTexts(value)) return value;
  throw bad(line, `${name} is not a list of ids`);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** As the site reads its topics. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function bad(line: Line, reason: string): CommandError {
  return new CommandError(`${line.place}: ${reason}.`);
}
