import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildSite, refuseForeignSite } from '../../../src/cli/built-site.ts';
import { openFolderDraft } from '../../../src/cli/folder-draft.ts';
import { PUBLISH_USAGE, readPublishArguments } from '../../../src/cli/publish-arguments.ts';
import { openSearch, publishPage } from '../../../src/cli/published-page.ts';
import { readListOfSite, readTopicsOfSite } from '../../../src/cli/site-list.ts';
import type { VectorsDescription } from '../../../src/engine/site-vectors.ts';
import { contentKey, embeddedText } from '../../../src/paper/text.ts';
import { readAny, readPapers } from '../../../src/source/source.ts';
import { createBench, type Outcome, runCommand } from './command.ts';

vi.mock('node:fs/promises', { spy: true });
const actual = await vi.importActual<typeof import('node:fs/promises')>('node:fs/promises');

const bench = createBench();
afterAll(() => bench.remove());

const bib = bench.write(
  'refs.bib',
  `@misc{a, title={3D Gaussian Splatting for Real-Time Rendering}, author={Kerbl, Bernhard}, year={2023}, eprint={2308.04079}, archiveprefix={arXiv}, abstract={3D Gaussians represent a scene; radiance fields are rendered in real time from photos.}}
@misc{b, title={Storks over the {Bosporus}}, author={M{\\"u}ller, Zo{\\"e}}, year={2020}, abstract={Birds that migrate in autumn.}}
@misc{c, year={2020}}
`,
);
const table = bench.write(
  'more.csv',
  'title,abstract\nStorks over the Bosporus,Birds that migrate in autumn.\nHerons,Birds of the marsh.\n',
);
const beside = (name: string) =>
  readdirSync(bench.folder)
    .filter((one) => one.startsWith(name))
    .sort();
const publish = (...argv: string[]): Promise<Outcome> => runCommand('publish', argv);

describe('what is refused', () => {
  it.each<[what: string, argv: () => string[], sentence: RegExp]>([
    ['no file', () => ['--out', 'x'], /At least one file/],
    ['no folder', () => [bib], /--out is needed/],
    [
      'an address that is none',
      () => [bib, '--out', 'x', '--url', 'example.org'],
      /--url example\.org is not/,
    ],
    ['a day that is none', () => [bib, '--out', 'x', '--date', '2026-03'], /--date 2026-03 is not a day/],
    ['half a core', () => [bib, '--out', 'x', '--cores', '0.5'], /--cores 0\.5 is not a whole number/],
    ['an empty question', () => [bib, '--out', 'x', '--question', ' '], /--question has 0 letters/],
    [
      'a question of a large list',
      () => [bib, '--out', 'x', '--parquet', '--question', 'a'],
      /--question says nothing/,
    ],
    ['an empty name', () => [bib, '--out', 'x', '--title', ' '], /--title has 0 letters/],
    [
      'a folder in the cache',
      () => [bib, '--out', 'c/site', '--cache', 'c'],
      /--out and --cache are to be two folders/,
    ],
    ['a cache in the folder', () => [bib, '--out', 'x', '--cache', 'x/c'], /--out and --cache are to be/],
    [
      'a cache that is the folder',
      () => [bib, '--out', 'x', '--cache', './x'],
      /--out and --cache are to be/,
    ],
    ['an option that is none', () => [bib, '--out', 'x', '--dir', 'y'], /--dir/],
  ])('%s', (_, argv, sentence) => {
    expect(() => readPublishArguments(argv())).toThrow(sentence);
  });

  it.each<[what: string, file: string, sentence: RegExp]>([
    ['a file that is not there', bench.path('none.bib'), /none\.bib cannot be read: there is no such file/],
    ['a file that is no list', bench.write('photo.txt', '\0\0'), /photo\.txt: This is no text/],
    ['a list without a paper', bench.write('empty.bib', '@misc{a, year={1}}'), /No paper of .*empty\.bib/],
  ])('%s', async (_, file, sentence) => {
    await expect(readListOfSite([bib, file], undefined)).rejects.toThrow(sentence);
  });

  it.each<[what: string, text: string, sentence: RegExp]>([
    ['topics that are not JSON', '@misc', /t\.json is not valid JSON/],
    ['topics that are no list', '{}', /t\.json: This is not a list of topics/],
    ['a topic without a sentence', '[{"id":"a","name":"A"}]', /t\.json, topic 1: no sentence/],
  ])('%s', async (_, text, sentence) => {
    await expect(readTopicsOfSite(bench.write('t.json', text))).rejects.toThrow(sentence);
  });

  it('a folder of other files, which stays as it is', async () => {
    const other = bench.path('other');
    mkdirSync(other);
    writeFileSync(join(other, 'thesis.tex'), 'mine');
    await expect(openFolderDraft(other)).rejects.toThrow(/has other files in it than a site/);
    expect(readdirSync(other)).toEqual(['thesis.tex']);
    expect(beside('other')).toEqual(['other']);
  });

  it('a site in the cache that is somebody else’s', async () => {
    const cache = bench.path('foreign');
    mkdirSync(join(cache, 'site'), { recursive: true });
    await expect(refuseForeignSite(cache)).resolves.toBeUndefined();
    writeFileSync(join(cache, 'site', 'thesis.tex'), 'mine');
    await expect(refuseForeignSite(cache)).rejects.toThrow(/site was not made by this command/);
    await expect(buildSite(cache)).rejects.toThrow(/site was not made by this command/);
    expect(readdirSync(join(cache, 'site'))).toEqual(['thesis.tex']);
    // One that was stopped half way is ours.
    writeFileSync(join(cache, 'site.key'), '');
    await expect(refuseForeignSite(cache)).resolves.toBeUndefined();
  });

  it('with exit status 1, a sentence and nothing written', async () => {
    const { status, stderr, stdout } = await publish(bench.path('none.bib'), '--out', bench.path('x'));
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^.*none\.bib cannot be read: there is no such file or folder\.\n$/);
    expect(readdirSync(bench.folder).filter((name) => name.startsWith('x'))).toEqual([]);
  });

  it('tells how it is used', () => {
    expect(readPublishArguments([bib, '--help'])).toBe('help');
    expect(PUBLISH_USAGE).toContain('npm run publish:list -- FILE… --out DIR');
  });
});

