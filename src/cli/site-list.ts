import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mergeLists } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';
import { readPapers, SourceError } from '../source/source.ts';
import { readTopics, type TopicSpec } from '../source/topics.ts';
import { CommandError, count, reasonOf } from './failure.ts';
import { formatList, readList, today } from './read-list.ts';

const TOPICS = join(import.meta.dirname, '../../public/topics.json');

export interface SiteList {
  /** `papers.json`. */
  readonly text: string;
  /** As the page will have them: with the ids that it gives them. */
  readonly papers: readonly Paper[];
}

/**
 * Files of papers merged into one list; says on stderr what came of each.
 * @throws {CommandError} naming the file that is none, or that holds nothing.
 */
export async function readListOfSite(files: readonly string[], date: string | undefined): Promise<SiteList> {
  const all: Paper[] = [];
  const days = new Set<string | undefined>();
  for (const file of files) {
    const { papers, rejected, notes = [], listed } = await readList(file, date);
    for (const { place, reason } of rejected) console.error(`Left out: ${file}, ${place}: ${reason}.`);
    for (const { place, reason } of notes) console.error(`Not whole: ${file}, ${place}: ${reason}.`);
    if (papers.length === 0) throw new CommandError(`No paper of ${file} could be read.`);
    console.error(
      `${file}: ${count(papers.length, 'paper')}${rejected.length > 0 ? `, ${rejected.length} left out` : ''}.`,
    );
    all.push(...papers);
    days.add(listed);
  }
  const merged = mergeLists([], all).changed;
  if (merged.length < all.length)
    console.error(`${count(all.length - merged.length, 'paper')} named twice: merged.`);
  const [day] = days;
  const text = formatList(merged, days.size === 1 ? day : undefined);
  return { text, papers: mergeLists([], readPapers(text, { today: today() }).papers).changed };
}

/**
 * The topics of a file, or the site's own.
 * @throws {CommandError} naming the topic that is none: of a site that is made anew all should come in.
 */
export async function readTopicsOfSite(file: string = TOPICS): Promise<TopicSpec[]> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw new CommandError(`${file} cannot be read: ${reasonOf(error)}.`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CommandError(`${file} is not valid JSON: ${(error as Error).message}.`);
  }
  try {
    const { topics, rejected } = readTopics(json);
    const [first] = rejected;
    if (first) throw new CommandError(`${file}, ${first.place}: ${first.reason}.`);
    return topics;
  } catch (error) {
    if (error instanceof SourceError) throw new CommandError(`${file}: ${error.message}`);
    throw error;
  }
}
