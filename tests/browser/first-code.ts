/** The code that a browser has to have before the list is drawn: what the page names, and what that imports at once. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, parseAst } from 'vite';

/** As most hosts are set. */
const GZIP_LEVEL = 6;
const ROOT = join(import.meta.dirname, '../..');

export interface CodeFile {
  /** Inside the site. */
  readonly path: string;
  readonly bytes: number;
  readonly gzip: number;
}

const sizesOf = (path: string, code: string): CodeFile => ({
  path,
  bytes: Buffer.byteLength(code),
  gzip: gzipSync(code, { level: GZIP_LEVEL }).length,
});

/** Scripts of a built site that come before the list; those that a page would only fetch ahead are among them. */
export function readFirstCode(directory: string): CodeFile[] {
  const html = readFileSync(join(directory, 'index.html'), 'utf8');
  const named = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="(?:\.\/)?([^"]+\.m?js)"/g)];
  const found = new Map<string, CodeFile>();
  const follow = (path: string) => {
    if (found.has(path)) return;
    const code = readFileSync(join(directory, path), 'utf8');
    found.set(path, sizesOf(path, code));
    for (const from of importsOf(code)) follow(posix.join(posix.dirname(path), from));
  };
  for (const [, path] of named) follow(path as string);
  return [...found.values()];
}

/** Not what `import()` asks for later. */
function importsOf(code: string): string[] {
  return parseAst(code).body.flatMap((statement) =>
    'source' in statement && statement.source ? [statement.source.value] : [],
  );
}

/**
 * Of what modules that code is made, the largest first: builds the site once more, in memory.
 * Sizes are as minified; a module's `gzip` is its share of the whole.
 */
export async function listFirstModules(): Promise<CodeFile[]> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  const results = await build({
    root: ROOT,
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { write: false, sourcemap: true },
  }).finally(() => {
    process.env.NODE_ENV = before;
  });
  const chunks = [results]
    .flat()
    .flatMap((result) => ('output' in result ? result.output : []))
    .filter((part) => part.type === 'chunk');
  const first = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const chunk of first)
    for (const other of chunks) if (chunk.imports.includes(other.fileName)) first.add(other);
  const modules = new Map<string, string>();
  for (const { code, map } of first) {
    if (!map) continue;
    for (const [name, text] of textBySource(code, map.sources, map.mappings))
      modules.set(name, (modules.get(name) ?? '') + text);
  }
  const alone = [...modules].map(([name, text]) => sizesOf(name.replace(/^(?:\.\.\/)+/, ''), text));
  const whole = [...first].reduce((sum, { code }) => sum + sizesOf('', code).gzip, 0);
  const share = whole / alone.reduce((sum, { gzip }) => sum + gzip, 0);
  return alone
    .map((module) => ({ ...module, gzip: Math.round(module.gzip * share) }))
    .sort((a, b) => b.gzip - a.gzip);
}

/** What of a chunk's text came from which source, by its source map. */
function textBySource(
  code: string,
  sources: readonly (string | null)[],
  mappings: string,
): Map<string, string> {
  const texts = new Map<string, string>();
  let source = 0;
  const lines = code.split('\n');
  for (const [at, written] of mappings.split(';').entries()) {
    let column = 0;
    const starts = written.split(',').flatMap((segment) => {
      const [columns, toSource] = readNumbers(segment);
      if (columns === undefined) return [];
      column += columns;
      source += toSource ?? 0;
      return [{ column, name: (toSource !== undefined && sources[source]) || 'made by the bundler' }];
    });
    for (const [index, { column: from, name }] of starts.entries()) {
      const text = lines[at]?.slice(from, starts[index + 1]?.column) ?? '';
      texts.set(name, (texts.get(name) ?? '') + text);
    }
  }
  return texts;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The numbers of a source map's segment: five bits a digit, the lowest first, the lowest bit of all the sign. */
function readNumbers(segment: string): number[] {
  const numbers: number[] = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    numbers.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return numbers;
}