it('what was read only in part is told', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const half = bench.write('half.csv', 'title,abstract,date\nHerons,Birds.,someday\n');
  await readListOfSite([half], undefined);
  expect(said.mock.calls.flat().join('\n')).toMatch(/Not whole: .*half\.csv, row 2: in the column “date”/);
  said.mockRestore();
});

describe('the folder of a site', () => {
  it('is replaced, and nothing beside it is touched', async () => {
    const out = bench.path('folder');
    for (const beside of [`${out}.new`, `${out}.old`]) {
      mkdirSync(beside);
      writeFileSync(join(beside, 'mine.txt'), 'mine');
    }
    for (const text of ['one', 'two']) {
      const draft = await openFolderDraft(out);
      writeFileSync(join(draft.path, 'index.html'), text);
      await draft.keep();
      await draft.drop();
      expect(readFileSync(join(out, 'index.html'), 'utf8')).toBe(text);
      // Readable to whom this user's folders are.
      expect(statSync(out).mode).toBe(statSync(`${out}.new`).mode);
    }
    const dropped = await openFolderDraft(out);
    await dropped.drop();
    expect(beside('folder')).toEqual(['folder', 'folder.new', 'folder.old']);
    expect([`${out}.new`, `${out}.old`].map((path) => readdirSync(path))).toEqual([
      ['mine.txt'],
      ['mine.txt'],
    ]);
  });

  it('stays when the new one cannot be put in its place', async () => {
    const out = bench.path('stays');
    const first = await openFolderDraft(out);
    writeFileSync(join(first.path, 'index.html'), 'one');
    await first.keep();
    const second = await openFolderDraft(out);
    vi.mocked(rename).mockImplementationOnce(actual.rename).mockRejectedValueOnce(new Error('no room'));
    await expect(second.keep()).rejects.toThrow(/stays cannot be written: no room/);
    await second.drop();
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toBe('one');
    expect(beside('stays')).toEqual(['stays']);
  });

  it('is not replaced where others have written to it meanwhile', async () => {
    const out = bench.path('meanwhile');
    mkdirSync(out);
    const draft = await openFolderDraft(out);
    writeFileSync(join(out, 'thesis.tex'), 'mine');
    await expect(draft.keep()).rejects.toThrow(/has other files in it/);
    await draft.drop();
    expect([readdirSync(out), beside('meanwhile')]).toEqual([['thesis.tex'], ['meanwhile']]);
  });
});

