import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compressSite } from '../../../src/cli/compress-site.ts';
import { sendCompressed } from '../../../src/cli/send-compressed.ts';

const CODE = 'export const answer = 42;\n'.repeat(200);
let folder: string;
let site: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheaf-compressed-'));
  site = join(folder, 'site');
  await mkdir(join(site, 'assets'), { recursive: true });
  await writeFile(join(site, 'index.html'), `<!doctype html>${'<p>Papers</p>'.repeat(200)}`);
  await writeFile(join(site, 'assets/code.js'), CODE);
  await writeFile(join(site, 'assets/small.js'), 'export {};');
  await writeFile(join(site, 'assets/small.js.br'), 'of another list');
  await writeFile(join(site, 'assets/picture.png'), Buffer.alloc(5_000));
  await writeFile(join(folder, 'secret.js.br'), 'outside');
  await compressSite(site, ['index.html', 'assets/code.js', 'assets/small.js', 'assets/picture.png']);
  const send = sendCompressed(site);
  server = createServer((request, response) => {
    void send(request, response, () => response.writeHead(299).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** As it comes over the line: fetch would take it apart, and tidy the path. */
function ask(path: string, headers: Record<string, string>) {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve) => {
    get({ port, path, headers }, async (response) => {
      const body = Buffer.concat(await response.toArray());
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
    });
  });
}

it('stands beside what is worth it, holds the same, and nothing of an earlier list', async () => {
  expect((await readdir(join(site, 'assets'))).sort()).toEqual([
    'code.js',
    'code.js.br',
    'code.js.gz',
    'picture.png',
    'small.js',
  ]);
  const [br, gz] = await Promise.all(
    ['.br', '.gz'].map((end) => readFile(join(site, `assets/code.js${end}`))),
  );
  expect(brotliDecompressSync(br as Buffer).toString()).toBe(CODE);
  expect(gunzipSync(gz as Buffer).toString()).toBe(CODE);
});

it('is sent to whoever takes it, and to nobody who asks for a part', async () => {
  const br = await ask('/assets/code.js', { 'accept-encoding': 'gzip, deflate, br' });
  expect([br.status, br.headers['content-encoding'], br.headers['content-type']]).toEqual([
    200,
    'br',
    'text/javascript',
  ]);
  expect(brotliDecompressSync(br.body).toString()).toBe(CODE);
  const gzip = await ask('/assets/code.js', { 'accept-encoding': 'gzip' });
  expect(gunzipSync(gzip.body).toString()).toBe(CODE);
  expect((await ask('/', { 'accept-encoding': 'br' })).headers['content-type']).toBe('text/html');
  const again = await ask('/assets/code.js', {
    'accept-encoding': 'br',
    'if-none-match': String(br.headers.etag),
  });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  const others: [path: string, headers: Record<string, string>][] = [
    ['/assets/code.js', {}],
    ['/assets/code.js', { 'accept-encoding': 'br', range: 'bytes=0-9' }],
    ['/assets/small.js', { 'accept-encoding': 'br' }],
    ['/assets/picture.png', { 'accept-encoding': 'br' }],
    ['/../secret.js', { 'accept-encoding': 'br' }],
    ['/%2e%2e/secret.js', { 'accept-encoding': 'br' }],
    ['/..%2fsecret.js', { 'accept-encoding': 'br' }],
    ['/%2e%2e%2f%2e%2e%2fsecret.js', { 'accept-encoding': 'br' }],
    ['/%zz.js', { 'accept-encoding': 'br' }],
  ];
  for (const [path, headers] of others)
    expect([path, (await ask(path, headers)).status]).toEqual([path, 299]);
});
