import { parseIsoDate } from '../paper/date.ts';
import { oneLine } from './fields.ts';
import { readRecord } from './record.ts';
import { limitBeginnings, type ReadOptions, type SourceResult } from './result.ts';

/** A tag of two signs, two spaces, a hyphen. Some programs write one space; `AI - based` may be text that goes on. */
const FIELD = /^(?:([A-Z][A-Z0-9]) {2}|(TY|ER|T1|TI|AU|A1|PY|Y1|DA|AB|N2|UR|DO|ID) )-(?: (.*)|)$/;

const BEGINNING = /^TY {1,2}-/gm;

export function isRis(text: string): boolean {
  return /^\s*TY {1,2}- ?\w+/.test(text);
}

/** The records of a RIS file, named by the line on which they begin. */
export function readRis(text: string, options: ReadOptions): SourceResult {
  const result: SourceResult = { format: 'ris', papers: [], rejected: [] };
  limitBeginnings(text, BEGINNING);
  let fields: Map<string, string[]> | undefined;
  let begin = 0;
  let last: string[] | undefined;
  const end = () => {
    if (!fields) return;
    const read = readRecord(recordOf(fields), { override: options.listed, list: undefined });
    if (typeof read === 'string') result.rejected.push({ place: `line ${begin}`, reason: read });
    else result.papers.push(read);
    fields = undefined;
    last = undefined;
  };
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const [, usual, narrow, value = ''] = FIELD.exec(line.trimEnd()) ?? [];
    const tag = usual ?? narrow;
    if (tag === 'TY') {
      end();
      [fields, begin] = [new Map(), index + 1];
    } else if (tag === 'ER') end();
    else if (tag && fields) {
      last = fields.get(tag) ?? [];
      last.push(value.trim());
      fields.set(tag, last);
    }
    // A long value goes on in the next line.
    else if (!tag && last && line.trim()) last.push(`${last.pop()} ${line.trim()}`);
  }
  end();
  return result;
}

function recordOf(fields: ReadonlyMap<string, readonly string[]>): Record<string, unknown> {
  const all = (...tags: string[]) => tags.flatMap((tag) => fields.get(tag) ?? []);
  const first = (...tags: string[]) => all(...tags).find((value) => value !== '');
  const dates = all('DA', 'PY', 'Y1').map((value) => {
    const parts = value.split('/').filter(Boolean).slice(0, 3);
    return parts.map((part, at) => (at === 0 ? part : part.padStart(2, '0'))).join('-');
  });
  const urls = all('UR', 'L1', 'L2', 'LK');
  const [start, end] = [first('SP'), first('EP')];
  return {
    title: first('TI', 'T1', 'CT'),
    abstract: first('AB', 'N2'),
    authors: all('AU', 'A1').map((name) => {
      const [family = '', given] = oneLine(name).split(/ ?, ?/);
      return given ? `${given} ${family}` : family;
    }),
    date: dates.find((date) => parseIsoDate(date) !== undefined),
    arxiv: [...all('M1', 'AN', 'C7', 'ID'), ...urls].map((value) => value.match(ARXIV)?.[0]).find(Boolean),
    url: urls[0],
    doi: first('DO'),
    venue: first('JO', 'JF', 'T2', 'JA', 'BT'),
    pages: start && end && start !== end ? `${start}-${end}` : (start ?? end),
    keywords: all('KW'),
  };
}

/** An identifier of arXiv with the word before it, or its page. */
const ARXIV = /arxiv:\s*[\w.-]+(?:\/\d+)?|https?:\/\/arxiv\.org\/\S+|^\d{4}\.\d{4,5}(?:v\d+)?$/i;
