import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readBody } from '../../../src/source/body.ts';
import { fetchList, fetchText } from '../../../src/source/fetch.ts';
import { fetchDaily } from '../../../src/source/hf-daily.ts';
import { SourceError } from '../../../src/source/source.ts';
import { fetchTopics, readTopics } from '../../../src/source/topics.ts';

const FILES: Record<string, [status: number, body: string]> = {
  '/papers.json': [200, '{"listed":"2026-03-10","papers":[{"title":"Tiny nets"},{}]}'],
  '/page.txt': [200, readFileSync(new URL('../../fixtures/daily-papers.txt', import.meta.url), 'utf8')],
  '/page.html': [200, '<!doctype html><title>Sheaf</title>'],
  '/broken.json': [200, '[{"title":'],
  '/down.json': [503, 'busy'],
  '/topics.json': [200, readFileSync(new URL('../../../public/topics.json', import.meta.url), 'utf8')],
};
const today = '2026-11-23';
let server: Server;
let site: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/slow.json') return;
    const [status, body] = FILES[request.url ?? ''] ?? [404, 'no'];
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('a text that is held to a sum', () => {
  const right = 'three papers, as they should be';
  const sha256 = createHash('sha256').update(right).digest('hex');
  /** A host that gives these, one after the other, and then the last again and again. */
  async function fetchFrom(answers: readonly string[]) {
    let asked = 0;
    const host = createServer((_, response) => {
      response.end(answers[Math.min(asked++, answers.length - 1)]);
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
    const text = await fetchText(url, 'list', { sha256 }).catch((error: Error) => error.message);
    host.closeAllConnections();
    host.close();
    return { text, asked };
  }

  it('is fetched once where it is right', async () => {
    expect(await fetchFrom([right])).toEqual({ text: right, asked: 1 });
  });

  it('is fetched again where a letter came wrong', async () => {
    expect(await fetchFrom(['three papers, as they shoxld be', right])).toEqual({ text: right, asked: 2 });
  });

  it('is another list where the host has another', async () => {
    expect(await fetchFrom(['four papers by now'])).toEqual({ text: 'four papers by now', asked: 2 });
  });

  it('is refused where it comes otherwise each time', async () => {
    const { text, asked } = await fetchFrom(['a', 'b', 'c', 'd']);
    expect(text).toContain('did not arrive whole. Check the connection and try again.');
    expect(asked).toBe(3);
  });
});

describe('fetchList', () => {
  it('fetches and reads', async () => {
    const result = await fetchList(`${site}/papers.json`, { today });
    expect(result).toMatchObject({ listed: '2026-03-10', papers: [{ title: 'Tiny nets' }] });
    expect(result.rejected).toEqual([{ place: 'record 2', reason: 'no title' }]);
    expect((await fetchList(`${site}/page.txt`, { today })).papers).toHaveLength(47);
  });

  it.each([
    ['/none.json', 'The list at %s was not found on its server.'],
    ['/down.json', 'The list at %s did not come: its server answered 503.'],
    ['/page.html', 'The list at %s is missing: its server sent a web page in its place.'],
    ['/broken.json', 'The list at %s cannot be read. This JSON is broken or cut short'],
  ])('says what is wrong with %s', async (path, sentence) => {
    const error = await fetchList(site + path, { today }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SourceError);
    expect((error as Error).message).toContain(sentence.replace('%s', site + path));
  });

  it('says that nobody answers', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    await expect(fetchList(`http://127.0.0.1:${port}/papers.json`, { today })).rejects.toThrow(
      'could not be reached: there is no network, or no server answers.',
    );
  });

  it('stops without a word of its own', async () => {
    const stop = new AbortController();
    const fetching = fetchList(`${site}/slow.json`, { today, signal: stop.signal });
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(fetching).rejects.toBe(reason);
  });
});

describe('an answer without end', () => {
  const endless = () => {
    const megabyte = new TextEncoder().encode('é'.repeat(500_000));
    return new Response(new ReadableStream({ pull: (to) => to.enqueue(megabyte) }));
  };
  afterEach(() => vi.unstubAllGlobals());

  it('is read as far as the limit and refused', async () => {
    vi.stubGlobal('fetch', async () => endless());
    await expect(fetchText('https://x.org/l', 'list', { mostBytes: 20_000_000 })).rejects.toThrow(
      'The list at https://x.org/l has more than 20 MB: so much is not read from there.',
    );
    await expect(fetchDaily({ span: 'date', day: '2026-03-10' }, { today })).rejects.toThrow(
      'huggingface.co sent more than 10 MB',
    );
  });

  it('one that ends is read whole, letters cut between two pieces too', async () => {
    const bytes = new TextEncoder().encode('\ufeffaé😀');
    const body = new ReadableStream<Uint8Array>({
      start(to) {
        for (const byte of bytes) to.enqueue(Uint8Array.of(byte));
        to.close();
      },
    });
    expect(await readBody(new Response(body), bytes.length)).toBe('aé😀');
    expect(await readBody(new Response(null), 0)).toBe('');
  });
});

describe('topics', () => {
  it('are the customer’s three', async () => {
    const { topics, rejected } = await fetchTopics(`${site}/topics.json`);
    expect(rejected).toEqual([]);
    expect(topics.map(({ id, name }) => [id, name])).toEqual([
      ['compact-models', 'Compact models'],
      ['mlps', 'MLPs'],
      ['3dgs', '3DGS'],
    ]);
    for (const { sentence } of topics) expect(sentence.split(' ').length).toBeGreaterThan(10);
  });

  it('are read one by one', () => {
    const good = { id: 'a', name: 'A', sentence: 'About a.' };
    const bad = [7, { ...good, id: 'A b' }, { ...good, id: 'b', name: ' ' }, { id: 'c', name: 'C' }, good];
    expect(readTopics([good, ...bad, { ...good, id: 'd', extra: 1 }])).toEqual({
      topics: [good, { ...good, id: 'd' }],
      rejected: [
        { place: 'topic 2', reason: 'not a record' },
        { place: 'topic 3', reason: 'its id must be lower-case letters, digits and hyphens' },
        { place: 'topic 4', reason: 'no name' },
        { place: 'topic 5', reason: 'no sentence to rank by' },
        { place: 'topic 6', reason: 'the id a is taken by an earlier topic' },
      ],
    });
  });

  it('are not something else', async () => {
    expect(() => readTopics({ a: 1 })).toThrow('This is not a list of topics.');
    expect(() => readTopics(null)).toThrow(SourceError);
    await expect(fetchTopics(`${site}/none.json`)).rejects.toThrow('The topics at');
    await expect(fetchTopics(`${site}/broken.json`)).rejects.toThrow('they are not valid JSON');
  });
});
