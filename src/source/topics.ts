import { type FetchOptions, fetchText } from './fetch.ts';
import { isObject } from './fields.ts';
import { type Rejection, SourceError } from './result.ts';

/** A topic as the site ships it: its sentence is what the model ranks by. */
export interface TopicSpec {
  /** Lower-case letters, digits and hyphens: it stands in addresses. */
  readonly id: string;
  readonly name: string;
  readonly sentence: string;
}

export interface TopicsResult {
  readonly topics: TopicSpec[];
  readonly rejected: Rejection[];
}

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Longer names do not fit beside a topic's colour; longer sentences are no sentences. */
const LONGEST_NAME_CHARACTERS = 60;
const LONGEST_SENTENCE_CHARACTERS = 1_000;

/**
 * The topics of a parsed `topics.json`, a list or an object with `topics`.
 * @throws {SourceError} when it is neither.
 */
export function readTopics(json: unknown): TopicsResult {
  const records = isObject(json) ? json.topics : json;
  if (!Array.isArray(records)) throw new SourceError('This is not a list of topics.');
  const result: TopicsResult = { topics: [], rejected: [] };
  for (const [index, record] of records.entries()) {
    const place = `topic ${index + 1}`;
    const read = readTopic(record);
    const reason = typeof read === 'string' ? read : twinOf(read, result.topics);
    if (reason !== undefined) result.rejected.push({ place, reason });
    else result.topics.push(read as TopicSpec);
  }
  return result;
}

/**
 * Fetches and reads the site's topics.
 * @throws {SourceError} when nothing comes, or what comes is no list of topics.
 * @throws the signal's reason when it was stopped.
 */
export async function fetchTopics(url: string, options: FetchOptions = {}): Promise<TopicsResult> {
  const text = await fetchText(url, 'topics', options);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new SourceError(`The topics at ${url} cannot be read: they are not valid JSON.`);
  }
  return readTopics(json);
}

function readTopic(record: unknown): TopicSpec | string {
  if (!isObject(record)) return 'not a record';
  const [id, name, sentence] = [record.id, record.name, record.sentence].map(text);
  if (!id || !ID.test(id)) return 'its id must be lower-case letters, digits and hyphens';
  if (!name) return 'no name';
  if (!sentence) return 'no sentence to rank by';
  if (name.length > LONGEST_NAME_CHARACTERS)
    return `a name of more than ${LONGEST_NAME_CHARACTERS} characters`;
  if (sentence.length > LONGEST_SENTENCE_CHARACTERS) {
    return `a sentence of more than ${LONGEST_SENTENCE_CHARACTERS} characters`;
  }
  return { id, name, sentence };
}

function twinOf(topic: TopicSpec, topics: readonly TopicSpec[]): string | undefined {
  return topics.some(({ id }) => id === topic.id)
    ? `the id ${topic.id} is taken by an earlier topic`
    : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
}
