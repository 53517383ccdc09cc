import { isStopWord, stem, type Token, tokenize } from './terms.ts';
import type { Candidate, Vocabulary } from './vocabulary.ts';

/** A term that a query's word may stand for. */
export interface Alternative {
  readonly term: number;
  /** How surely it is meant, 0 to 1; 1 for the word itself. */
  readonly weight: number;
}

/** Words that people ask with rather than for; they count for a quarter. */
const ASKING_WORDS = new Set(
  (
    'approach article best better find get give good help like make made makes making need new paper papers show some ' +
    'study use used uses using want way ways work works'
  ).split(' '),
);
const ASKING_WEIGHT = 0.25;

/** One word of a query with all that it may stand for; no alternatives: no paper has it. */
export interface QueryWord {
  readonly word: string;
  readonly alternatives: readonly Alternative[];
  /** How often the query says it; less for words like `best` and `way`. */
  readonly count: number;
}

export interface QueryOptions {
  /** Whether words also stand for longer words, misspelt ones and ones joined or split; on by default. */
  readonly forgiving?: boolean;
  /** Whether it can be asked which words matched; on by default. Without it a search makes less than half the garbage. */
  readonly telling?: boolean;
}

/**
 * The word being typed stands for longer words nearly as surely as for itself, less where it is a
 * word of the library already (`rap` and `rapid`); any other word much less.
 */
const TYPING_WEIGHT = 0.8;
const TYPED_WHOLE_WEIGHT = 0.45;
const PREFIX_WEIGHT = 0.35;
/** What a prefix loses by the letters that it leaves open: `net` is less surely `networks` than `networ` is. */
const OPEN_LETTERS_LOSS = 0.3;
const TYPING_MIN_LENGTH = 2;
const PREFIX_MIN_LENGTH = 4;
/** Two letters open a tenth of the vocabulary: the commonest completions are enough. */
const MOST_COMPLETIONS_TYPING = 100;
const MOST_COMPLETIONS = 20;
/** Words of so many papers are told apart by sorting alone. */
const COMMON_PAPERS = 1023;
/** Words of this length may have one slip, or two: in shorter ones a slip is another word. */
const ONE_SLIP_LENGTH = 5;
const TWO_SLIPS_LENGTH = 9;
const ONE_SLIP_WEIGHT = 0.75;
const TWO_SLIPS_WEIGHT = 0.55;
/** A word that no more than so many papers have is taken for a slip where a neighbour is this much commoner. */
const RARE_PAPERS = 1;
const COMMONER = 10;
/** `gaussian splatting` for `gaussiansplatting`, and the other way round. */
const JOINED_WEIGHT = 0.9;
const SPLIT_MIN_LENGTH = 3;

/**
 * What the words of a query stand for in this vocabulary. Stop words are left out.
 * `papersWith` says how many papers have a term; a term of removed papers has none and is no alternative.
 */
export function readQuery(
  text: string,
  vocabulary: Vocabulary,
  papersWith: (term: number) => number,
  options: QueryOptions = {},
): QueryWord[] {
  const forgiving = options.forgiving ?? true;
  const tokens = tokenize(text);
  const reader = { vocabulary, papersWith };
  const last = tokens.at(-1);
  const words = new Map<string, { alternatives: Map<number, number>; count: number }>();
  const wanted = tokens.filter(({ joined, word }) => !joined && !isStopWord(word));
  // `the` alone is a word on its way to `theory`.
  if (wanted.length === 0 && forgiving && last && !last.joined) wanted.push(last);
  for (const [index, token] of wanted.entries()) {
    const known = words.get(token.word);
    const alternatives = known?.alternatives ?? new Map<number, number>();
    const typing = forgiving && token === last && token.end === text.length;
    if (!known) addDirect(reader, token, forgiving, typing, alternatives);
    addJoined(reader, tokens, token, forgiving ? [wanted[index - 1], wanted[index + 1]] : [], alternatives);
    const asking = forgiving && ASKING_WORDS.has(token.word);
    words.set(token.word, { alternatives, count: (known?.count ?? 0) + (asking ? ASKING_WEIGHT : 1) });
  }
  return [...words].flatMap(([word, { alternatives, count }]) => {
    const halves = forgiving ? splitWord(reader, word, alternatives) : [];
    if (halves.length > 0) return halves.map((half) => ({ ...half, count }));
    return [{ word, alternatives: listed(alternatives), count }];
  });
}

interface Reader {
  readonly vocabulary: Vocabulary;
  papersWith(term: number): number;
}

type Alternatives = Map<number, number>;

/** The word itself, its completions, and, where there are none, its neighbours. */
function addDirect(
  reader: Reader,
  token: Token,
  forgiving: boolean,
  typing: boolean,
  into: Alternatives,
): void {
  const exact = liveTerm(reader, token.term);
  if (exact !== undefined && !isStopWord(token.word)) offer(into, exact, 1);
  if (!forgiving) return;
  addCompletions(reader, token, typing, into);
  const papers = exact === undefined ? 0 : reader.papersWith(exact);
  if (into.size === 0) addNeighbours(reader, token.word, 1, into);
  else if (exact !== undefined && papers <= RARE_PAPERS) {
    addNeighbours(reader, token.word, papers * COMMONER, into);
  }
}

