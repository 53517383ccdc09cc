/** Holds `npm run rank` and the page together: the same questions, the same orders. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { SITE_MODEL } from '../../../src/engine/origin.ts';
import { createBench, ROOT, runCommand } from './command.ts';
import { openPage, PATIENCE_MS, type Page } from './page.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const bench = createBench();
let page: Page;
let papers: string;

beforeAll(async () => {
  page = await openPage();
  papers = bench.write('papers.jsonl', page.sheaf.library.papers());
});
afterAll(() => {
  page.close();
  bench.remove();
});

/** Query -> papers in the order of the run. */
async function rank(mode: string, questions: readonly { readonly id: string }[]) {
  const out = bench.path(`run.${mode}`);
  const queries = bench.write('queries.jsonl', questions);
  const { status, stderr } = await runCommand('rank', [
    ...['--papers', papers, '--queries', queries, '--mode', mode, '--out', out],
  ]);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(status).toBe(0);
  const run = new Map<string, string[]>(questions.map(({ id }) => [id, []]));
  for (const line of readFileSync(out, 'utf8').trimEnd().split('\n')) {
    const [query = '', , paper = ''] = line.split(' ');
    run.get(query)?.push(paper);
  }
  return run;
}

const TEXTS = [
  'reduce storage of splat scenes with small networks',
  'compress',
  ' gausian splating',
  'language models that reason about ',
  'RAP: Fast Feedforward Rendering-Free Attribute-Guided Primitive Importance Score Prediction',
  'how do robots learn from videos?',
].map((text, index) => ({ id: `q${index}`, text }));

describe('npm run rank', () => {
  it('reads the list in the order of the page', () => {
    expect(page.sheaf.library.papers().length).toBe(47);
  });

  it('finds by words and meaning what the page finds, in its order', async () => {
    const run = await rank('hybrid', TEXTS);
    let shownInAll = 0;
    for (const { id, text } of TEXTS) {
      const answered = () =>
        page.sheaf.search.ranking()?.query === text.trimStart() &&
        page.sheaf.search.ranking()?.mode === 'hybrid';
      const shown = await page.show({ query: text }, answered);
      const hits = page.sheaf.search.ranking()?.hits ?? [];
      expect(run.get(id), text).toEqual(hits.map((hit) => hit.id));
      // The page draws a line, the run has all.
      shownInAll += shown.length;
      expect(
        run.get(id)?.filter((paper) => shown.includes(paper)),
        text,
      ).toEqual(shown);
    }
    expect(shownInAll).toBeGreaterThan(TEXTS.length);
  });

  it('ranks by meaning alone with the page’s vectors', async () => {
    const run = await rank('semantic', TEXTS);
    for (const { id, text } of TEXTS) {
      const vector = await page.sheaf.meaning.embedQuery(text.trim());
      const { hits } = await page.sheaf.ranker.search({ text, vector, mode: 'semantic' });
      expect(run.get(id), text).toEqual(hits.map((hit) => hit.id));
    }
  });

  it('finds by words alone what the page finds before its model is up', async () => {
    const run = await rank('keyword', TEXTS);
    for (const { id, text } of TEXTS) {
      const { hits } = await page.sheaf.ranker.search({ text: text.trimStart(), limit: 500 });
      const found = hits.filter((hit) => hit.keyword ?? hit.exact).map((hit) => hit.id);
      expect(run.get(id), text).toEqual(found);
    }
  });

  it('lists papers similar to one as the page does, without that one', async () => {
    const questions = page.sheaf.library.papers().map(({ id }) => ({ id: `s:${id}`, paper: id }));
    const run = await rank('similar', questions);
    for (const { id, paper } of questions.slice(0, 8)) {
      let before = page.sheaf.listing.rows();
      const shown = await page.show({ place: { kind: 'similar', id: paper } }, () => {
        const now = page.sheaf.listing.rows();
        const near = now.filter(({ kind }) => kind === 'paper');
        const settled = now === before && near.length === 46 && !now.some((row) => rowIs(row, paper));
        before = now;
        return settled;
      });
      expect(run.get(id), paper).toEqual(shown);
    }
    for (const { id, paper } of questions) expect(run.get(id)).not.toContain(paper);
  });

  it('ranks the site’s topics as the page does', async () => {
    const topics = page.sheaf.topics.list();
    expect(topics.length).toBeGreaterThan(2);
    const run = await rank('topic', topics);
    for (const { id } of topics) {
      const shown = await page.show({ place: { kind: 'topic', id } }, () => true);
      expect(run.get(id), id).toEqual(shown);
    }
  });

  it('ranks a topic that has learned as the page does, where the reader’s own papers stand at the ends', async () => {
    const [topic] = page.sheaf.topics.list();
    if (!topic) throw new Error('the site has no topics');
    const { id, name, sentence } = topic;
    const papers = page.sheaf.library.papers().map((paper) => paper.id);
    const [liked, disliked] = [papers.slice(3, 6), papers.slice(9, 11)];
    for (const paper of liked) await page.sheaf.topics.say(id, paper, 'liked');
    for (const paper of disliked) await page.sheaf.topics.say(id, paper, 'disliked');
    const shown = await page.show({ place: { kind: 'topic', id } }, () => {
      const scored = page.sheaf.topics.scores(id)?.papers ?? [];
      return scored.filter(({ said }) => said !== undefined).length === liked.length + disliked.length;
    });
    const asked = { id, name, sentence, liked, disliked };
    const run = await rank('topic', [asked]);
    expect(shown.slice(0, 3).toSorted()).toEqual(liked.toSorted());
    expect(shown.slice(-2).toSorted()).toEqual(disliked.toSorted());
    expect(run.get(id)).toEqual(shown.slice(3, -2));
    await page.sheaf.topics.forget(id);
    await page.show({ place: { kind: 'topic', id } }, () =>
      (page.sheaf.topics.scores(id)?.papers ?? []).every(({ said }) => said === undefined),
    );
  });

  it('ranks a reader’s topic as the page does, which names it too', async () => {
    const sentences = [
      'small networks',
      'Robots that learn to walk, from videos of people alone',
      'Supercalifragilisticexpialidocious papers',
    ];
    const questions = sentences.map((sentence, index) => ({ id: `t${index}`, text: ` ${sentence}` }));
    const run = await rank('topic', questions);
    for (const [index, sentence] of sentences.entries()) {
      const topic = await page.sheaf.topics.add(sentence);
      await vi.waitFor(() => expect(page.sheaf.topics.scores(topic.id)?.evidence).toBe('both'), PATIENCE_MS);
      expect(run.get(`t${index}`)).toEqual(page.sheaf.topics.scores(topic.id)?.papers.map(({ id }) => id));
    }
  });

  it('uses the model that the site ships with', () => {
    const contract = JSON.parse(readFileSync(join(ROOT, `models/${SITE_MODEL}/sheaf.json`), 'utf8')) as {
      name: string;
    };
    expect(page.sheaf.meaning.contract()?.name).toBe(contract.name);
  });
});

function rowIs(row: ReturnType<Page['sheaf']['listing']['rows']>[number], id: string): boolean {
  return row.kind === 'paper' && row.paper.id === id;
}
