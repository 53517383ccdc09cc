import { isRelativeDate } from '../paper/calendar.ts';
import { parseIsoDate } from '../paper/date.ts';
import { texts } from '../texts/texts.ts';
import { nearestField } from './fields.ts';

/*
 * The language of the search field. Free words go to the ranking as they stand; what follows are filters, each of
 * which a minus in front turns round:
 *
 *   "exact words"   -word   title:word   author:name   org:name   after:2026-03   before:2026-03-10   after:7d
 *   comments:>3   upvotes:>=10   has:code   has:abstract   has:note   is:unread   is:read   is:starred   is:later
 *   topic:"3DGS"   tag:seminar   cat:cs.CV   like:2401.04925
 *
 * and `sort:newest`, `oldest`, `comments`, `upvotes`, `discussed`, `trending`, `topics` or `best`. Anything else with a colon is free words: titles have colons.
 */

export type TextField = 'title' | 'author' | 'org' | 'topic' | 'tag' | 'cat' | 'like';
export type NumberField = 'comments' | 'upvotes';
export type Sort = 'best' | 'newest' | 'oldest' | NumberField | 'discussed' | 'trending' | 'topics';
export type Comparison = '=' | '>' | '>=' | '<' | '<=';

export type Condition =
  /** These very words, one after another, in title or abstract. */
  | { readonly kind: 'phrase'; readonly phrase: string }
  /** The word in any of its forms, in title or abstract. */
  | { readonly kind: 'word'; readonly word: string }
  /**
   * Of one word any form; of several as a phrase. Of `cat` the beginning of an arXiv category, of `like` the id of
   * a paper whose neighbours are meant.
   */
  | { readonly kind: TextField; readonly value: string }
  /** ISO 8601, as exact as it was given, or a time before today (`7d`); the day itself is after, and not before. */
  | { readonly kind: 'after' | 'before'; readonly date: string }
  | {
      readonly kind: NumberField;
      readonly comparison: Comparison;
      readonly number: number;
    }
  | { readonly kind: 'has'; readonly what: 'code' | 'abstract' | 'note' }
  | { readonly kind: 'is'; readonly what: 'unread' | 'read' | 'starred' | 'later' };

export interface Filter {
  readonly condition: Condition;
  /** Papers that meet the condition are left out. */
  readonly not: boolean;
  /** It is still being typed: its last word may be the beginning of a longer one. */
  readonly open: boolean;
  /** Where it stands in what was typed. */
  readonly start: number;
  readonly end: number;
}

/** What a reader typed, taken apart. */
export interface Question {
  /** The free words, and those of phrases: what papers are ranked by. */
  readonly text: string;
  /** There are no words but those of phrases: what has these is found, however it ranks. */
  readonly phrasesOnly: boolean;
  readonly filters: readonly Filter[];
  readonly sort?: { readonly by: Sort; readonly start: number; readonly end: number };
  /** What could not be understood, as sentences; it takes no part. */
  readonly problems: readonly string[];
}

const TEXT_FIELDS: readonly string[] = [
  'title',
  'author',
  'org',
  'topic',
  'tag',
  'cat',
  'like',
] satisfies TextField[];
const NUMBER_FIELDS: readonly string[] = ['comments', 'upvotes'] satisfies NumberField[];
const SORTS: readonly string[] = [
  'best',
  'newest',
  'oldest',
  'comments',
  'upvotes',
  'discussed',
  'trending',
  'topics',
] satisfies Sort[];
const HAS: readonly string[] = ['code', 'abstract', 'note'];
const IS: readonly string[] = ['unread', 'read', 'starred', 'later'];

