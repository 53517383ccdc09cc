import { Tokenizer } from '@huggingface/tokenizers';
import { EngineError } from './error.ts';
import { rememberWords } from './known-words.ts';
import { createUnigram, isUnigram } from './unigram.ts';

/** A text as the graph reads it. */
export interface Encoding {
  readonly ids: readonly number[];
  /** The text was longer than the model reads: its end was left out. */
  readonly cut: boolean;
}

export interface TextTokenizer {
  encode(text: string): Encoding;
  readonly padId: number;
}

/**
 * A text is shortened to this many characters a piece before it is cut into pieces: pieces of real text
 * have 3 to 6, and without a limit a pasted book would be read whole to keep its first page.
 */
const CHARACTERS_PER_TOKEN = 64;

/**
 * The tokenizer of a model folder, with what the package leaves to its caller: cutting and padding.
 * @param maximumTokens longest encoding, the model's own marks included.
 * @throws {EngineError} `unreadable` naming tokenizer.json.
 */
export function createTokenizer(
  tokenizerJson: unknown,
  tokenizerConfig: unknown,
  maximumTokens: number,
): TextTokenizer {
  let tokenizer: Tokenizer;
  let marks: readonly number[];
  try {
    tokenizer = new Tokenizer(tokenizerJson as object, tokenizerConfig as object);
    marks = tokenizer.encode('').ids;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new EngineError(
      'unreadable',
      `tokenizer.json is not a tokenizer that Sheaf can read (${detail}). Choose another model.`,
    );
  }
  const room = maximumTokens * CHARACTERS_PER_TOKEN;
  const readIds = readsWordByWord(tokenizerJson)
    ? byWords(readerOfWords(tokenizer, tokenizerJson))
    : (text: string): readonly number[] => tokenizer.encode(text).ids;
  return {
    padId: findPadId(tokenizer, tokenizerJson, tokenizerConfig),
    encode(text) {
      const short = text.length > room ? text.slice(0, room) : text;
      const ids = readIds(short);
      if (ids.length <= maximumTokens) return { ids, cut: short.length < text.length };
      return { ids: cutIds(ids, marks, maximumTokens), cut: true };
    },
  };
}

const WORD_MARK = '\u2581';
/** A space to JavaScript, which the tokenizer's package strips at the ends of a text and takes for a letter within it. */
const BYTE_ORDER_MARK = '\ufeff';

/** The pieces of a text by those of its words. */
function byWords(readIds: (text: string) => readonly number[]): (text: string) => readonly number[] {
  const readWords = rememberWords(readIds);
  // A text with the tokenizer's own mark of a word in it has other words than its spaces tell.
  return (text) =>
    text.includes(WORD_MARK) || text.includes(BYTE_ORDER_MARK) ? readIds(text) : readWords(text);
}

/** Signs that no step of cleaning changes but for their case. */
const PLAIN_WORD = /^[!-~]+$/;

/** The package's way, but for plain words of a unigram model, which are most: there ours, to the same pieces. */
function readerOfWords(tokenizer: Tokenizer, tokenizerJson: unknown): (text: string) => readonly number[] {
  const readIds = (text: string): readonly number[] => tokenizer.encode(text).ids;
  const { model, normalizer, added_tokens } = tokenizerJson as {
    model: unknown;
    normalizer: { normalizers: { type: string }[] };
    added_tokens?: { content: string }[];
  };
  if (!isUnigram(model)) return readIds;
  const cut = createUnigram(model);
  const lower = normalizer.normalizers.some(({ type }) => type === 'Lowercase');
  const own = (added_tokens ?? []).map(({ content }) => content);
  return (text) => {
    if (!PLAIN_WORD.test(text) || own.some((token) => text.includes(token))) return readIds(text);
    return cut(WORD_MARK + (lower ? text.toLowerCase() : text));
  };
}

const BY_CHARACTER = ['NFKD', 'NFKC', 'NFD', 'NFC', 'StripAccents', 'Lowercase', 'Strip'];

/**
 * Whether a word's pieces do not depend on its neighbours: every word gets its own mark, none is joined to
 * the next, nothing is put around the text, and the text is cleaned character by character.
 */
function readsWordByWord(tokenizerJson: unknown): boolean {
  const { normalizer, pre_tokenizer, post_processor, added_tokens } = tokenizerJson as {
    normalizer?: {
      type?: string;
      normalizers?: { type: string; pattern?: { Regex?: string }; content?: string }[];
    };
    pre_tokenizer?: { type?: string; replacement?: string; split?: boolean; prepend_scheme?: string };
    post_processor?: unknown;
    added_tokens?: { content: string }[];
  };
  const steps = normalizer?.type === 'Sequence' ? (normalizer.normalizers ?? []) : undefined;
  const spaces = (step: { type: string; pattern?: { Regex?: string }; content?: string }): boolean =>
    step.type === 'Replace' && step.pattern?.Regex === '\\s+' && step.content === ' ';
  return (
    pre_tokenizer?.type === 'Metaspace' &&
    pre_tokenizer.replacement === WORD_MARK &&
    pre_tokenizer.split !== false &&
    pre_tokenizer.prepend_scheme === 'always' &&
    !post_processor &&
    steps?.some(spaces) === true &&
    steps.some((step) => step.type === 'Strip') &&
    steps.every((step) => spaces(step) || BY_CHARACTER.includes(step.type)) &&
    (added_tokens ?? []).every((token) => !/\s/.test(token.content))
  );
}

/**
 * Cuts pieces out before the marks at the end, so that a BERT still sees its closing mark.
 * @param marks the encoding of the empty text: what stands around every text.
 */
export function cutIds(ids: readonly number[], marks: readonly number[], maximum: number): number[] {
  let head = 0;
  while (head < marks.length && marks[head] === ids[head]) head++;
  const tail = marks.slice(head);
  return [...ids.slice(0, Math.max(0, maximum - tail.length)), ...tail].slice(0, maximum);
}

function findPadId(tokenizer: Tokenizer, tokenizerJson: unknown, tokenizerConfig: unknown): number {
  const named = (tokenizerConfig as { pad_token?: string | { content?: string } }).pad_token;
  const token = typeof named === 'string' ? named : named?.content;
  const stated = (tokenizerJson as { padding?: { pad_id?: number } | null }).padding?.pad_id;
  // Padding is masked out, so 0 does for a model that names none.
  return (token === undefined ? undefined : tokenizer.token_to_id(token)) ?? stated ?? 0;
}
