/** The import law of src/README.md, and the words that belong to one room, as a test. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));

interface Room {
  readonly kind: 'pure' | 'edge' | 'app';
  /** The last column of the table in src/README.md, word for word. */
  readonly law: string;
  /** Rooms that it may import from, be it only types. */
  readonly imports: readonly string[];
}

const PURE = ['texts', 'paper', 'vector', 'words', 'ranking', 'export'];
const EDGE = ['source', 'store', 'engine', 'corpus', 'offline'];

/** The table of src/README.md as data. A file of src itself (main.tsx) stands outside and mounts the app. */
const ROOMS: Readonly<Record<string, Room>> = {
  texts: { kind: 'pure', law: 'nothing', imports: [] },
  paper: { kind: 'pure', law: 'nothing', imports: [] },
  vector: { kind: 'pure', law: 'nothing', imports: [] },
  words: { kind: 'pure', law: 'texts, paper', imports: ['texts', 'paper'] },
  ranking: { kind: 'pure', law: 'paper, vector, words', imports: ['paper', 'vector', 'words'] },
  export: { kind: 'pure', law: 'texts, paper', imports: ['texts', 'paper'] },
  source: { kind: 'edge', law: 'paper', imports: ['paper'] },
  store: { kind: 'edge', law: 'paper', imports: ['paper'] },
  engine: {
    kind: 'edge',
    law: 'paper, vector, words, ranking',
    imports: ['paper', 'vector', 'words', 'ranking'],
  },
  corpus: { kind: 'edge', law: 'paper, vector', imports: ['paper', 'vector'] },
  offline: { kind: 'edge', law: 'nothing', imports: [] },
  state: { kind: 'app', law: 'all but views', imports: [...PURE, ...EDGE] },
  views: { kind: 'app', law: 'state, and the pure rooms', imports: ['state', ...PURE] },
  cli: {
    kind: 'app',
    law: 'pure, source, engine, corpus, offline',
    imports: [...PURE, 'source', 'engine', 'corpus', 'offline'],
  },
};
const OUTSIDE: Room = { kind: 'app', law: '', imports: ['state', 'views'] };

/** What a package or a word is for, and the only rooms that may say it. `main.tsx` is a room of its own. */
const PACKAGES: readonly { readonly name: RegExp; readonly rooms: readonly string[] }[] = [
  { name: /^idb$/, rooms: ['store'] },
  { name: /^(?:onnxruntime-web|@huggingface\/tokenizers)(?:\/|$)/, rooms: ['engine'] },
  { name: /^(?:papaparse|fast-xml-parser)$/, rooms: ['source'] },
  { name: /^hyparquet$/, rooms: ['corpus', 'cli'] },
  { name: /^hyparquet-writer$/, rooms: ['cli'] },
  { name: /^solid-js(?:\/|$)/, rooms: ['state', 'views', 'main.tsx'] },
  { name: /^(?:katex|mdast-util-from-markdown)$/, rooms: ['views'] },
  { name: /^(?:virtua|@fontsource[^/]*)(?:\/|$)/, rooms: ['views', 'main.tsx'] },
  { name: /\.css$/, rooms: ['views', 'main.tsx'] },
  { name: /^node:/, rooms: ['cli'] },
];
const WORDS: readonly { readonly word: RegExp; readonly rooms: readonly string[] }[] = [
  { word: /\bindexedDB\b/, rooms: ['store'] },
  { word: /\bnew (?:Shared)?Worker\b/, rooms: ['engine', 'source', 'corpus'] },
  { word: /\bnavigator\s*\??\.\s*serviceWorker\b/, rooms: ['offline'] },
];
/**
 * What a pure room may not say, so that equal arguments give equal answers anywhere and at any time. A `Date`
 * of a given moment tells no time and may be made.
 */
const IMPURE_WORDS: readonly RegExp[] = [
  /\bDate\s*\.\s*now\b/,
  /\bnew\s+Date\b(?!\s*\(\s*[^\s)])/,
  /(?<!\bnew\s+)\bDate\s*\(/,
  /\bperformance\??\.\w+/,
  /\bset(?:Timeout|Interval)\b/,
  /\bMath\s*\.\s*random\b/,
  /\bcrypto\??\.\w+/,
  /\bfetch\s*\(/,
  /\b(?:local|session)Storage\b/,
];

const LONGEST_FILE_LINES = 300;
const NO_NAMES = /^(?:utils?|helpers?|types?|misc|common)(?:\.|$)/;

/** Path inside src, with slashes -> text. */
type Files = Readonly<Record<string, string>>;

/** Everything that breaks the law, one sentence each. */
function violations(files: Files): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const parts = path.split('/');
    const home = parts[0] as string;
    const said = [...shape(parts, text)];
    if (!/\.tsx?$/.test(path)) return said;
    const code = withoutComments(text);
    for (const from of importsOf(code)) said.push(...judgeImport(path, home, from));
    said.push(...judgeWords(path, home, code));
    return said;
  });
}