/** A minus, a field and a value or quoted words; each may be missing. A quote that is not closed yet goes to the end; phones type curly ones. */
const PIECE =
  /(?<minus>-(?=["“”„«»\p{L}\p{N}]))?(?:(?<field>[a-z]+):)?(?:["“”„«»](?<quoted>[^"“”„«»]*)(?<close>["“”„«»])?|(?<plain>[^\s"“”„«»]*))/giu;

/** `cs`, `cs.CV`, `hep-th`, `cond-mat.stat-mech`, and what is on its way to one. */
const CATEGORY = /^[a-z]+(?:-[a-z]*)?(?:\.(?:[a-z]+(?:-[a-z]*)?)?)?$/i;

const ONLY_SIGNS = /^[-"“”„«»]+$/;

/** More than an abstract that somebody pastes; an address can carry a million, each of them a filter. */
const LONGEST_QUESTION = 10_000;

/** Takes a query apart. Never throws: what is no filter is free words. */
export function parseQuestion(whole: string): Question {
  const typed = whole.slice(0, LONGEST_QUESTION);
  const filters: Filter[] = [];
  const problems: string[] = typed === whole ? [] : [texts.question.tooLong(LONGEST_QUESTION)];
  const free: string[] = [];
  let phrases = 0;
  let sort: Question['sort'];
  /** The last word is still being typed. */
  let open = false;
  for (const piece of pieces(typed)) {
    const { start, end, value, not, quoted, closed } = piece;
    const typing = end === typed.length && !closed;
    // `what is: a mixer` asks for nothing that is unread; `is:` at the end is a filter on its way.
    const field = KNOWN.has(piece.field ?? '') && (value !== '' || typing) ? piece.field : undefined;
    const words = piece.field && !field ? `${piece.field}:${value}` : value;
    const found = field ? readField(field, value, not, typing) : readWords(words, not, quoted);
    open = found === undefined && typing;
    // The first sign of an exclusion or a phrase that is on its way.
    if (found === undefined && end === typed.length && ONLY_SIGNS.test(typed.slice(start, end))) continue;
    if (found === undefined) {
      // Its words rank all the same: it may be no filter after all.
      const meant = piece.field && !field && value !== '' ? nearestField(piece.field, KNOWN) : undefined;
      if (piece.field && meant && !typing) problems.push(texts.question.noFilter(piece.field, meant));
      free.push(typed.slice(start, end));
      continue;
    }
    if (typeof found === 'string') {
      // Half typed: nothing is wrong yet.
      if (found !== '') problems.push(found);
    } else if (found.kind === 'sort') sort = { by: found.by, start, end };
    else {
      filters.push({ condition: found, not, open: typing && !not, start, end });
      // Its words rank, too.
      if (found.kind === 'phrase' && !not) {
        free.push(found.phrase);
        phrases++;
      }
    }
  }
  // A space at the end says that the last word is whole.
  const text = free.length > 0 ? free.join(' ') + (open ? '' : ' ') : '';
  const phrasesOnly = phrases > 0 && phrases === free.length;
  return { text, phrasesOnly, filters, ...(sort ? { sort } : {}), problems };
}

/** What was typed without one part of it: the way to take a filter away. */
export function withoutPart(typed: string, { start, end }: { start: number; end: number }): string {
  return `${typed.slice(0, start).trimEnd()} ${typed.slice(end).trimStart()}`.trim();
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly field: string | undefined;
  readonly value: string;
  readonly quoted: boolean;
  readonly closed: boolean;
  readonly not: boolean;
}

function pieces(typed: string): Piece[] {
  const found: Piece[] = [];
  PIECE.lastIndex = 0;
  let at = 0;
  while (at < typed.length) {
    const space = /\s+/y;
    space.lastIndex = at;
    if (space.test(typed)) at = space.lastIndex;
    if (at >= typed.length) break;
    PIECE.lastIndex = at;
    const match = PIECE.exec(typed);
    // The pattern can always take what is no space; a quote in the middle of a word begins the next piece.
    const length = Math.max(1, match?.index === at ? match[0].length : 1);
    const { minus, field, quoted, close, plain } = match?.groups ?? {};
    found.push({
      start: at,
      end: at + length,
      field: field?.toLowerCase(),
      value: quoted ?? plain ?? '',
      quoted: quoted !== undefined,
      closed: close !== undefined,
      not: minus !== undefined,
    });
    at += length;
  }
  return found;
}

type Sorted = { readonly kind: 'sort'; readonly by: Sort };

const KNOWN = new Set([...TEXT_FIELDS, ...NUMBER_FIELDS, 'after', 'before', 'has', 'is', 'sort']);

/** A sentence for what is wrong, an empty one for what is still being typed. */
function readField(field: string, value: string, not: boolean, typing: boolean): Condition | Sorted | string {
  if (value === '') return '';
  if (field === 'cat' && !CATEGORY.test(value)) return typing ? '' : texts.question.category;
  // The beginning of an arXiv id names no paper yet.
  if (field === 'like' && typing && /^[\d.]{1,8}$/.test(value)) return '';
  if (TEXT_FIELDS.includes(field)) return { kind: field as TextField, value };
  if (NUMBER_FIELDS.includes(field)) return readNumber(field as NumberField, value, typing);
  if (field === 'after' || field === 'before') {
    const ago = value.toLowerCase();
    const date = isRelativeDate(ago) ? ago : parseIsoDate(value);
    if (date) return { kind: field, date };
    return typing && /^\d{0,4}$|^\d{4}-\d?$|^\d{4}-\d{2}-\d?$/.test(value) ? '' : texts.question.date(field);
  }
  const choice = value.toLowerCase();
  if (field === 'sort') {
    if (not) return texts.question.sortTurned;
    return SORTS.includes(choice)
      ? { kind: 'sort', by: choice as Sort }
      : unknownChoice('sort', choice, SORTS, typing);
  }
  if (field === 'has') {
    return HAS.includes(choice)
      ? { kind: 'has', what: choice as 'code' | 'abstract' | 'note' }
      : unknownChoice('has', choice, HAS, typing);
  }
  return IS.includes(choice)
    ? { kind: 'is', what: choice as 'unread' | 'read' | 'starred' | 'later' }
    : unknownChoice('is', choice, IS, typing);
}

/** Nothing is wrong while it may still become one of them. */
function unknownChoice(field: string, typed: string, choices: readonly string[], typing: boolean): string {
  if (typing && choices.some((choice) => choice.startsWith(typed))) return '';
  return texts.question.noChoice(field, typed, choices);
}

function readNumber(kind: NumberField, value: string, typing: boolean): Condition | string {
  const [, comparison = '', digits = ''] = /^([<>]?=?)(\d{0,9})$/.exec(value) ?? [];
  if (digits) return { kind, comparison: (comparison || '=') as Comparison, number: Number(digits) };
  return typing && /^[<>]?=?$/.test(value) ? '' : texts.question.number(kind);
}

function readWords(value: string, not: boolean, quoted: boolean): Condition | undefined {
  if (!quoted && !not) return undefined;
  if (!/[\p{L}\p{N}]/u.test(value)) return undefined;
  return quoted ? { kind: 'phrase', phrase: value } : { kind: 'word', word: value };
}
