import { parseArxivId, titleKey } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';
import { LONGEST_NAME, LONGEST_SENTENCE } from './topicChanges.ts';

/** A topic as a link carries it. Examples are arXiv ids, or `title:` and a title's key. */
export interface SharedTopic {
  readonly name: string;
  readonly sentence: string;
  readonly liked: readonly string[];
  readonly disliked: readonly string[];
}

/** What is wrong with a link, by the name of its sentence in the texts. */
export type SharedProblem = 'empty' | 'name' | 'sentence' | 'longName' | 'longSentence' | 'examples';

/** Longest link's part about the topic, characters: mail and chat pass on so much unbroken. */
export const LONGEST_SHARED = 2_000;
const MOST_EXAMPLES = 200;
const TITLE = /^title:[^\s]{1,300}$/u;

/** The paper's name outside of this device. */
export function sharedId(paper: Pick<Paper, 'arxivId' | 'title'>): string {
  return paper.arxivId ?? `title:${titleKey(paper.title)}`;
}

/**
 * A topic as the part of an address, `name=…&about=…&yes=…&no=…`, and how many examples it left out: those whose
 * names {@link readShared} would refuse, and for length the last ones of both kinds in turns.
 */
export function writeShared(topic: SharedTopic): { text: string; leftOut: number } {
  const { name, sentence } = topic;
  const [liked, disliked] = [topic.liked.filter(isName), topic.disliked.filter(isName)];
  const write = () =>
    new URLSearchParams([
      ['name', name],
      ['about', sentence],
      ...liked.map((id) => ['yes', id]),
      ...disliked.map((id) => ['no', id]),
    ]).toString();
  let text = write();
  let leftOut = topic.liked.length + topic.disliked.length - liked.length - disliked.length;
  while (text.length > LONGEST_SHARED && liked.length + disliked.length > 0) {
    (disliked.length >= liked.length ? disliked : liked).pop();
    leftOut++;
    text = write();
  }
  return { text, leftOut };
}

/** Reads what {@link writeShared} wrote. Never throws: a link comes from anybody. */
export function readShared(text: string): SharedTopic | SharedProblem {
  const parameters = new URLSearchParams(text);
  const clean = (value: string | null) => (value ?? '').replace(/\s+/g, ' ').trim();
  const [name, sentence] = [clean(parameters.get('name')), clean(parameters.get('about'))];
  const [liked, disliked] = [unique(parameters.getAll('yes')), unique(parameters.getAll('no'))];
  if (!name && !sentence) return 'empty';
  if (!name) return 'name';
  if (!sentence) return 'sentence';
  if (name.length > LONGEST_NAME) return 'longName';
  if (sentence.length > LONGEST_SENTENCE) return 'longSentence';
  const all = [...liked, ...disliked];
  if (all.length > MOST_EXAMPLES || !all.every(isName)) return 'examples';
  return { name, sentence, liked, disliked: disliked.filter((id) => !liked.includes(id)) };
}

/** Ids that the examples have here, or will have once their papers are added. */
export function idsOf(shared: readonly string[], papers: readonly Paper[]): { id: string; here: boolean }[] {
  const known = new Map(
    papers.flatMap((paper) =>
      [sharedId(paper), `title:${titleKey(paper.title)}`].map((key) => [key, paper.id]),
    ),
  );
  return shared.map((name) => {
    const id = known.get(name);
    return id === undefined
      ? { id: name.startsWith('title:') ? name : `arxiv:${name}`, here: false }
      : { id, here: true };
  });
}

/** Whether a link may name a paper so. */
function isName(id: string): boolean {
  return TITLE.test(id) || parseArxivId(id) === id;
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values.map((value) => value.trim()).filter(Boolean))];
}
