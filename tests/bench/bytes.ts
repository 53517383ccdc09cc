/** What a visit asks of the host, by kind. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { formatBytes, formatCount, type Section } from './table.ts';
import type { Requests } from './visits.ts';

const KINDS: readonly [name: string, paths: RegExp][] = [
  ['model', /^models\//],
  ['runtime', /^assets\/ort[.-]/],
  ['styles and fonts', /\.(?:css|woff2)$/],
  ['list', /^(?:papers|topics)\.json$/],
  ['page and code', /^$|\.(?:html|js)$/],
  ['other', /./],
];

/** What usual hosts compress; weights and fonts they send as they are. */
const COMPRESSED = /^$|\.(?:html|js|mjs|css|json|svg|webmanifest|wasm)$/;
/** As most hosts are set. */
const GZIP_LEVEL = 6;

const kindOf = (path: string) => KINDS.find(([, paths]) => paths.test(path))?.[0];

export function tabulateBytes(directory: string, first: Requests, second: Requests): Section {
  const sizes = new Map<string, number>();
  const gzipped = ({ path, bytes }: Requests[number]) => {
    if (bytes === 0 || !COMPRESSED.test(path)) return bytes;
    const size =
      sizes.get(path) ??
      gzipSync(readFileSync(join(directory, path || 'index.html')), { level: GZIP_LEVEL }).length;
    sizes.set(path, size);
    return size;
  };
  const total = (requests: Requests, size: (request: Requests[number]) => number) =>
    requests.reduce((sum, request) => sum + size(request), 0);
  const row = (label: string, belongs: (path: string) => boolean): [string, ...string[]] => {
    const [one, two] = [first, second].map((requests) => requests.filter(({ path }) => belongs(path)));
    return [
      label,
      formatCount(one?.length ?? 0),
      formatBytes(total(one ?? [], ({ bytes }) => bytes)),
      formatBytes(total(one ?? [], gzipped)),
      formatBytes(total(two ?? [], ({ bytes }) => bytes)),
    ];
  };
  const asked = second.map(({ path }) => path || 'the page').join(', ') || 'nothing';
  return {
    title: 'Bytes transferred',
    columns: ['requests', 'first visit', 'with gzip', 'second visit'],
    rows: [
      ...KINDS.map(([name]) => name)
        .sort((a, b) => order(a) - order(b))
        .map((name) => row(name, (path) => kindOf(path) === name)),
      row('all', () => true),
    ],
    notes: [`The second visit asked for: ${asked}.`],
  };
}

/** As a reader would tell them, not as paths are told apart. */
function order(kind: string): number {
  return ['page and code', 'styles and fonts', 'runtime', 'model', 'list', 'other'].indexOf(kind);
}
