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
  /** Rooms that it may import from. */
  readonly imports: readonly string[];
  /** Rooms that it may import types from, and nothing that runs. */
  readonly types?: readonly string[];
}

const PURE = ['paper', 'vector', 'ranking'];
const EDGE = ['source', 'store', 'engine', 'offline'];

/** The table of src/README.md as data. A file of src itself (main.tsx) stands outside and mounts the app. */
const ROOMS: Readonly<Record<string, Room>> = {
  paper: { kind: 'pure', law: 'nothing', imports: [] },
  vector: { kind: 'pure', law: 'nothing', imports: [] },
  ranking: { kind: 'pure', law: 'paper, vector', imports: ['paper', 'vector'] },
  source: { kind: 'edge', law: 'paper', imports: ['paper'] },
  store: { kind: 'edge', law: 'paper, vector', imports: ['paper', 'vector'] },
  engine: { kind: 'edge', law: 'paper, vector, ranking', imports: PURE },
  offline: { kind: 'edge', law: 'nothing', imports: [] },
  state: { kind: 'app', law: 'all but views', imports: [...PURE, ...EDGE] },
  views: { kind: 'app', law: 'state, and the pure rooms', imports: ['state', ...PURE] },
  cli: { kind: 'app', law: 'pure, source, engine', imports: [...PURE, 'source', 'engine'] },
};
const OUTSIDE: Room = { kind: 'app', law: '', imports: ['state', 'views'] };

/** What a package or a word is for, and the only rooms that may say it. `main.tsx` is a room of its own. */
const PACKAGES: readonly { readonly name: RegExp; readonly rooms: readonly string[] }[] = [
  { name: /^idb$/, rooms: ['store'] },
  { name: /^(?:onnxruntime-web|@huggingface\/tokenizers)(?:\/|$)/, rooms: ['engine'] },
  { name: /^solid-js(?:\/|$)/, rooms: ['state', 'views', 'main.tsx'] },
  { name: /^(?:virtua|@fontsource[^/]*)(?:\/|$)/, rooms: ['views', 'main.tsx'] },
  { name: /\.css$/, rooms: ['views', 'main.tsx'] },
  { name: /^node:/, rooms: ['cli'] },
];
const WORDS: readonly { readonly word: RegExp; readonly rooms: readonly string[] }[] = [
  { word: /\bindexedDB\b/, rooms: ['store'] },
  { word: /\bnew (?:Shared)?Worker\b/, rooms: ['engine'] },
  { word: /\bnavigator\s*\??\.\s*serviceWorker\b/, rooms: ['offline'] },
];

const LONGEST_FILE_LINES = 300;
const NO_NAMES = /^(?:utils?|helpers?|types?|misc|common)(?:\.|$)/;

/** Path inside src, with slashes -> text. */
type Files = Readonly<Record<string, string>>;

interface Import {
  readonly from: string;
  /** `import type …` or `export type …`, or every name of it marked so: gone when the program runs. */
  readonly typeOnly: boolean;
}

/** Everything that breaks the law, one sentence each. */
function violations(files: Files): string[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const parts = path.split('/');
    const home = parts[0] as string;
    const said = [...shape(parts, text)];
    if (!/\.tsx?$/.test(path)) return said;
    const code = withoutComments(text);
    for (const imported of importsOf(code)) said.push(...judgeImport(path, home, imported));
    for (const { word, rooms } of WORDS) {
      const found = word.exec(code)?.[0];
      if (found && !rooms.includes(home)) said.push(`${path} says ${found}, which only ${rooms} may`);
    }
    return said;
  });
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

function* judgeImport(path: string, home: string, { from, typeOnly }: Import): Generator<string> {
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
  else if (typeOnly && room.types?.includes(target)) return;
  else if (!room.imports.includes(target))
    yield `${path} imports ${from}, and ${home} may not import ${target}`;
}

/** Static, dynamic and re-exporting imports, and the files that `new URL(…, import.meta.url)` names. */
function importsOf(code: string): Import[] {
  const found: Import[] = [];
  for (const [, kind, names, from] of code.matchAll(
    /\b(import|export)\s+((?:type\s+)?(?:[\w$*]|[{}\s,])[\w$*{},\s]*?)\s*\bfrom\s*['"]([^'"]+)['"]/g,
  )) {
    if (kind && names && from) found.push({ from, typeOnly: isTypeOnly(names) });
  }
  const others = [
    /\bimport\s*['"]([^'"]+)['"]/g,
    /\bimport\s*\(\s*['"]([^'"]+)['"]/g,
    /\bnew URL\(\s*['"](\.[^'"]+)['"]\s*,\s*import\.meta\.url/g,
  ];
  for (const pattern of others) {
    for (const [, from] of code.matchAll(pattern)) if (from) found.push({ from, typeOnly: false });
  }
  return found;
}

function isTypeOnly(names: string): boolean {
  if (/^type\s/.test(names)) return true;
  const braces = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
  return braces?.split(',').every((name) => name.trim() === '' || /^\s*type\s/.test(name)) ?? false;
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
    for (const [room, { kind, imports, types = [] }] of Object.entries(ROOMS)) {
      for (const target of [...imports, ...types]) {
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
    ['ranking/terms.ts', "import { Tokenizer } from '@huggingface/tokenizers';"],
    ['state/library.ts', 'const kept = indexedDB.databases();'],
    ['state/library.ts', 'const worker = new Worker(url);'],
    ['state/offline.ts', 'await navigator.serviceWorker.ready;'],
    ['state/offline.ts', 'await navigator?.serviceWorker?.ready;'],
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
    ['main.tsx', "import { render } from 'solid-js/web';\nimport { App } from './views/App.tsx';"],
    ['paper/long.ts', 'x\n'.repeat(300)],
  ])('is kept by %s with %j', (path, text) => {
    expect(violations({ [path]: text })).toEqual([]);
  });
});
