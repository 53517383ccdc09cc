/** The code that a browser has to have before the list is drawn, and what comes beside it. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, parseAst } from 'vite';

/** As most hosts are set. */
const GZIP_LEVEL = 6;
const ROOT = join(import.meta.dirname, '../..');
/** As `vite.config.ts` names it. */
const SECOND = 'second';

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

/** The code of a built site that its page asks for at once. */
export interface PageCode {
  /** Fetched and run before the list is drawn: the page's scripts, and what they import. */
  readonly first: readonly CodeFile[];
  /** Only fetched ahead, beside it: what the page names by a link, and what that imports besides. */
  readonly beside: readonly CodeFile[];
}

export function readPageCode(directory: string): PageCode {
  const html = readFileSync(join(directory, 'index.html'), 'utf8');
  const found = new Set<string>();
  const follow = (path: string): CodeFile[] => {
    if (found.has(path)) return [];
    found.add(path);
    const code = readFileSync(join(directory, path), 'utf8');
    const imported = importsOf(code).map((from) => posix.join(posix.dirname(path), from));
    return [sizesOf(path, code), ...imported.flatMap(follow)];
  };
  const named = (tag: RegExp) => [...html.matchAll(tag)].flatMap(([, path]) => follow(path as string));
  const first = named(/<script\b[^>]*?\bsrc="(?:\.\/)?([^"]+\.m?js)"/g);
  return { first, beside: named(/<link\b[^>]*?\bhref="(?:\.\/)?([^"]+\.m?js)"/g) };
}

/** Not what `import()` asks for later. */
function importsOf(code: string): string[] {
  return parseAst(code).body.flatMap((statement) =>
    'source' in statement && statement.source ? [statement.source.value] : [],
  );
}

/**
 * Of what modules the first code is made, or what comes beside it, the largest first: builds the site once more, in memory.
 * Sizes are as minified; a module's `gzip` is its share of the whole.
 */
export async function listModules(part: keyof PageCode): Promise<CodeFile[]> {
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
  const follow = (from: Set<(typeof chunks)[number]>) => {
    for (const chunk of from)
      for (const other of chunks) if (chunk.imports.includes(other.fileName)) from.add(other);
  };
  follow(first);
  const beside = new Set(chunks.filter(({ name }) => name === SECOND));
  follow(beside);
  const wanted = part === 'first' ? first : new Set([...beside].filter((chunk) => !first.has(chunk)));
  const modules = new Map<string, string>();
  for (const { code, map } of wanted) {
    if (!map) continue;
    for (const [name, text] of textBySource(code, map.sources, map.mappings))
      modules.set(name, (modules.get(name) ?? '') + text);
  }
  const alone = [...modules].map(([name, text]) => sizesOf(name.replace(/^(?:\.\.\/)+/, ''), text));
  const whole = [...wanted].reduce((sum, { code }) => sum + sizesOf('', code).gzip, 0);
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
