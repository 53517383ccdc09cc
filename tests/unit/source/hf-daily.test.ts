import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mergeLists } from '../../../src/paper/identity.ts';
import { fetchDaily } from '../../../src/source/hf-daily.ts';
import { dailyRecord } from '../../fixtures/daily-api.ts';

/** A server on this machine that speaks as huggingface.co does. */
let server: Server;
let endpoint: string;
let asked: URL[];
let answer: (url: URL, request: IncomingMessage, response: ServerResponse) => unknown;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', endpoint);
    asked.push(url);
    const body = answer(url, request, response);
    if (!response.writableEnded) response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const day = { span: 'date', day: '2026-03-10' } as const;
const ask = (wanted: Parameters<typeof fetchDaily>[0] = day, more = {}) =>
  fetchDaily(wanted, { today: '2026-03-10', endpoint, ...more });
const list = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => dailyRecord(from + at));
/** Pages of at most so many, whatever is asked for. */
const paged = (all: unknown[], most: number) => (url: URL) => {
  const page = Number(url.searchParams.get('p'));
  return all.slice(page * most, (page + 1) * most);
};

describe('what comes', () => {
  it('is read with every field, from either place', async () => {
    answer = paged([dailyRecord(1), { ...dailyRecord(2), paper: undefined, ...dailyRecord(2).paper }], 100);
    const { papers, rejected } = await ask();
    expect(rejected).toEqual([]);
    expect(papers[0]).toEqual({
      id: 'arxiv:2603.00001',
      title: 'Storks of the river, part 1',
      abstract: 'We count the storks of part 1.',
      date: '2026-03-08',
      authors: ['Ann Lee', 'Zoë Müller'],
      organization: 'University of Storks',
      comments: 1,
      upvotes: 11,
      arxivId: '2603.00001',
      keywords: ['storks', 'rivers'],
      links: [
        { label: 'Code', url: 'https://github.com/storks/part-1' },
        { label: 'Project', url: 'https://storks.example/1' },
      ],
      listed: '2026-03-10',
    });
    expect(papers[1]).toMatchObject({
      id: 'arxiv:2603.00002',
      upvotes: 12,
      comments: 2,
      listed: '2026-03-10',
    });
  });

  it.each([
    ['date', '2026-03-10', '2026-03-10'],
    ['week', '2026-03-10', '2026-W11'],
    ['month', '2026-03-10', '2026-03'],
  ] as const)('is asked for by %s', async (span, of, value) => {
    answer = paged(list(1, 4), 100);
    const { papers } = await ask({ span, day: of });
    expect(papers.map(({ listed }) => listed)).toEqual(Array(3).fill('2026-03-10'));
    expect(asked.map(({ pathname }) => pathname)).toEqual(Array(2).fill('/api/daily_papers'));
    expect(asked.map(({ searchParams }) => Object.fromEntries(searchParams))).toEqual([
      { [span]: value, p: '0', limit: '100' },
      { [span]: value, p: '1', limit: '100' },
    ]);
  });

  it.each([
    ['pages of a hundred', paged(list(1, 251), 100), 250, 4],
    ['pages shorter than asked for', paged(list(1, 121), 50), 120, 4],
    ['the same page for ever', () => list(1, 31), 30, 2],
    [
      'a page of them past which there is none',
      (url: URL, _: unknown, response: ServerResponse) => {
        if (url.searchParams.get('p') === '0') return list(1, 101);
        response.statusCode = 404;
        return { error: 'no page' };
      },
      100,
      2,
    ],
  ])('page after page: %s', async (_, speak, papers, requests) => {
    answer = speak as typeof answer;
    const told: number[] = [];
    const result = await ask(day, { onProgress: (n: number) => told.push(n) });
    expect([result.papers.length, result.missing, asked.length]).toEqual([papers, undefined, requests]);
    expect(told.at(-1)).toBe(papers);
  });

  it('without end is cut off, and that is said', async () => {
    answer = (url) => list(Number(url.searchParams.get('p')) + 1, Number(url.searchParams.get('p')) + 2);
    const { papers, missing } = await ask();
    expect(papers).toHaveLength(30);
    expect(missing).toMatch(/^127\.0\.0\.1:\d+ gave more than 30 pages; the rest was not asked for\.$/);
  });

  it('half is kept, and the rest named', async () => {
    answer = (url, _, response) => {
      if (url.searchParams.get('p') === '0') return list(1, 101);
      response.statusCode = 503;
      return 'busy';
    };
    const { papers, missing } = await ask();
    expect(papers).toHaveLength(100);
    expect(missing).toMatch(/^Only the first 100 came: .* has a trouble of its own \(it answered 503\)\./);
  });

  it('names records that are no papers', async () => {
    answer = paged([dailyRecord(1), { paper: { id: '2603.00009' } }, 7], 100);
    const { papers, rejected } = await ask();
    expect([papers.length, rejected]).toEqual([
      1,
      [
        { place: 'paper 2', reason: 'no title' },
        { place: 'paper 3', reason: 'not a record but a number' },
      ],
    ]);
  });

  it('with less than before loses nothing: counts follow it, texts stay', async () => {
    answer = paged(list(1, 4), 100);
    const before = mergeLists([], (await ask()).papers).changed;
    const { title, id } = dailyRecord(2).paper;
    answer = paged([{ paper: { id, title, upvotes: 3 }, numComments: 0 }], 100);
    const less = (await ask()).papers;
    const merge = mergeLists(before, less);
    expect([merge.added, merge.merged]).toEqual([[], ['arxiv:2603.00002']]);
    expect(merge.changed).toEqual([{ ...before[1], upvotes: 3, comments: 0 }]);
  });
});

describe('what goes wrong is a sentence', () => {
  const failing = (status: number, body: unknown, headers = {}) => {
    answer = (_, __, response) => {
      response.writeHead(status, headers);
      return body;
    };
  };
  it.each([
    [
      'asked too often',
      429,
      '',
      { 'Retry-After': '30' },
      'has been asked too often just now. Try again in 30 seconds.',
    ],
    ['for long', 429, '', { 'Retry-After': '600' }, 'Try again in 10 minutes.'],
    ['without saying how long', 429, '', {}, 'Try again in some minutes.'],
    [
      'a day to come',
      400,
      { error: 'Invalid date' },
      {},
      'does not know this date. It says: “Invalid date”. Choose another day.',
    ],
    ['a day that has none', 404, 'none', {}, 'has no papers for this day.'],
    ['a day that is empty', 200, [], {}, 'has no papers for this day.'],
    ['a trouble of the host', 500, '', {}, 'has a trouble of its own (it answered 500).'],
    [
      'a page that is no JSON',
      200,
      '<!doctype html><title>Hello</title>',
      {},
      'sent something that is no list of papers.',
    ],
    ['JSON that is no list', 200, { message: 'hello' }, {}, 'sent something that is no list of papers.'],
  ] as const)('%s', async (_, status, body, headers, sentence) => {
    failing(status, body, headers);
    await expect(ask()).rejects.toMatchObject({
      name: 'SourceError',
      message: expect.stringContaining(sentence),
    });
  });

  it('nobody there', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    await expect(ask(day, { endpoint: `http://127.0.0.1:${port}` })).rejects.toThrow(
      'did not answer, or does not let other sites ask it',
    );
  });

  it('a stop is none', async () => {
    const stop = new AbortController();
    answer = (_, __, response) => {
      response.write('[');
      stop.abort();
    };
    await expect(ask(day, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
