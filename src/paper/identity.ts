import { plain } from './latex.ts';
import { MOST_LINKS, MOST_WORDS } from './limits.ts';
import type { Paper, PaperLink } from './paper.ts';

/**
 * Identity of a title: its letters and digits, without accents or case. Twin of `title_key` in
 * models/training/text.py for titles in Latin letters. A title with more letters of another script
 * keeps them: two Chinese titles that both say "BERT" are two papers.
 */
export function titleKey(title: string): string {
  const folded = plain(title).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const latin = folded.replace(/[^0-9a-z]+/g, '');
  const letters = folded.replace(/\P{L}+/gu, '');
  const latinLetters = latin.replace(/[0-9]+/g, '');
  if (latin !== '' && latinLetters.length * 2 >= letters.length) return latin;
  return folded.replace(/[^\p{L}\p{N}]+/gu, '') || folded || title.trim();
}

const PAGE_OF_ARXIV =
  /^(?:https?:\/\/)?(?:www\.|export\.)?(?:arxiv\.org\/(?:abs|pdf|html|format)|(?:huggingface\.co|hf\.co)\/papers|alphaxiv\.org\/(?:abs|pdf|overview)|(?:(?:dx\.)?doi\.org\/)?10\.48550)\//i;
const NEW_ID = /^(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v\d+)?$/;
/** The subject class of `math.GT/0309136` is no part of the identifier. */
const OLD_ID = /^([a-z]+(?:-[a-z]+)?)(?:\.[A-Z]{2})?\/(\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v\d+)?$/i;

/** No address of a paper is as long; what is costs time to look through. */
const LONGEST_ADDRESS = 500;

/**
 * The arXiv identifier, without version, of an identifier or of the address of a paper's page at arXiv,
 * Hugging Face or alphaXiv; undefined for anything else. Reads the whole text, finds nothing inside prose.
 */
