/**
 * Files that were made to do harm, through the door by which a reader's files come in: none makes the page fall over
 * or hang or fill the memory, what is refused leaves the library as it was, and of what is taken every record is told.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fetchText } from '../../src/source/fetch.ts';
import { SourceError } from '../../src/source/result.ts';
import { chanceOf, SEED, tell, times } from './campaign.ts';
import type { HostileFile, Outcome } from './hostile/door.ts';
import { HOSTILE_FORMATS, type HostileFormat } from './hostile/formats.ts';
import { type Guard, openGuard } from './hostile/guard.ts';
import { largeFiles } from './hostile/large.ts';
import { FIELDS, type FieldName, ODDITIES, type Said, SCRIPTS } from './hostile/payloads.ts';

let guard: Guard;
beforeAll(async () => {
  guard = await openGuard();
});
afterAll(() => guard?.close());

/** What came of files, added up. */
function count() {
  const sums = {
    files: 0,
    taken: 0,
    refused: 0,
    records: 0,
    accepted: 0,
    merged: 0,
    rejected: 0,
    repeated: 0,
  };
  return {
    sums,
    add(outcome: Outcome) {
      sums.files++;
      if (outcome.taken) sums.taken++;
      else sums.refused++;
      sums.records += outcome.total;
      sums.accepted += outcome.accepted;
      sums.merged += outcome.merged;
      sums.rejected += outcome.rejected;
      sums.repeated += outcome.total - outcome.accepted - outcome.merged - outcome.rejected;
    },
  };
}

const PLAIN: Said = { title: 'A plain paper', abstract: 'It says what it does.', authors: 'Ann Lee' };

/** A plain paper, one with something in a field, one that is here already, and the plain one again. */
function fileWith(
  { name, write, answer, counts }: HostileFormat,
  field: FieldName,
  text: string,
): HostileFile {
  const said = { title: 'A paper', abstract: 'An abstract.', [field]: text };
  const records = [PLAIN, said, { ...PLAIN, title: 'Other' }, PLAIN];
  return {
    name: `${name}, ${field}: ${JSON.stringify(text).slice(0, 60)}`,
    text: write(records),
    ...(answer ? { answer } : {}),
    ...(counts ? { records: records.length } : {}),
  };
}

/** Every text in every field of every format, or some of them. */
function* catalogue(): Generator<HostileFile> {
  const chance = chanceOf('hostile');
  const texts = [...SCRIPTS, ...ODDITIES];
  const one = <T>(list: readonly T[]) => list[Math.floor(chance() * list.length)] as T;
  for (let n = 0; n < times(400, 0); n++) yield fileWith(one(HOSTILE_FORMATS), one(FIELDS), one(texts));
  for (const format of times(0, 1) ? HOSTILE_FORMATS : [])
    for (const field of FIELDS) for (const text of texts) yield fileWith(format, field, text);
}

async function tryAll(name: string, files: Iterable<HostileFile>) {
  const { sums, add } = count();
  const broken: string[] = [];
  for (const file of files) {
    const outcome = await guard.try(file);
    add(outcome);
    if (outcome.broken.length > 0) broken.push(`${file.name}: ${outcome.broken.join('; ')}`);
    if (outcome.taken && file.name.startsWith('a million')) broken.push(`${file.name} was taken`);
    // Each that hangs costs what it may: some tell enough.
    if (broken.length > 2) break;
  }
  tell(name, { ...sums, broken: broken.length });
  expect(broken).toEqual([]);
  return sums;
}

it('a file that is large, deep or full of one thing is refused with a sentence, or every record of it is told', async () => {
  const sums = await tryAll('hostile files, large', largeFiles(times(0.25, 1)));
  expect(sums.files).toBeGreaterThan(100);
  expect(sums.taken).toBeGreaterThan(50);
  expect(sums.refused).toBeGreaterThan(20);
});

it('a text in a field is refused with a sentence, or every record of its file is told', async () => {
  const sums = await tryAll('hostile files, a text in a field', catalogue());
  expect(sums.files).toBeGreaterThanOrEqual(times(300, 1_000));
  // A door that refuses all of them, or takes all, would pass as well.
  for (const what of ['taken', 'merged', 'repeated'] as const) expect(sums[what]).toBeGreaterThan(10);
  expect(sums.rejected).toBeGreaterThan(0);
});