describe('a site', () => {
  const out = bench.path('site');
  const read = (path: string) => readFileSync(join(out, path), 'utf8');
  const argv = [
    bib,
    table,
    '--out',
    out,
    '--title',
    'Birds & <splats>',
    '--url',
    'https://example.org/list',
    '--question',
    'birds in "nets"',
  ];
  let first: Outcome;
  beforeAll(async () => {
    first = await publish(...argv);
  });

  it('has the merged list, and says what was left out and why', () => {
    expect([first.stderr.match(/^Error/m), first.status]).toEqual([null, 0]);
    expect(first.stderr).toMatch(/Left out: .*refs\.bib, line 3: no title\./);
    expect(first.stderr).toContain('1 paper named twice: merged.');
    expect(first.stderr).toContain('Without --topics the site’s topics are Compact models, MLPs, 3DGS.');
    const { papers } = readPapers(read('papers.json'), { today: '2026-01-01' });
    expect(papers.map(({ title }) => title)).toEqual([
      '3D Gaussian Splatting for Real-Time Rendering',
      'Storks over the Bosporus',
      'Herons',
    ]);
  });

  it.each(['sheaf-tokens-2', 'sheaf-context-1'])('has vectors of each paper by %s', (model) => {
    const description = JSON.parse(read(`vectors/${model}.json`)) as VectorsDescription;
    const { papers } = readPapers(read('papers.json'), { today: '2026-01-01' });
    expect(description.model).toMatch(new RegExp(`^${model}#[\\da-f]{16}$`));
    expect(description.ids).toEqual(papers.map(({ id }) => id));
    expect(description.keys).toEqual(papers.map((paper) => contentKey(embeddedText(paper))));
    expect(statSync(join(out, `vectors/${model}.bin`)).size).toBe(3 * 4 * description.dimensions);
  });

  it('has feeds of all and of each topic, at absolute addresses, named in the page', async () => {
    const page = read('index.html');
    expect(page).toContain('<title>Birds &amp; &lt;splats&gt;</title>');
    expect(page.match(/sheaf-question.*/g)).toEqual([
      'sheaf-question" content="birds in &quot;nets&quot;" />',
    ]);
    expect(page).toContain('title="3DGS · Birds &amp; &lt;splats&gt;" href="./feeds/topics/3dgs.atom"');
    const all = read('feeds/papers.atom');
    expect(XMLValidator.validate(all)).toBe(true);
    expect(all).toContain(
      '<link rel="self" type="application/atom+xml" href="https://example.org/list/feeds/papers.atom"/>',
    );
    const back = await readAny(all, { today: '2026-01-01' });
    expect(back.papers.map(({ title }) => title).sort()).toEqual([
      '3D Gaussian Splatting for Real-Time Rendering',
      'Herons',
      'Storks over the Bosporus',
    ]);
    const topic = await readAny(read('feeds/topics/3dgs.atom'), { today: '2026-01-01' });
    expect(topic.papers.map(({ id }) => id)).toEqual(['arxiv:2308.04079']);
    expect(JSON.parse(read('feeds/topics/3dgs.json')).items).toHaveLength(1);
    expect(read('opensearch.xml')).toContain('template="https://example.org/list/#/?q={searchTerms}"');
  });

  it('has a service worker that keeps the published list, and no feeds and vectors', () => {
    const worker = read('sw.js');
    expect(worker).toMatch(/path[`"']?:\s*[`"']papers\.json/);
    expect(worker).not.toMatch(/feeds\/|vectors\//);
  });

  it('is made again without reading a paper twice, and is the same', async () => {
    const before = Object.fromEntries(
      ['sw.js', 'index.html', 'vectors/sheaf-context-1.json', 'feeds/papers.atom'].map((path) => [
        path,
        read(path),
      ]),
    );
    const { status, stderr } = await publish(...argv);
    expect(status).toBe(0);
    expect(stderr).toContain('0 papers to read, 3 vectors from the cache.');
    expect(stderr).not.toMatch(/[1-9]\d* papers? to read|Building|Embedded/);
    for (const [path, text] of Object.entries(before)) expect(read(path), path).toBe(text);
    expect(beside('site')).toEqual(['site', 'site.cache']);
  });
});

describe('the page of a site', () => {
  const facts = { title: 'A "list"', url: undefined, topics: [], questions: [], models: ['m'] };
  it('has no search to add where it does not know its address', () => {
    const page = publishPage('<head><title>Sheaf</title></head>', facts);
    expect(page).toContain('<title>A &quot;list&quot;</title>');
    expect(page).toContain('<meta name="sheaf-vectors" content="m" />');
    expect(page).not.toContain('rel="search"');
  });

  it('proposes its own questions in the place of the shipped list’s', () => {
    const shipped = readFileSync(join(import.meta.dirname, '../../../index.html'), 'utf8');
    expect(shipped.match(/sheaf-question/g)).toHaveLength(3);
    const asked = (questions: string[]) =>
      [
        ...publishPage(shipped, { ...facts, questions }).matchAll(
          /<meta name="sheaf-question" content="([^"]*)"/g,
        ),
      ].map(([, question]) => question);
    expect(asked([])).toEqual([]);
    expect(asked(['birds & bees', 'storks'])).toEqual(['birds &amp; bees', 'storks']);
  });

  it('describes its search as OpenSearch 1.1 wants', () => {
    const text = openSearch('A long name & more than fits', 'https://example.org/list/');
    expect(XMLValidator.validate(text)).toBe(true);
    const { OpenSearchDescription: found } = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '@',
    }).parse(text);
    expect(found['@xmlns']).toBe('http://a9.com/-/spec/opensearch/1.1/');
    expect(found.ShortName.length).toBeLessThanOrEqual(16);
    expect(found.Url[0]['@template']).toBe('https://example.org/list/#/?q={searchTerms}');
  });
});
