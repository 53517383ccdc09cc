import { isCategory } from '../paper/categories.ts';
import { wellFormed } from '../paper/cut.ts';
import { createPaper } from '../paper/identity.ts';
import type { Paper } from '../paper/paper.ts';
import {
  type Fields,
  firstOf,
  isObject,
  isText,
  oneLine,
  readArxivId,
  readAuthors,
  readCategories,
  readCount,
  readDate,
  readDay,
  readDoi,
  readIssued,
  readKeywords,
  readLinks,
  readOrganization,
  readPages,
  readVenue,
} from './fields.ts';
import { LONGEST_ABSTRACT_CHARACTERS, LONGEST_TITLE_CHARACTERS } from './result.ts';

/** The day of a whole list, under `listed` or `date`. */
export function readListDay(list: Fields): string | undefined {
  return readDay(list.listed) ?? readDay(list.date);
}

/**
 * One record of a JSON list -> a paper, or the reason why it is none. Fields may stand in the record or, as
 * in Hugging Face's list, in its `paper`; no type is trusted, and a field that makes no sense is left out.
 */
export function readRecord(
  value: unknown,
  listed: { readonly override: string | undefined; readonly list: string | undefined },
): Paper | string {
  if (!isObject(value)) return `not a record but ${describe(value)}`;
  const inner = isObject(value.paper) ? value.paper : {};
  const first = (...names: string[]) => fieldsOf(inner, value, names);
  const title = wellFormed(oneLine(first('title').find(isText) ?? ''));
  if (title === '') return 'no title';
  if (title.length > LONGEST_TITLE_CHARACTERS) return tooLong('a title', title, LONGEST_TITLE_CHARACTERS);
  const abstract = wellFormed((first('abstract', 'content_text', 'summary').find(isText) ?? '').trim());
  if (abstract.length > LONGEST_ABSTRACT_CHARACTERS) {
    return tooLong('an abstract', abstract, LONGEST_ABSTRACT_CHARACTERS);
  }
  const authors = firstOf(first('authors', 'author'), readAuthors);
  const day = listed.override ?? firstOf([value.listed, inner.submittedOnDailyAt, value.hf_date], readDay);
  // Hugging Face's outer `publishedAt` is the day on the list; the paper's own date stands inside.
  const onDaily = isObject(value.paper) ? readDay(value.publishedAt) : undefined;
  return createPaper(
    withoutUnknown({
      title,
      abstract,
      date:
        firstOf(
          first('date', 'publishedAt', 'published', 'date_published', 'publicationDate', 'submitted', 'year'),
          readDate,
        ) ?? firstOf(first('issued'), readIssued),
      authors,
      authorCount: firstOf(first('authorCount'), readCount),
      organization: firstOf(first('organization', 'institution', 'affiliation'), readOrganization),
      comments: firstOf(first('comments', 'numComments'), readCount),
      upvotes: firstOf(first('upvotes'), readCount),
      arxivId: firstOf(
        first('arxivId', 'arxiv_id', 'arxiv', 'id', 'number', 'url', 'link', 'URL', 'doi', 'DOI'),
        readArxivId,
      ),
      doi: firstOf(first('doi', 'DOI', 'url', 'link', 'URL'), readDoi),
      venue: firstOf(first('venue', 'journal', 'container-title', 'journal_ref'), readVenue),
      pages: firstOf(first('pages', 'page'), readPages),
      ...readWords(first),
      links: readLinks(
        first('links'),
        first('githubRepo', 'github', 'github_url', 'repository', 'code'),
        first('projectPage', 'project_page', 'homepage'),
        first('url', 'link', 'URL'),
      ),
      listed: day ?? onDaily ?? listed.list,
    }),
  );
}

/** Subject classes stand in a field of their own, or among the keywords of formats that have none. */
function readWords(first: (...names: string[]) => unknown[]) {
  const words = firstOf(first('keywords', 'keyword', 'ai_keywords'), readKeywords) ?? [];
  const classes = firstOf(first('categories', 'category'), readCategories) ?? [];
  const categories = [...new Set([...classes, ...words.filter(isCategory)])];
  const keywords = words.filter((word) => !isCategory(word));
  return {
    categories: categories.length > 0 ? categories : undefined,
    keywords: keywords.length > 0 ? keywords : undefined,
  };
}

/** The values under these names, in their order, the inner record's before the outer's. */
function fieldsOf(inner: Fields, outer: Fields, names: readonly string[]): unknown[] {
  return names.flatMap((name) => [inner[name], outer[name]]).filter((value) => value != null);
}

/** Optional fields are absent, never `undefined`. */
function withoutUnknown(
  fields: { [Key in keyof Omit<Paper, 'id'>]: Paper[Key] | undefined },
): Omit<Paper, 'id'> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as Omit<Paper, 'id'>;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function tooLong(what: string, text: string, most: number): string {
  return `${what} of ${text.length} characters, more than ${most}`;
}
