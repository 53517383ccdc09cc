import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Connect } from 'vite';
import { ENCODINGS, type Encoding } from './compress-site.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};

/** Sends a built site's compressed files to whoever takes them, as a host does that is set so. The rest is for the next. */
export function sendCompressed(directory: string): Connect.NextHandleFunction {
  return async (request, response, next) => {
    const path = pathOf(request.url ?? '/');
    const type = TYPES[extname(path)];
    const taken = String(request.headers['accept-encoding'] ?? '').split(/\s*,\s*/);
    const encoding = (Object.keys(ENCODINGS) as Encoding[]).find((name) => taken.includes(name));
    // A part of a file is counted in its own bytes.
    if (!type || !encoding || request.headers.range || !['GET', 'HEAD'].includes(request.method ?? ''))
      return next();
    // Of a path that begins with a slash nothing leads out of the folder once it is normal.
    const file = join(directory, path) + ENCODINGS[encoding];
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return next();
    const tag = `"${found.size}-${found.mtimeMs}-${encoding}"`;
    response.setHeader('Vary', 'Accept-Encoding');
    response.setHeader('ETag', tag);
    response.setHeader('Cache-Control', 'no-cache');
    if (request.headers['if-none-match'] === tag) return void response.writeHead(304).end();
    response.writeHead(200, {
      'Content-Type': type,
      'Content-Encoding': encoding,
      'Content-Length': found.size,
    });
    if (request.method === 'HEAD') response.end();
    // A reader may leave in the middle of it, and a build may take it away.
    else await pipeline(createReadStream(file), response).catch(() => response.destroy());
  };
}

/** Empty for an address that names none. */
function pathOf(address: string): string {
  try {
    const { pathname } = new URL(address, 'http://localhost');
    return normalize(decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
  } catch {
    return '';
  }
}