export function parseArxivId(text: string): string | undefined {
  if (text.length > LONGEST_ADDRESS) return undefined;
  const bare = text
    .trim()
    .replace(PAGE_OF_ARXIV, '')
    .replace(/[?#].*$/, '')
    .replace(/\/$/, '')
    .replace(/\.pdf$/i, '')
    .replace(/^arxiv[:.]\s*/i, '');
  const recent = NEW_ID.exec(bare)?.[1];
  if (recent) return recent;
  const old = OLD_ID.exec(bare);
  return old ? `${old[1]?.toLowerCase()}/${old[2]}` : undefined;
}

/**
 * A paper with its identity.
 * @throws {RangeError} when the title is empty.
 */
export function createPaper(draft: Omit<Paper, 'id'>): Paper {
  const key = titleKey(draft.title);
  if (key === '') throw new RangeError('a paper needs a title');
  return { id: draft.arxivId ? `arxiv:${draft.arxivId}` : `title:${key}`, ...draft };
}

/**
 * One paper from two tellings of it. Gaps are filled; title, abstract and counts are those of the newer
 * telling, which is `incoming` unless both were listed and `kept` later. The id stays.
 * Returns `kept` itself when nothing changed.
 */
export function mergePaper(kept: Paper, incoming: Paper): Paper {
  const outdated = Boolean(kept.listed && incoming.listed && incoming.listed < kept.listed);
  const [older, newer] = outdated ? [incoming, kept] : [kept, incoming];
  const facts: Omit<Paper, 'id'> = {
    title: sameWords(kept.title, incoming.title) ? kept.title : realTitle(newer, older),
    abstract: sameWords(kept.abstract, incoming.abstract) ? kept.abstract : newer.abstract || older.abstract,
    ...known('date', moreExact(kept.date, incoming.date)),
    ...known(
      'authors',
      kept.authors?.length || !incoming.authors?.length || isOrganization(incoming, kept)
        ? kept.authors
        : incoming.authors,
    ),
    ...known('authorCount', newer.authorCount ?? older.authorCount),
    ...known('organization', kept.organization || incoming.organization),
    ...known('comments', newer.comments ?? older.comments),
    ...known('upvotes', newer.upvotes ?? older.upvotes),
    ...known('arxivId', kept.arxivId || incoming.arxivId),
    ...appeared(kept, incoming),
    ...known('links', joinLinks(kept.links, incoming.links)),
    ...known('listed', newer.listed ?? older.listed),
  };
  return changed(kept, facts);
}

/** What is kept, with what only the other telling knows. Returns `kept` itself when that is nothing. */
export function fillGaps(kept: Paper, incoming: Paper): Paper {
  const { id: _, ...rest } = incoming;
  const { id: __, ...own } = kept;
  return changed(kept, {
    ...rest,
    ...own,
    title: realTitle(kept, incoming),
    abstract: kept.abstract || incoming.abstract,
    ...known('date', moreExact(kept.date, incoming.date)),
    ...appeared(kept, incoming),
    ...known('links', joinLinks(kept.links, incoming.links)),
  });
}

/** What a paper is called of which only the arXiv id is known, until a list tells its title. */
export function placeholderTitle(arxivId: string): string {
  return `arXiv:${arxivId}`;
}

/** Whether nothing of a paper is known but its arXiv id. */
export function isPlaceholder({ title, abstract, arxivId }: Omit<Paper, 'id'>): boolean {
  return abstract === '' && arxivId !== undefined && title === placeholderTitle(arxivId);
}

/** Any title is better than none but the id. */
function realTitle(first: Paper, second: Paper): string {
  const isReal = ({ title, arxivId }: Paper) => title !== '' && title !== placeholderTitle(arxivId ?? '');
  return isReal(first) || !isReal(second) ? first.title || second.title : second.title;
}

/** Where it appeared and what it is about: gaps are filled, lists joined. */
function appeared(kept: Paper, incoming: Paper): Partial<Paper> {
  return {
    ...known('doi', kept.doi ?? incoming.doi),
    ...known('venue', kept.venue ?? incoming.venue),
    ...known('pages', kept.pages ?? incoming.pages),
    ...known('categories', joinWords(kept.categories, incoming.categories)),
    ...known('keywords', joinWords(kept.keywords, incoming.keywords)),
  };
}

/** Each once; the very same array when nothing is added. */
function joinWords(
  kept: readonly string[] | undefined,
  incoming: readonly string[] | undefined,
): readonly string[] | undefined {
  if (!incoming?.length) return kept;
  if (!kept?.length) return incoming;
  const here = new Set(kept.map((word) => word.toLowerCase()));
  const added = incoming.filter((word) => !here.has(word.toLowerCase())).slice(0, room(kept, MOST_WORDS));
  return added.length > 0 ? [...kept, ...added] : kept;
}

function changed(kept: Paper, facts: Omit<Paper, 'id'>): Paper {
  const names = Object.keys(facts) as (keyof typeof facts)[];
  const same = names.every((name) => facts[name] === kept[name]);
  return same ? kept : { ...kept, ...facts };
}

/** Formats that write plain text bring a title back without its LaTeX: that is no news. */
function sameWords(kept: string, incoming: string): boolean {
  return kept === incoming || (kept !== '' && plain(kept) === plain(incoming));
}

/** Bibliographies write an organisation as the only author of papers whose authors are not known. */
function isOrganization({ authors }: Paper, { organization }: Paper): boolean {
  return authors?.length === 1 && organization !== undefined && authors[0] === organization;
}

/** No key at all for what is not known, as exact optional properties want it. */
function known<Key extends keyof Paper>(key: Key, value: Paper[Key] | undefined): Partial<Pick<Paper, Key>> {
  return value === undefined ? {} : ({ [key]: value } as unknown as Pick<Paper, Key>);
}

/** `2026` gives way to `2026-02-23`, but not to another year. */
function moreExact(kept: string | undefined, incoming: string | undefined): string | undefined {
  if (!kept) return incoming;
  return incoming?.startsWith(`${kept}-`) ? incoming : kept;
}

/** The very same array when nothing is added. */
function joinLinks(
  kept: readonly PaperLink[] | undefined,
  incoming: readonly PaperLink[] | undefined,
): readonly PaperLink[] | undefined {
  if (!incoming?.length) return kept;
  if (!kept?.length) return incoming;
  const here = new Set(kept.map(({ url }) => url));
  const added = incoming.filter(({ url }) => !here.has(url)).slice(0, room(kept, MOST_LINKS));
  return added.length > 0 ? [...kept, ...added] : kept;
}

/** Of one paper told ten thousand times no list grows ten thousand times as long. */
function room(kept: readonly unknown[], most: number): number {
  return Math.max(0, most - kept.length);
}

export interface MergedLists {
  /** What is to be written: the new papers and the kept ones that say something new, each once. */
  readonly changed: Paper[];
  /** Ids of the new papers, in the order of the incoming list. */
  readonly added: string[];
  /** Ids of kept papers that changed. */
  readonly merged: string[];
  /** Ids of kept papers that the incoming list names and that stay as they are. */
  readonly unchanged: string[];
  /** Id of each incoming paper -> the id under which it is kept. */
  readonly ids: ReadonlyMap<string, string>;
}

/**
 * Folds a list into the papers already kept, and its own duplicates into one another.
 * Two papers are one when their arXiv ids are equal, or their title keys are, unless both have different
 * arXiv ids. Two tellings of one paper are joined by `merge`. Pure, O(kept + incoming): the store calls it inside its transaction.
 */
export function mergeLists(
  kept: readonly Paper[],
  incoming: readonly Paper[],
  merge: typeof mergePaper = mergePaper,
): MergedLists {
  const library = createIndex(kept);
  const before = new Map(kept.map((paper) => [paper.id, paper]));
  const touched = new Set<string>();
  const ids = new Map<string, string>();
  const numbers = new Map<string, number>();
  for (const paper of incoming) {
    const match = library.find(paper);
    const now = match ? merge(match, paper) : withFreeId(paper, library.get, numbers);
    if (now !== match) library.put(now);
    touched.add(now.id);
    ids.set(paper.id, now.id);
  }
  const result: MergedLists = { changed: [], added: [], merged: [], unchanged: [], ids };
  for (const id of touched) {
    const old = before.get(id);
    const last = library.get(id) as Paper;
    // Twins in a list may change a paper to and fro: what counts is whether it ends where it began.
    const now = old ? merge(old, last) : last;
    if (now !== old) result.changed.push(now);
    (old === undefined ? result.added : now === old ? result.unchanged : result.merged).push(id);
  }
  return result;
}

/**
 * Its own, unless another paper has that: a backup says under which id a paper was kept, and may be wrong.
 * @param numbers where the search for a free one goes on, by title: not at the beginning for each of many.
 */
function withFreeId(
  paper: Paper,
  get: (id: string) => Paper | undefined,
  numbers: Map<string, number>,
): Paper {
  if (get(paper.id) === undefined) return paper;
  const key = titleKey(paper.title);
  const candidates = [...(paper.arxivId ? [`arxiv:${paper.arxivId}`] : []), `title:${key}`];
  for (let n = numbers.get(key) ?? 2; ; n++) {
    const free = candidates.find((id) => get(id) === undefined);
    if (free !== undefined) return { ...paper, id: free };
    candidates.splice(0, candidates.length, `title:${key} ${n}`);
    numbers.set(key, n);
  }
}

function createIndex(papers: readonly Paper[]) {
  const byId = new Map<string, Paper>();
  const byArxivId = new Map<string, string>();
  /** Title key -> ids. A paper whose title changes stays findable by the old one. */
  const byTitle = new Map<string, Set<string>>();
  /** Of these, such as have no arXiv id: the only ones that a paper with one can be joined with by its title. */
  const withoutArxivId = new Map<string, Set<string>>();

  function put(paper: Paper): void {
    byId.set(paper.id, paper);
    if (paper.arxivId) byArxivId.set(paper.arxivId, paper.id);
    const key = titleKey(paper.title);
    note(byTitle, key, paper.id);
    if (!paper.arxivId) note(withoutArxivId, key, paper.id);
  }

  function note(ids: Map<string, Set<string>>, key: string, id: string): void {
    ids.set(key, (ids.get(key) ?? new Set()).add(id));
  }

  function find(paper: Paper): Paper | undefined {
    const twin = paper.arxivId && byArxivId.get(paper.arxivId);
    if (twin) return byId.get(twin);
    // The id first: it holds the title under which the paper was first seen.
    const same = byId.get(paper.id);
    if (same && !(paper.arxivId && same.arxivId)) return same;
    const ids = (paper.arxivId ? withoutArxivId : byTitle).get(titleKey(paper.title)) ?? new Set();
    for (const id of ids) {
      const candidate = byId.get(id);
      if (candidate && !(paper.arxivId && candidate.arxivId)) return candidate;
      // It has got one since, and keeps it.
      ids.delete(id);
    }
    return undefined;
  }

  for (const paper of papers) put(paper);
  return { put, find, get: (id: string) => byId.get(id) };
}
