import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { freshSite } from './door.ts';
import { addPapers, eventually, field, heading, list, rows, SHIPPED, shippedPapers } from './site.ts';

const door = freshSite({ models: 'quick', ready: async () => {} });
let page: Page;
beforeEach(() => {
  ({ page } = door);
});

const chips = () => list(page).getByRole('list', { name: 'Filters' }).getByRole('button');
const labels = async () => (await chips().allTextContents()).map((text) => text.replace('×', ''));
const titles = () => rows(page).getByRole('heading').allTextContents();
const ask = (query: string) => field(page).fill(query);

describe('filters typed in the search field', () => {
  it('are shown, filter with and without words, and are taken away one by one', async () => {
    const commented = shippedPapers().filter(({ comments = 0 }) => comments > 1);
    await ask('comments:>1');
    await eventually(() => heading(page)).toContain(`${commented.length} papers Newest first`);
    expect(await labels()).toEqual(['comments > 1']);

    await ask('comments:>1 title:mlp sort:oldest');
    await eventually(labels).toEqual(['comments > 1', '“mlp” in the title', 'oldest first']);
    const wanted = commented.filter(({ title }) => /\bMLPs?\b/i.test(title)).map(({ title }) => title);
    expect(wanted.length).toBeGreaterThan(0);
    await eventually(async () => (await titles()).toSorted()).toEqual(wanted.toSorted());
    expect(await heading(page)).toContain('Oldest first');

    await chips().nth(1).click();
    await eventually(() => field(page).inputValue()).toBe('comments:>1 sort:oldest');
    await eventually(() => heading(page)).toContain(`${commented.length} papers`);

    // By meaning and words, and only what passes.
    await ask('splatting');
    await eventually(() => heading(page)).toMatch(/\d+ papers by/);
    const all = await titles();
    await ask('splatting -compression');
    await eventually(labels).toEqual(['without compression']);
    await eventually(async () => (await titles()).length).toBeLessThan(all.length);
    for (const title of await titles()) expect(all).toContain(title);
  });

  it('join what was marked, and the address keeps them', async () => {
    await rows(page).first().click();
    await page.keyboard.press('s');
    await ask('is:starred');
    await eventually(() => heading(page)).toContain('1 paper ');
    const [title] = await titles();
    await page.reload();
    await eventually(titles).toEqual([title]);
    await ask('-is:starred');
    await eventually(() => heading(page)).toContain(`${SHIPPED - 1} papers`);
  });

  it('that cannot be understood are explained, and what nothing passes too', async () => {
    await ask('is:lovely');
    await eventually(() => list(page).textContent()).toContain('is: knows unread, read, starred and later');
    await eventually(() => heading(page)).toContain(`${SHIPPED} papers`);
    await ask('topic:unicorns');
    await eventually(() => list(page).textContent()).toContain(
      'No topic has a name that begins with “unicorns”.',
    );
    await ask('after:2030');
    await eventually(() => list(page).textContent()).toContain('No paper here passes all that stands above.');
    expect(await labels()).toEqual(['from 2030 on']);
    await chips().first().click();
    await eventually(() => heading(page)).toContain(`${SHIPPED} papers`);
  });

  it('look into authors and links of papers that have them', async () => {
    const papers = [
      {
        title: 'Storks',
        abstract: 'Birds.',
        authors: ['Zoë Müller'],
        links: [{ label: 'Code', url: 'https://github.com/a/b' }],
      },
      { title: 'Cranes', abstract: 'Birds.', authors: ['Ann Other'] },
    ];
    await addPapers(page, JSON.stringify(papers));
    for (const query of ['author:muller', 'has:code', 'title:stork', '"birds" -title:cranes']) {
      await ask(query);
      await eventually(titles).toEqual(['Storks']);
    }
  });
});