function* judgeWords(path: string, home: string, code: string): Generator<string> {
  for (const { word, rooms } of WORDS) {
    const found = word.exec(code)?.[0];
    if (found && !rooms.includes(home)) yield `${path} says ${found}, which only ${rooms} may`;
  }
  if (ROOMS[home]?.kind !== 'pure') return;
  for (const word of IMPURE_WORDS) {
    const found = word.exec(code)?.[0];
    if (found) yield `${path} is pure and says ${found}`;
  }
}

function* shape(parts: readonly string[], text: string): Generator<string> {
  const path = parts.join('/');
  if (parts.length > 2) yield `${path} lies deeper than one folder`;
  if (parts.length === 2 && !ROOMS[parts[0] as string])
    yield `${path} is in a room that the map does not have`;
  for (const name of parts) if (NO_NAMES.test(name)) yield `${path} has the name ${name}, which says nothing`;
  const lines = text.split('\n').length - 1;
  if (lines > LONGEST_FILE_LINES) yield `${path} has ${lines} lines, more than ${LONGEST_FILE_LINES}`;
}

function* judgeImport(path: string, home: string, from: string): Generator<string> {
  const bare = from.replace(/\?.*$/, '');
  for (const { name, rooms } of PACKAGES) {
    if (name.test(bare) && !rooms.includes(home)) yield `${path} imports ${from}, which only ${rooms} may`;
  }
  const room = ROOMS[home] ?? OUTSIDE;
  if (!bare.startsWith('.')) {
    if (room.kind === 'pure') yield `${path} is pure and imports the package ${from}`;
    return;
  }
  const target = posix.join(posix.dirname(path), bare).split('/')[0] as string;
  if (target === home || target.endsWith('.css')) return;
  if (target === '..') yield `${path} imports ${from} from outside src`;
  else if (!room.imports.includes(target))
    yield `${path} imports ${from}, and ${home} may not import ${target}`;
}

