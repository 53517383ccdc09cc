/** Faults by which a file or a text that somebody made to do harm would do it. */
import type { PlantedFault } from './fault.ts';

const files = {
  caughtBy: ['tests/campaigns/hostile.test.ts'],
  only: 'large, deep or full of one thing',
} as const;
const texts = { caughtBy: ['tests/campaigns/hostile.test.ts'], only: 'a text in a field' } as const;
const views = {
  caughtBy: ['tests/campaigns/payloads.test.ts'],
  only: 'nothing runs in any view under the policy',
} as const;

export const HOSTILE_FAULTS: readonly PlantedFault[] = [
  {
    name: 'a date of lists in lists is asked to become a text',
    file: 'src/source/fields.ts',
    find: "(typeof part === 'number' || isText(part) ?",
    replace: '(true ?',
    ...files,
  },
  {
    name: 'each comment of a BibTeX file that never closes is looked through to the end',
    file: 'src/source/bibtex.ts',
    find: 'const closed = unclosed !== limit && readDelimited(reader, close) !== undefined;',
    replace: 'const closed = readDelimited(reader, close) !== undefined;',
    ...files,
  },
  {
    name: 'empty braces of a BibTeX title are taken away one pair at a time, without end',
    file: 'src/source/bibtex.ts',
    find: 'before !== text && depth < DEEPEST;',
    replace: 'before !== text;',
    ...files,
  },
  {
    name: 'an address in an abstract may have any length',
    file: 'src/paper/pages.ts',
    find: 'if (written.length > LONGEST_ADDRESS) continue;',
    replace: '',
    ...files,
  },
  {
    name: 'formulas that have no place are looked for without end',
    file: 'src/paper/formulas.ts',
    find: 'if (++looked === MOST) break;',
    replace: 'if (found.length === MOST) break;',
    ...files,
  },
  {
    name: 'a list may have any number of records',
    file: 'src/source/result.ts',
    find: 'export const MOST_RECORDS = 100_000;',
    replace: 'export const MOST_RECORDS = 100_000_000;',
    ...files,
  },
  {
    name: 'a note of nothing but signs is read as Markdown',
    file: 'src/paper/note.ts',
    find: 'if (DEEP.test(markdown)) return true;',
    replace: 'if (markdown) return false;',
    ...files,
  },
  {
    name: 'a record of a host that lies in itself too deep stops the import with a sentence of the engine',
    file: 'src/source/hf-daily.ts',
    find: "    return 'too deep';",
    replace: "    throw new RangeError('Maximum call stack size exceeded');",
    ...files,
  },
  {
    name: 'a rejected record of a JSON list has no place',
    file: 'src/source/json.ts',
    find: 'result.rejected.push({ place, reason: read });',
    replace: "result.rejected.push({ place: '', reason: read });",
    caughtBy: ['tests/unit/source/json.test.ts'],
  },
  {
    name: 'rejected records are no part of the total',
    file: 'src/state/library.ts',
    find: 'const total = read.papers.length + rejected.length;',
    replace: 'const total = read.papers.length;',
    ...texts,
  },
  {
    name: 'an answer is read on beyond its limit',
    file: 'src/source/body.ts',
    find: 'if (bytes > mostBytes) {',
    replace: 'if (bytes > 100 * mostBytes) {',
    caughtBy: ['tests/campaigns/hostile.test.ts'],
    only: 'unpacks to a gigabyte',
  },
  {
    name: 'a backup has no notes',
    file: 'src/source/backup.ts',
    find: "    notes: taken('notes', readNote),",
    replace: '    notes: [],',
    caughtBy: ['tests/campaigns/round-trip.test.ts'],
    only: 'the very library',
  },
  {
    name: 'RIS loses the first page',
    file: 'src/export/ris.ts',
    find: "    ['SP', start],\n",
    replace: '',
    caughtBy: ['tests/campaigns/round-trip.test.ts'],
    only: 'of ris',
  },
  {
    name: 'a spreadsheet runs formulas in wide signs',
    file: 'src/export/tables.ts',
    find: '＝＋－＠',
    replace: '',
    caughtBy: ['tests/campaigns/payloads.test.ts'],
    only: 'that a spreadsheet would run',
  },
  {
    name: 'the title of a digest is markup',
    file: 'src/export/digest.ts',
    find: '  const name = escapeMarkup(laterTexts.days.digest.fileTitle(oneLine(title)));',
    replace: '  const name = laterTexts.days.digest.fileTitle(oneLine(title));',
    caughtBy: ['tests/campaigns/payloads.test.ts'],
    only: 'where it is opened',
  },
  {
    name: 'HTML in a note is drawn',
    file: 'src/views/NoteText.tsx',
    find: "    case 'html':\n      return node.value;",
    replace: "    case 'html':\n      return <span innerHTML={node.value} />;",
    ...views,
  },
  {
    name: 'a link in a note leads anywhere',
    file: 'src/views/NoteText.tsx',
    find: "const url = () => httpUrl(props.url ?? '');",
    replace: 'const url = () => props.url;',
    ...views,
  },
  {
    name: 'a paper links to whatever its list says',
    file: 'src/source/fields.ts',
    find: 'const url = isText(value) && value.length <= LONGEST_URL_CHARACTERS ? httpUrl(value) : undefined;\n  if (!url) return undefined;\n  const name = isText(label) ? shortName(label) : new URL(url).host;',
    replace:
      'const url = isText(value) && value.length <= LONGEST_URL_CHARACTERS ? value : undefined;\n  if (!url) return undefined;\n  const name = isText(label) ? shortName(label) : url;',
    caughtBy: ['tests/unit/source/json.test.ts'],
  },
];
