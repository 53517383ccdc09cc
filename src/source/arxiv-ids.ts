import { wellFormed } from '../paper/cut.ts';
import { createPaper, parseArxivId, placeholderTitle } from '../paper/identity.ts';
import { oneLine } from './fields.ts';
import { LONGEST_TITLE_CHARACTERS, limitRecords, type ReadOptions, type SourceResult } from './result.ts';

/** An identifier, with the address or the word before it that people copy along. */
const WRITTEN =
  /(?:https?:\/\/|www\.)[^\s<>"'(){}[\],;|]+|(?:arxiv:\s?)?(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?(?![\w./-]*\w)/gi;
/** `[2401.04925] A title`: as the pages of arXiv are called, and so what a share sheet says of them. */
const PAGE_TITLE = /^\[([^\]\s]+)\]\s+(\S.*)$/;
/** Signs and numbers that only make a list of the lines. */
const NOTHING = /^[\s\-*•·,;:.()[\]<>|"']*(?:\d{1,4}[.)][\s\-*•·,;:.()[\]<>|"']*)?$/;
/** A longer line is prose that mentions a paper. */
const LONGEST_LINE = 400;
const LINES_LOOKED_AT = 200;

interface Line {
  readonly number: number;
  readonly text: string;
  readonly ids: readonly string[];
  /** What else stands there. */
  readonly rest: string;
}

/**
 * Whether most of the lines name papers by their arXiv ids or addresses.
 * @param isTable then other words in these lines are cells, and no list of ids has them.
 */
export function isIdList(text: string, isTable: boolean): boolean {
  if (/^\s*(?:\{|\[\s*["{\]])/.test(text)) return false;
  const lines = linesOf(text.slice(0, LINES_LOOKED_AT * LONGEST_LINE)).slice(0, LINES_LOOKED_AT);
  const named = lines.filter(({ ids, text: line }) => ids.length > 0 && line.length <= LONGEST_LINE);
  if (isTable && named.some(({ rest }) => !NOTHING.test(rest))) return false;
  return named.length * 2 >= lines.length && named.length > 0;
}

/**
 * A list of arXiv ids or addresses, one or more a line. Of such a paper nothing else is known: it is called by its
 * id until a list tells its title.
 */
export function readIdList(text: string, options: ReadOptions): SourceResult {
  const result: SourceResult = { format: 'arxiv-ids', papers: [], rejected: [], notes: [] };
  for (const { number, text: line, ids, rest } of linesOf(text)) {
    const place = `line ${number}`;
    limitRecords(result.papers.length + result.rejected.length + 1);
    if (ids.length === 0) {
      result.rejected.push({ place, reason: `no arXiv id in “${shortened(line)}”` });
      continue;
    }
    const title = titleIn(line);
    for (const arxivId of ids) {
      result.papers.push(
        createPaper({
          title: title ? wellFormed(title) : placeholderTitle(arxivId),
          abstract: '',
          arxivId,
          ...(options.listed ? { listed: options.listed } : {}),
        }),
      );
    }
    if (!title && !NOTHING.test(rest))
      result.notes?.push({ place, reason: `what stands beside the id was left out: “${shortened(rest)}”` });
  }
  return result;
}

function linesOf(text: string): Line[] {
  return text.split(/\r\n|\r|\n/).flatMap((raw, index) => {
    const line = raw.trim();
    if (line === '') return [];
    const ids: string[] = [];
    const rest = line.slice(0, LONGEST_LINE).replace(WRITTEN, (written) => {
      const id = parseArxivId(written.replace(/[.:!?]+$/, ''));
      if (id === undefined) return written;
      ids.push(id);
      return ' ';
    });
    return [{ number: index + 1, text: line, ids, rest: oneLine(rest + line.slice(LONGEST_LINE)) }];
  });
}

function titleIn(line: string): string | undefined {
  if (line.length > LONGEST_TITLE_CHARACTERS) return undefined;
  const [, id = '', title] = PAGE_TITLE.exec(line) ?? [];
  return title && parseArxivId(id) ? withoutAddress(title) || undefined : undefined;
}

/** Share sheets write the page's address behind its title. */
function withoutAddress(title: string): string {
  const last = title.split(/\s/).at(-1) ?? '';
  const at = last.search(/https?:\/\/\S/);
  return at < 0 ? title : title.slice(0, title.length - last.length + at).trimEnd();
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
