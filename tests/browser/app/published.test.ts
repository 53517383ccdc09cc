import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBench, runCommand } from '../../unit/cli/command.ts';
import { closePage, type Host, type HostOptions, launch, listen, serve, type Troubles } from '../harness.ts';
import {
  countEmbedded,
  eventually,
  field,
  heading,
  list,
  place,
  row,
  rows,
  search,
  visit,
  waitForMeaning,
  waitForOffline,
} from './site.ts';

const bench = createBench();
let folder: string;
let context: BrowserContext;
let host: Host;
let page: Page;
let troubles: Troubles;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheaf-published-'));
  const papers = bench.write('refs.bib', BIBTEX);
  const { status, stderr } = await runCommand('publish', [
    papers,
    '--out',
    join(folder, 'site'),
    '--title',
    'Splats',
    '--question',
    'scenes from "photographs" & little memory',
  ]);
  expect([status, stderr.match(/3 papers, 3 topics, 2 models/)?.length], stderr).toEqual([0, 1]);
});
afterAll(async () => {
  bench.remove();
  await rm(folder, { recursive: true, force: true });
});
const open = async (options: HostOptions = {}) => {
  host = await serve(join(folder, 'site'), { base: '/people/refs/', ...options });
  page = await context.newPage();
  await visit(page, host.url, 3);
};
beforeEach(async () => {
  context = await launch();
  troubles = listen(context);
});
afterEach(async () => {
  await closePage(page);
  await context.close();
  await host.close();
});

describe('a site of one’s own, below a path', () => {
  it('searches by meaning without reading a paper, has feeds, and works without a network', async () => {
    await open();
    expect(await page.title()).toBe('Splats');
    expect(await page.locator('.brand').textContent()).toBe('Splats');
    // Its own question in the place of those of the shipped list.
    expect(await page.locator('.welcome li a').allTextContents()).toEqual([
      'scenes from "photographs" & little memory',
    ]);
    await waitForMeaning(page);
    await search(page, 'rendering a scene from photographs quickly');
    expect(await rows(page).first().getByRole('heading').textContent()).toContain('3D Gaussian Splatting');
    expect(await countEmbedded(page)).toBe(0);
    const asked = host.requests.map(({ path }) => path).filter((path) => path.startsWith('vectors/'));
    expect(asked.sort()).toEqual([
      'vectors/sheaf-context-1.bin',
      'vectors/sheaf-context-1.json',
      'vectors/sheaf-tokens-2.bin',
      'vectors/sheaf-tokens-2.json',
    ]);

    await field(page).fill('');
    await place(page, '3DGS').click();
    await eventually(() => heading(page)).toContain('1 paper');
    const feed = await list(page)
      .getByRole('link', { name: 'Follow this topic in a feed reader' })
      .getAttribute('href');
    expect(feed).toBe(`${host.url}feeds/topics/3dgs.atom`);
    const text = await (await fetch(feed as string)).text();
    expect(text.match(/<entry>/g)).toHaveLength(1);
    expect(text).toContain('3D Gaussian Splatting');

    await waitForOffline(page);
    await host.close();
    await page.reload();
    await place(page, 'All papers').click();
    await waitForMeaning(page);
    await search(page, 'birds on their way south');
    await eventually(() => row(page, 'Storks').count()).toBe(1);
    expect(await countEmbedded(page)).toBe(0);
    expect([troubles.errors, troubles.violations]).toEqual([[], []]);
  });

  it('reads the papers itself where the vectors do not come whole, and says so', async () => {
    await open({
      alter: (path, response) =>
        /^vectors\/.*\.bin$/.test(path) ? { ...response, body: response.body.subarray(0, 1_000) } : undefined,
    });
    await waitForMeaning(page);
    await search(page, 'rendering a scene from photographs quickly');
    await eventually(() => page.locator('.notices').textContent()).toContain(
      'cannot be used: the file has 1000 bytes and should have 3072. Its papers are read here instead.',
    );
    expect(await countEmbedded(page)).toBe(6);
  });
});

const BIBTEX = `@misc{a, title={3D Gaussian Splatting for Real-Time Rendering}, author={Kerbl, Bernhard}, year={2023}, eprint={2308.04079}, archiveprefix={arXiv}, abstract={3D Gaussians represent a scene; radiance fields are rendered in real time from photos.}}
@misc{b, title={Storks over the {Bosporus}}, author={M{\\"u}ller, Zo{\\"e}}, year={2020}, abstract={Birds that migrate in autumn.}}
@misc{c, title={Herons}, year={2020}, abstract={Birds of the marsh.}}
`;