function addCompletions(reader: Reader, token: Token, typing: boolean, into: Alternatives): void {
  const least = typing ? TYPING_MIN_LENGTH : PREFIX_MIN_LENGTH;
  if (token.word.length < least) return;
  const base = typing ? (into.size > 0 ? TYPED_WHOLE_WEIGHT : TYPING_WEIGHT) : PREFIX_WEIGHT;
  // `compressing` also begins `compression`, by its stem; short stems begin anything.
  const beginnings = token.term.length > PREFIX_MIN_LENGTH && token.word.startsWith(token.term);
  const beginning = beginnings && !typing ? token.term : token.word;
  const found = commonest(
    reader,
    reader.vocabulary.withPrefix(beginning),
    typing ? MOST_COMPLETIONS_TYPING : MOST_COMPLETIONS,
  );
  for (const { word, term } of found) {
    const open = Math.max(0, word.length - beginning.length);
    offer(into, term, base / (1 + (OPEN_LETTERS_LOSS * open) / beginning.length));
  }
}

/** The words that most papers have, so many of them, the commonest first; of thousands only these are sorted. */
function commonest({ papersWith }: Reader, candidates: readonly Candidate[], most: number): Candidate[] {
  const levels = new Uint32Array(COMMON_PAPERS + 1);
  const levelOf = ({ term }: Candidate) => Math.min(COMMON_PAPERS, papersWith(term));
  for (const candidate of candidates) {
    const level = levelOf(candidate);
    levels[level] = (levels[level] as number) + 1;
  }
  let least = COMMON_PAPERS + 1;
  for (let found = 0; least > 1 && found < most; found += levels[least] as number) least--;
  const among = candidates.filter((candidate) => levelOf(candidate) >= least);
  return among.sort((a, b) => papersWith(b.term) - papersWith(a.term)).slice(0, most);
}

/** Words one slip away; where there are none, two. Only letters: `gpt3` is no slip of `gpt4`. */
function addNeighbours(reader: Reader, word: string, leastPapers: number, into: Alternatives): void {
  if (word.length < ONE_SLIP_LENGTH || !/^\p{L}+$/u.test(word)) return;
  const common = ({ term }: Candidate) => reader.papersWith(term) >= leastPapers;
  const once = reader.vocabulary.near(word, 1).filter(common);
  for (const { term } of once) offer(into, term, ONE_SLIP_WEIGHT);
  if (once.length > 0 || word.length < TWO_SLIPS_LENGTH) return;
  for (const { term } of reader.vocabulary.near(word, 2).filter(common)) offer(into, term, TWO_SLIPS_WEIGHT);
}

/** The hyphenated word that it is part of, and the words it makes with its neighbours in the query. */
function addJoined(
  reader: Reader,
  tokens: readonly Token[],
  token: Token,
  neighbours: readonly (Token | undefined)[],
  into: Alternatives,
): void {
  const whole = tokens.find(({ joined, start, end }) => joined && start <= token.start && end >= token.end);
  const term = whole && liveTerm(reader, whole.term);
  if (term !== undefined) offer(into, term, 1);
  for (const neighbour of neighbours) {
    if (!neighbour) continue;
    const [first, second] = neighbour.start < token.start ? [neighbour, token] : [token, neighbour];
    const together = liveTerm(reader, stem(first.word + second.word));
    if (together !== undefined) offer(into, together, JOINED_WEIGHT);
  }
}

/**
 * Two known words written as one, cut where the rarer half is the commonest. Only for a word that nobody has,
 * or next to nobody; those who have it keep their match.
 */
function splitWord(reader: Reader, word: string, own: Alternatives): Omit<QueryWord, 'count'>[] {
  const papersWithWord = [...own.keys()].reduce((sum, term) => sum + reader.papersWith(term), 0);
  if (papersWithWord > RARE_PAPERS) return [];
  let best: Omit<QueryWord, 'count'>[] = [];
  let bestPapers = papersWithWord * COMMONER;
  for (let cut = SPLIT_MIN_LENGTH; cut <= word.length - SPLIT_MIN_LENGTH; cut++) {
    const halves = [word.slice(0, cut), word.slice(cut)];
    const terms = halves.map((half) => liveTerm(reader, stem(half)));
    const papers = Math.min(...terms.map((term) => (term === undefined ? 0 : reader.papersWith(term))));
    if (papers <= bestPapers) continue;
    bestPapers = papers;
    best = halves.map((half, index) => ({
      word: half,
      alternatives: listed(new Map([...own, [terms[index] as number, JOINED_WEIGHT]])),
    }));
  }
  return best;
}

/** The number of a term that some paper has now. */
function liveTerm(reader: Reader, name: string): number | undefined {
  const term = reader.vocabulary.find(name);
  return term !== undefined && reader.papersWith(term) > 0 ? term : undefined;
}

function offer(into: Alternatives, term: number, weight: number): void {
  if (weight > (into.get(term) ?? 0)) into.set(term, weight);
}

function listed(alternatives: Alternatives): Alternative[] {
  return [...alternatives].map(([term, weight]) => ({ term, weight }));
}