/** Static, dynamic and re-exporting imports, and the files that `new URL(…, import.meta.url)` names. */
function importsOf(code: string): string[] {
  const patterns = [
    /\b(?:import|export)\s+(?:type\s+)?(?:[\w$*]|[{}\s,])[\w$*{},\s]*?\s*\bfrom\s*['"]([^'"]+)['"]/g,
    /\bimport\s*['"]([^'"]+)['"]/g,
    /\bimport\s*\(\s*['"]([^'"]+)['"]/g,
    /\bnew URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map(([, from]) => from as string));
}

/** Strings stay: an address in one is no comment. */
function withoutComments(text: string): string {
  const tokens =
    /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`)|\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g;
  return text.replace(tokens, (_, kept: string | undefined) => kept ?? ' ');
}

function readFiles(folder: string): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const text = /\.(?:tsx?|css|md|json)$/.test(path) ? readFileSync(path, 'utf8') : '';
      return [relative(folder, path).split(sep).join('/'), text];
    }),
  );
}

describe('src', () => {
  const files = readFiles(SOURCE);

  it('keeps the law', () => {
    expect(Object.keys(files).length).toBeGreaterThan(10);
    expect(violations(files)).toEqual([]);
  });

  it('has the map that this test knows', () => {
    const rows = [...(files['README.md'] ?? '').matchAll(/^\| `(\w+)\/` \| (\w+) \| .* \| (.+) \|$/gm)];
    expect(rows.map(([, room, kind, law]) => [room, kind, law])).toEqual(
      Object.entries(ROOMS).map(([room, { kind, law }]) => [room, kind, law]),
    );
  });

  it('lets imports run one way', () => {
    const order = Object.keys(ROOMS);
    for (const [room, { kind, imports }] of Object.entries(ROOMS)) {
      for (const target of imports) {
        expect(order.indexOf(target), `${room} -> ${target}`).toBeLessThan(
          room === 'cli' ? order.indexOf('state') : order.indexOf(room),
        );
        if (kind === 'edge') expect(ROOMS[target]?.kind, `${room} -> ${target}`).toBe('pure');
      }
    }
  });
});

describe('the law', () => {
  it.each<[path: string, text: string]>([
    ['paper/paper.ts', "import { dot } from '../vector/matrix.ts';"],
    ['paper/paper.ts', "import fs from 'node:fs';"],
    ['ranking/search.ts', "import { ready } from 'solid-js';"],
    ['store/library.ts', "import { readPapers } from '../source/source.ts';"],
    ['source/json.ts', "export { open } from '../store/library.ts';"],
    ['source/json.ts', "export * from '../store/library.ts';"],
    ['engine/engine.ts', "const later = await import('../state/library.ts');"],
    ['state/library.ts', "import '../views/app.css';"],
    ['state/library.ts', "import type { App } from '../views/App.tsx';"],
    ['views/App.tsx', "import { openStore } from '../store/store.ts';"],
    ['views/App.tsx', "import {\n  type Paper,\n} from '../store/library.ts';"],
    ['views/App.tsx', "const url = new URL('../engine/model.worker.ts', import.meta.url);"],
    ['views/App.tsx', "import worker from '../engine/model.worker.ts?worker';"],
    ['cli/list.ts', "import { open } from '../store/library.ts';"],
    ['cli/list.ts', "import data from '../../public/papers.json';"],
    ['main.tsx', "import { open } from './store/library.ts';"],
    ['state/library.ts', "import { openDB } from 'idb';"],
    ['state/library.ts', "import * as ort from 'onnxruntime-web/wasm';"],
    ['words/terms.ts', "import { Tokenizer } from '@huggingface/tokenizers';"],
    ['state/library.ts', 'const kept = indexedDB.databases();'],
    ['state/library.ts', 'const worker = new Worker(url);'],
    ['state/offline.ts', 'await navigator.serviceWorker.ready;'],
    ['state/offline.ts', 'await navigator?.serviceWorker?.ready;'],
    ['paper/date.ts', 'const now = Date.now();'],
    ['paper/date.ts', 'const now = new Date();'],
    ['paper/date.ts', 'const now = new Date;'],
    ['paper/date.ts', 'const now = Date();'],
    ['vector/kmeans.ts', 'const started = performance.now();'],
    ['vector/kmeans.ts', 'setTimeout(goOn, 0);'],
    ['vector/random.ts', 'const seed = Math.random();'],
    ['vector/random.ts', 'crypto.getRandomValues(seeds);'],
    ['ranking/search.ts', "const list = await fetch('papers.json');"],
    ['ranking/search.ts', "const kept = globalThis.localStorage.getItem('kept');"],
    ['store/vectors.ts', "import { dot } from '../vector/matrix.ts';"],
    ['store/vectors.ts', "import type { Matrix } from '../vector/matrix.ts';"],
    ['views/utils.ts', ''],
    ['types/paper.ts', ''],
    ['views/list/Row.tsx', ''],
    ['network/fetch.ts', ''],
    ['paper/long.ts', 'x\n'.repeat(301)],
    ['views/app.css', 'a {}\n'.repeat(301)],
  ])('is broken by %s with %j', (path, text) => {
    expect(violations({ [path]: text })).not.toEqual([]);
  });

  it.each<[path: string, text: string]>([
    ['ranking/search.ts', "import { dot } from '../vector/matrix.ts';\nimport type { Hit } from './hit.ts';"],
    [
      'views/App.tsx',
      "import './app.css';\nimport { For } from 'solid-js';\nimport { library } from '../state/library.ts';",
    ],
    [
      'views/App.tsx',
      "import type { Paper } from '../paper/paper.ts';\nimport { type Hit } from '../ranking/hit.ts';",
    ],
    ['views/App.tsx', "// as indexedDB does\nconst text = 'IndexedDB is missing'; /* new Worker */"],
    ['engine/engine.ts', "const worker = new Worker(new URL('./model.worker.ts', import.meta.url));"],
    [
      'state/library.ts',
      "import { open } from '../store/library.ts';\nconst url = 'https://a.b'; // import '../views/x'",
    ],
    ['paper/date.ts', "const day = new Date('2026-03-10'); // Date.now() would be a clock"],
    ['paper/date.ts', 'const day = new Date( 0 );\nconst later = isoDate(year);'],
    ['ranking/labels.ts', "const words = 'better performance. Fetch (random) dates';"],
    ['vector/random.ts', 'const next = Math.round(random());'],
    ['state/library.ts', 'const at = Date.now() + Math.random();'],
    ['main.tsx', "import { render } from 'solid-js/web';\nimport { App } from './views/App.tsx';"],
    ['paper/long.ts', 'x\n'.repeat(300)],
  ])('is kept by %s with %j', (path, text) => {
    expect(violations({ [path]: text })).toEqual([]);
  });
});
