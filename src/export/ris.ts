import { plain } from '../paper/latex.ts';
import { homeOf } from '../paper/pages.ts';
import type { Paper } from '../paper/paper.ts';
import { invertName, parseName } from './names.ts';

/** RIS: a tag and a value a line. */
export function toRis(papers: readonly Paper[]): string {
  return papers.map(record).join('\r\n');
}

function record(paper: Paper): string {
  const { title, abstract, authors, organization, date, arxivId, doi, venue, pages } = paper;
  const people = authors?.length ? authors.map((name) => invertName(parseName(name))) : [organization];
  const [year, month = '', day = ''] = date?.split('-') ?? [];
  const [start, end] = pages?.match(/^(\d+)-(\d+)$/)?.slice(1) ?? [pages];
  const fields: [tag: string, value: string | undefined][] = [
    ['TY', venue ? 'JOUR' : arxivId ? 'UNPB' : 'GEN'],
    ['TI', plain(title)],
    ...people.map((person): [string, string | undefined] => ['AU', person]),
    ['PY', year],
    ['DA', year && `${year}/${month}/${day}/`],
    ['AB', plain(abstract)],
    ['JO', venue],
    ['SP', start],
    ['EP', end],
    ['DO', doi],
    ...[...(paper.categories ?? []), ...(paper.keywords ?? [])].map((word): [string, string] => ['KW', word]),
    ['PB', arxivId && 'arXiv'],
    ['M1', arxivId && `arXiv:${arxivId}`],
    ['UR', homeOf(paper)],
  ];
  const lines = fields.flatMap(([tag, value]) => (value ? [`${tag}  - ${oneLine(value)}`] : []));
  return [...lines, 'ER  - ', ''].join('\r\n');
}

/** A line break would begin another field. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
