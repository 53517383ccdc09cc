/**
 * Every state that a reader can meet, by name. What is asked of all of them (axe, touch) reads this table: a new
 * state is one line.
 */
import type { Page } from 'playwright-core';
import { goHome } from './door.ts';
import { eventually, places, rows, SHIPPED, shippedPapers } from './site.ts';

export interface State {
  readonly name: string;
  readonly address: string;
  /** Stands on the page when the state is there. */
  readonly shows: string | RegExp;
  /** What is done there, and leads on to what is shown. */
  readonly act?: (page: Page) => Promise<unknown>;
  /** A state of narrow screens only. */
  readonly narrow?: true;
}

const [first] = shippedPapers();
const id = encodeURIComponent(first?.id ?? '');

/** Of the full site, one after another: each leads back to the list of all papers. */
export const STATES: readonly State[] = [
  { name: 'all papers', address: '#/', shows: `${SHIPPED} papers` },
  { name: 'a search', address: '#/?q=gaussian+splatting', shows: 'Best match first' },
  { name: 'no clear match', address: '#/?q=zzqy+blorf', shows: 'No clear match' },
  { name: 'nothing found', address: '#/?q=after%3A2030', shows: 'No paper fits' },
  { name: 'a mistake in a filter', address: '#/?q=is%3Alovely', shows: 'knows unread' },
  { name: 'a topic', address: '#/topic/3dgs', shows: 'in 3DGS' },
  { name: 'a topic that is not here', address: '#/topic/none', shows: 'There is no such topic here' },
  {
    name: 'a topic without the words',
    address: '#/topic/3dgs?q=after%3A2030',
    shows: 'No paper fits',
  },
  { name: 'nothing starred', address: '#/starred', shows: 'No paper is starred' },
  { name: 'the unread', address: '#/unread', shows: 'papers unread' },
  { name: 'similar papers', address: `#/similar/${id}`, shows: 'Nearest first' },
  {
    name: 'a group',
    address: '#/',
    shows: /papers? in .*Newest first/,
    act: (page) => places(page).locator('a[href^="#/group/"]').first().dispatchEvent('click'),
  },
  { name: 'an open paper', address: `#/?paper=${id}`, shows: 'Nearest papers' },
  {
    name: 'a paper as an answer',
    address: `#/topic/3dgs?q=small+networks&paper=${id}`,
    shows: 'Why this paper',
  },
  { name: 'a paper that is not here', address: '#/?paper=title%3Anone', shows: 'This paper is not here' },
  { name: 'nothing new', address: '#/new', shows: /new/i },
  { name: 'an empty reading list', address: '#/later', shows: 'The reading list is empty' },
  { name: 'a tag of no paper', address: '#/tag/none', shows: 'No paper has this tag' },
  { name: 'nothing picked', address: '#/picked', shows: /picked/i },
  { name: 'a month', address: '#/month/2026-03', shows: 'March 2026' },
  { name: 'a day that there is not', address: '#/day/2026-02-30', shows: '2026-02-30' },
  { name: 'all dates', address: '#/?page=dates', shows: 'Weeks begin on Monday' },
  { name: 'the digest', address: '#/?page=digest', shows: 'Save as HTML' },
  { name: 'the map', address: '#/?page=map', shows: 'Papers near in meaning lie near to each other' },
  { name: 'what a topic learned', address: '#/topic/3dgs?page=topic', shows: 'What it has learned' },
  { name: 'a shared topic that is broken', address: '#/?page=shared', shows: 'This link is broken' },
  {
    name: 'a note being written',
    address: `#/?paper=${id}`,
    shows: 'kept on this device as you type',
    act: (page) => page.keyboard.press('w'),
  },
  {
    name: 'papers selected',
    address: `#/?paper=${id}`,
    shows: '1 selected',
    act: (page) => page.keyboard.press('x'),
  },
  {
    name: 'columns to be named',
    address: '#/?page=add',
    shows: 'What are the columns?',
    act: async (page) => {
      await page.getByLabel('The text of a list of papers').fill('alpha,beta\none,two\nthree,four\n');
      await page.getByRole('button', { name: 'Add these papers' }).click();
    },
  },
  { name: 'add papers', address: '#/?page=add', shows: 'Add these papers' },
  { name: 'export', address: '#/?page=export', shows: 'Save a backup' },
  { name: 'the model', address: '#/?page=model', shows: 'Address of a model' },
  { name: 'about', address: '#/?page=about', shows: 'Asking more exactly' },
  {
    name: 'the keys',
    address: '#/',
    shows: 'These keys',
    act: (page) => page.keyboard.press('?'),
  },
  {
    name: 'the commands',
    address: '#/',
    shows: 'Command, place or title',
    act: (page) => page.keyboard.press('Control+k'),
  },
  {
    name: 'a notice',
    address: `#/?paper=${id}`,
    shows: 'No longer starred.',
    act: async (page) => {
      await page.keyboard.press('s');
      await eventually(() => page.locator('.notice').textContent()).toContain('Starred.');
      await page.keyboard.press('s');
    },
  },
  {
    name: 'a topic being added',
    address: '#/',
    shows: 'A sentence in your own words',
    narrow: true,
    act: async (page) => {
      await page.getByRole('button', { name: 'Places and topics' }).click();
      await page.getByRole('button', { name: 'Add a topic' }).click();
    },
  },
  {
    name: 'the menu of a phone',
    address: '#/',
    shows: 'Found groups',
    narrow: true,
    act: (page) => page.getByRole('button', { name: 'Places and topics' }).click(),
  },
];

/** Goes to a state of the open site and waits for it. */
export async function enter(page: Page, url: string, state: State): Promise<void> {
  await goHome(page, url);
  await rows(page).first().waitFor({ state: 'attached' });
  await page.goto(url + state.address);
  await state.act?.(page);
  const text = () =>
    page.evaluate(() => {
      const fields = [...document.querySelectorAll<HTMLInputElement>('[placeholder], [aria-label]')];
      const names = fields.map((field) => `${field.placeholder ?? ''} ${field.ariaLabel ?? ''}`);
      return [document.body.textContent, ...names].join(' ').replace(/\s+/g, ' ');
    });
  await eventually(text).toMatch(typeof state.shows === 'string' ? literally(state.shows) : state.shows);
}

const literally = (text: string) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