const anyText = fc.oneof(
  fc.constantFrom(...SCRIPTS, ...ODDITIES),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(...'{}[]()<>"\'\\@,;:=%#$&-_*`~|/\n\r\t \0a1é漢😀\ud800'),
    maxLength: 60,
  }),
);
const anyRecord = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...FIELDS), anyText, { maxKeys: 8, noNullPrototype: true }),
    fc.constantFrom<Said>({}, {}, { title: 'A title' }, { title: 'Other' }, { arxivId: '2401.00001' }),
  )
  .map(([said, known]): Said => ({ ...said, ...known }));

/** What happens to files on their way, or is done to them. */
const anyMutation: fc.Arbitrary<(text: string) => string> = fc.oneof(
  fc
    .double({ min: 0, max: 1, noNaN: true })
    .map((at) => (text: string) => text.slice(0, Math.floor(at * text.length))),
  fc
    .double({ min: 0, max: 1, noNaN: true })
    .map((at) => (text: string) => text.slice(Math.floor(at * text.length))),
  fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => (text: string) => {
    const [from, to] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [
      number,
      number,
    ];
    return text.slice(0, to) + text.slice(from, to) + text.slice(to);
  }),
  fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => (text: string) => {
    const signs = [...text];
    const [x, y] = [a % (signs.length + 1), b % (signs.length + 1)];
    [signs[x], signs[y]] = [signs[y] ?? '', signs[x] ?? ''];
    return signs.join('');
  }),
  fc.tuple(fc.nat(), anyText).map(([at, put]) => (text: string) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place);
  }),
  fc.constantFrom(
    (text: string) => `[${text}]`,
    (text: string) => text.repeat(3),
    (text: string) => text.replaceAll('\n', '\r'),
    (text: string) => `\ufeff \n${text}`,
    (text: string) => text.replaceAll('"', ''),
    (text: string) => JSON.stringify(text),
    (text: string) => new TextDecoder('utf-16').decode(new TextEncoder().encode(text)),
  ),
);

const anyFile: fc.Arbitrary<HostileFile> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 2_000 }).map((text) => ({ name: 'signs', text })),
  },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ maxLength: 2_000 })
      .map((bytes) => ({ name: 'bytes', text: new TextDecoder().decode(bytes) })),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...HOSTILE_FORMATS),
        fc.array(anyRecord, { maxLength: 6 }),
        fc.array(anyMutation, { maxLength: 3 }),
      )
      .map(([{ name, write, answer }, records, mutations]) => ({
        name,
        text: mutations.reduce((text, mutate) => mutate(text), write(records)),
        ...(answer ? { answer } : {}),
      })),
  },
);

it('each file that chance makes, too', async () => {
  const { sums, add } = count();
  const runs = times(2_000, 100_000);
  await fc.assert(
    fc.asyncProperty(anyFile, async (file) => {
      const outcome = await guard.try(file);
      add(outcome);
      expect(outcome.broken).toEqual([]);
    }),
    { numRuns: runs, seed: SEED },
  );
  tell('hostile by chance', sums);
  expect(sums.files).toBe(runs);
  expect(sums.taken).toBeGreaterThan(runs / 10);
  expect(sums.refused).toBeGreaterThan(runs / 10);
  expect(sums.rejected).toBeGreaterThan(runs / 10);
  expect(sums.merged).toBeGreaterThan(0);
});

it('the thread that does not come back is seen', async () => {
  const strict = await openGuard(400);
  try {
    const text = JSON.stringify(Array.from({ length: 100_000 }, (_, at) => ({ title: `Paper ${at}` })));
    expect((await strict.try({ name: 'slow', text })).broken).toEqual(['it hung: more than 400 ms']);
    // Another takes its place.
    expect((await strict.try({ name: 'small', text: '{"title":"x"}', records: 1 })).taken).toBe(true);
  } finally {
    await strict.close();
  }
});

it('a small answer that unpacks to a gigabyte is given up where its limit is', async () => {
  const piece = gzipSync(Buffer.alloc(100_000_000));
  // Packed pieces one after another are one packed file.
  const bomb = Buffer.concat(Array.from({ length: 10 }, () => piece));
  const server = createServer((_, answer) => answer.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const before = process.memoryUsage.rss();
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const reading = fetchText(url, 'list', { mostBytes: 50_000_000 });
    await expect(reading).rejects.toThrow(SourceError);
    await expect(reading).rejects.toThrow('has more than 50 MB: so much is not read from there.');
    expect(process.memoryUsage.rss() - before).toBeLessThan(600_000_000);
    tell('compressed bomb', { sent: bomb.length, unpacks: 1_000_000_000, refused: 1 });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
