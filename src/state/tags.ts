import { type Accessor, createMemo } from 'solid-js';
import { LONGEST_TAG } from '../paper/limits.ts';
import { fold } from '../words/terms.ts';
import type { Library } from './library.ts';
import type { Marked, Marks } from './marks.ts';

/** A reader's own word for papers. */
export interface Tag {
  /** As the reader spelt it; where spelt in several ways, the commonest. */
  readonly name: string;
  /** Ids of the papers here that have it. */
  readonly papers: ReadonlySet<string>;
}

export interface Tags {
  /** Those of papers that are here, by name. */
  readonly list: Accessor<readonly Tag[]>;
  readonly byName: (name: string) => Tag | undefined;
  readonly of: (paperId: string) => readonly string[];
  /** Adds a tag to papers that do not have it. Like the next three with the way back. */
  add(name: string, papers: readonly string[]): Promise<Marked>;
  remove(name: string, papers: readonly string[]): Promise<Marked>;
  /** Of every paper; a name that is in use already joins the two. */
  rename(name: string, to: string): Promise<Marked>;
  removeEverywhere(name: string): Promise<Marked>;
}

export { LONGEST_TAG } from '../paper/limits.ts';

/** What two spellings of one tag have in common: accents and case do not matter. */
export function tagKey(name: string): string {
  const clean = cleanTag(name);
  return fold(clean) || clean;
}

/** On one line, without space at its ends; empty where nothing is left. */
export function cleanTag(name: string): string {
  const line = name.replace(/\s+/g, ' ').trim().replace(/^#+/, '').trim();
  return [...line].slice(0, LONGEST_TAG).join('').trim();
}

/** With another tag at the end, or as they were where one is spelt alike. */
export function withTag(tags: readonly string[], name: string): readonly string[] {
  const [clean, key] = [cleanTag(name), tagKey(name)];
  return clean === '' || tags.some((tag) => tagKey(tag) === key) ? tags : [...tags, clean];
}

export function withoutTag(tags: readonly string[], name: string): readonly string[] {
  const key = tagKey(name);
  return tags.filter((tag) => tagKey(tag) !== key);
}

/** In the place of the old one; once, where the new name was there already. */
export function withRenamed(tags: readonly string[], name: string, to: string): readonly string[] {
  const [key, clean] = [tagKey(name), cleanTag(to)];
  if (clean === '' || !tags.some((tag) => tagKey(tag) === key)) return tags;
  const renamed = tags.map((tag) => (tagKey(tag) === key ? clean : tag));
  return renamed.filter((tag, at) => renamed.findIndex((other) => tagKey(other) === tagKey(tag)) === at);
}

/** @param library tags of papers that were removed wait for them. */
export function createTags(marks: Marks, library: Pick<Library, 'byId'>): Tags {
  const byKey = createMemo(() => {
    const found = new Map<string, { spellings: Map<string, number>; papers: Set<string> }>();
    for (const { paper, tags = [] } of marks.all()) {
      if (tags.length === 0 || !library.byId(paper)) continue;
      for (const tag of tags) {
        const key = tagKey(tag);
        const known = found.get(key) ?? { spellings: new Map<string, number>(), papers: new Set<string>() };
        known.spellings.set(tag, (known.spellings.get(tag) ?? 0) + 1);
        known.papers.add(paper);
        found.set(key, known);
      }
    }
    return new Map(
      [...found].map(([key, { spellings, papers }]): [string, Tag] => [
        key,
        { name: [...spellings].reduce((a, b) => (b[1] > a[1] ? b : a))[0], papers },
      ]),
    );
  });
  const list = createMemo(() =>
    [...byKey().values()].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })),
  );
  return {
    list,
    byName: (name) => byKey().get(tagKey(name)),
    of: (paperId) => marks.of(paperId)?.tags ?? [],
    add: (name, papers) => marks.retag((tags) => withTag(tags, name), papers),
    remove: (name, papers) => marks.retag((tags) => withoutTag(tags, name), papers),
    rename: (name, to) => marks.retag((tags) => withRenamed(tags, name, to)),
    removeEverywhere: (name) => marks.retag((tags) => withoutTag(tags, name)),
  };
}
