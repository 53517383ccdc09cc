import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FeedHead, toAtom, toJsonFeed } from '../export/feeds.ts';
import { compareDates } from '../paper/date.ts';
import type { Paper } from '../paper/paper.ts';
import type { TopicSpec } from '../source/topics.ts';
import { finishSite } from './finish-site.ts';
import { type ListVectors, writeVectors } from './list-vectors.ts';
import {
  ALL_FEED,
  feedHead,
  feedTitle,
  openSearch,
  publishManifest,
  publishPage,
  topicFeed,
} from './published-page.ts';
import { today } from './read-list.ts';
import type { SiteList } from './site-list.ts';

/** All that a site of one's own is made of. */
export interface SiteParts {
  readonly title: string;
  /** Absolute, with a slash at its end. */
  readonly url: string | undefined;
  readonly topics: readonly TopicSpec[];
  readonly questions: readonly string[];
  readonly list: SiteList;
  readonly vectors: readonly ListVectors[];
  /** Papers of each topic. */
  readonly members: ReadonlyMap<string, readonly Paper[]>;
}

/** A feed has as many entries as readers of feeds will look at; the site has all. */
const MOST_ENTRIES = 200;

/**
 * Writes a site: what Vite built, and what this list is.
 * @param site the built one, which is left as it is.
 * @param folder empty.
 */
export async function writeSite(site: string, folder: string, parts: SiteParts): Promise<void> {
  const { title, url, topics, questions, list, vectors, members } = parts;
  await cp(site, folder, { recursive: true });
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const change = async (path: string, how: (text: string) => string) =>
    put(path, how(await readFile(join(folder, path), 'utf8')));
  const putFeed = async (path: string, name: string, papers: readonly Paper[]) => {
    const newest = byDay(papers).slice(0, MOST_ENTRIES);
    const head = (ending: string): FeedHead => feedHead(path, name, url, today(), ending);
    await put(`${path}.atom`, toAtom(newest, head('atom')));
    await put(`${path}.json`, toJsonFeed(newest, head('json')));
  };
  await put('papers.json', list.text);
  await put('topics.json', `${JSON.stringify(topics, null, 2)}\n`);
  for (const one of vectors) await writeVectors(one, folder);
  await putFeed(ALL_FEED, title, list.papers);
  for (const { id, name } of topics)
    await putFeed(topicFeed(id), feedTitle(name, title), members.get(id) ?? []);
  const models = vectors.map(({ model }) => model);
  await change('index.html', (html) => publishPage(html, { title, url, topics, questions, models }));
  await change('manifest.webmanifest', (text) => publishManifest(text, title));
  if (url) await put('opensearch.xml', openSearch(title, url));
  // Last, since it knows the sum of every file.
  await finishSite(folder);
}

/** Newest first, as feeds are read: when a list showed it, else its own date. */
function byDay(papers: readonly Paper[]): Paper[] {
  const day = ({ listed, date }: Paper): string => listed ?? date ?? '';
  return [...papers].sort((a, b) => compareDates(day(b), day(a)));
}
