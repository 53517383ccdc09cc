import { homeOf } from '../paper/pages.ts';
import type { Paper } from '../paper/paper.ts';
import { citationKeys } from './keys.ts';
import { invertName, parseName } from './names.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** BibTeX, an entry a paper. Titles and abstracts are LaTeX already and stay so; what would end a field is escaped. */
export function toBibtex(papers: readonly Paper[]): string {
  const keys = citationKeys(papers);
  return papers.map((paper, at) => entry(paper, keys[at] as string)).join('\n');
}

function entry(paper: Paper, key: string): string {
  const { title, abstract, authors, organization, date, arxivId, doi, venue, pages } = paper;
  const url = homeOf(paper);
  const [year, month] = date?.split('-') ?? [];
  const by = authors?.length
    ? authors.map((name) => person(name)).join(' and ')
    : organization && `{${latex(organization)}}`;
  const fields: [name: string, value: string | undefined][] = [
    // Two pairs of braces keep the capitals.
    ['title', `{{${latex(title)}}}`],
    ['author', by && `{${by}}`],
    ['year', year && `{${year}}`],
    ['month', month && MONTHS[Number(month) - 1]],
    ['eprint', arxivId && `{${arxivId}}`],
    ['archiveprefix', arxivId && '{arXiv}'],
    ['primaryclass', arxivId && paper.categories?.[0] && `{${paper.categories[0]}}`],
    ['journal', venue && `{${latex(venue)}}`],
    ['pages', pages && `{${latex(pages.replace(/(\d)-(\d)/g, '$1--$2'))}}`],
    ['doi', doi && `{${doi.replace(/[{}\\]/g, '')}}`],
    ['keywords', wordsOf(paper)],
    // Braces would end the field.
    ['url', url && `{${url.replace(/[{}\\]/g, encodeURIComponent)}}`],
    ['abstract', abstract.trim() ? `{${latex(abstract.trim())}}` : undefined],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = ${value},`] : []));
  // Styles print a journal of an article only.
  return `@${venue ? 'article' : 'misc'}{${key},\n${lines.join('\n')}\n}\n`;
}

/** Subject classes stand before the keywords: the format has a field for the first alone. */
function wordsOf({ categories = [], keywords = [] }: Paper): string | undefined {
  const words = [...categories, ...keywords.map((word) => latex(word.replace(/,/g, ' ')))];
  return words.length > 0 ? `{${words.join(', ')}}` : undefined;
}

function person(written: string): string {
  const name = parseName(written);
  // Within braces an `and` does not make two of one.
  const whole = 'literal' in name || /\sand\s/i.test(written);
  return whole ? `{${latex(written.trim())}}` : latex(invertName(name));
}

/** Outside formulas the signs that LaTeX reads as its own are escaped, where they are not already. */
function latex(text: string): string {
  const pieces = text
    .split(/((?<!\\)\$[^$]+(?<!\\)\$)/)
    .map((piece, at) => (at % 2 === 1 ? piece.replace(/(?<!\\)%/g, '\\%') : escapeText(piece)));
  if (isBalanced(pieces.join(''))) return pieces.join('');
  // Where braces do not pair, those of text go first.
  const bare = pieces
    .map((piece, at) => (at % 2 === 1 && isBalanced(piece) ? piece : withoutBraces(piece)))
    .join('');
  return isBalanced(bare) ? bare : withoutBraces(bare);
}

function withoutBraces(text: string): string {
  return text.replace(/\\?[{}]/g, '').replace(/(?<!\\)\\+$/, '');
}

function escapeText(text: string): string {
  return text.replace(/\\[\s\S]|[&%#_$^]/g, (sign) => {
    if (sign.length > 1) return sign;
    return sign === '^' ? '\\textasciicircum{}' : `\\${sign}`;
  });
}

/** No brace closes what was not opened, and none stays open; BibTeX counts escaped ones too. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const sign of text) {
    if (sign === '{') depth++;
    else if (sign === '}' && --depth < 0) return false;
  }
  return depth === 0 && !/(?<!\\)(?:\\\\)*\\$/.test(text);
}
