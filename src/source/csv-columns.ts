/** Names that columns have elsewhere, in lower case and letters only, for each field of ours. */
export const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  title: ['title', 'papertitle', 'name', 'articletitle'],
  abstract: ['abstract', 'abstractnote', 'summary', 'description'],
  authors: ['authors', 'author', 'creators', 'authornames'],
  date: ['date', 'published', 'publicationdate', 'publisheddate', 'publicationyear', 'year'],
  arxivId: ['arxivid', 'arxiv', 'eprint', 'id'],
  url: ['url', 'link', 'address'],
  comments: ['comments', 'numcomments'],
  upvotes: ['upvotes', 'votes', 'likes'],
  doi: ['doi'],
  venue: ['venue', 'journal', 'publicationtitle', 'sourcetitle', 'containertitle', 'conference'],
  pages: ['pages', 'page'],
  categories: ['categories', 'category', 'primarycategory', 'subjects'],
  keywords: ['keywords', 'keyword', 'manualtags', 'authorkeywords', 'tags'],
  githubRepo: ['code', 'githubrepo', 'github'],
  projectPage: ['project', 'projectpage'],
  organization: ['organization', 'organisation', 'affiliation', 'institution'],
};

/** A line of names, a title among them. Commas, semicolons or tabs. */
export function isCsv(text: string): boolean {
  const line =
    text
      .slice(0, 2_000)
      .trimStart()
      .split(/\r\n|\r|\n/, 1)[0] ?? '';
  // JSON has commas and a title, too.
  if (!/[,;\t]/.test(line) || /^[[{]/.test(line)) return false;
  return line
    .split(/[,;\t]/)
    .some((cell) => /^\s*"?[\w -]+"?\s*$/.test(cell) && COLUMNS.title?.includes(nameOf(cell)));
}

/** A column's name as it is compared. */
export function nameOf(cell: string): string {
  return cell.toLowerCase().replace(/[^a-z]/g, '');
}
