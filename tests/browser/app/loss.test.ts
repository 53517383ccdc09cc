import { expect, it } from 'vitest';
import { failures } from '../../../src/texts/en-failures.ts';
import { closePage, launch } from '../harness.ts';
import { eventually, heading, place, rows, serveSite, visit } from './site.ts';

/** What the newest copy of marks on disk holds; empty before there is one. */
const copied = async () => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('sheaf-library');
  const texts: string[] = [];
  for await (const handle of folder.values())
    if (handle.kind === 'file') texts.push(await (await (handle as FileSystemFileHandle).getFile()).text());
  return texts.join('\n');
};

it('a library that the browser damaged comes back with its stars, and the reader is told of how much of it', async () => {
  const context = await launch();
  await context.addInitScript(() => {
    if (!localStorage.getItem('no-room')) return;
    IDBObjectStore.prototype.clear = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
  const host = await serveSite();
  const page = await context.newPage();
  await visit(page, host.url);
  await rows(page).first().click();
  await page.keyboard.press('s');
  await eventually(() => place(page, 'Starred').textContent()).toBe('Starred1');
  await eventually(() => page.evaluate(copied).catch(() => '')).toMatch(/"starred":"20/);
  const id = await rows(page).first().getAttribute('data-paper');

  /** @param further changes that were acknowledged and are nowhere. */
  const damage = async (further: number) => {
    // From a page without Sheaf: it would hold the database open.
    await page.goto(`${host.url}icon.svg`);
    await page.evaluate(async (more) => {
      const canary = JSON.parse(localStorage.getItem('sheaf-canary') ?? '{}');
      localStorage.setItem('sheaf-canary', JSON.stringify({ ...canary, epoch: canary.epoch + more }));
      await new Promise<void>((resolve) => {
        indexedDB.deleteDatabase('sheaf-library').onsuccess = () => resolve();
      });
    }, further);
    await visit(page, host.url);
  };
  const told = () => page.getByRole('status').first().textContent();
  await damage(0);
  await eventually(told).toMatch(
    /had been damaged\. All of it was put back, with 47 papers; the last change was of \d+ \w+ 20\d\d/,
  );
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await damage(1);
  await eventually(told).toMatch(
    /had been damaged\. It was put back from a copy of \d+ \w+ 20\d\d.*with 47 papers; what you changed after/,
  );
  await place(page, 'Starred').click();
  await eventually(() => heading(page)).toContain('1 paper starred');
  expect(await rows(page).first().getAttribute('data-paper')).toBe(id);
  await page.getByRole('button', { name: 'Dismiss' }).click();

  await page.evaluate(() => localStorage.setItem('no-room', 'yes'));
  await damage(0);
  const { safe, next } = failures.kinds['store-waits'];
  await eventually(told).toContain(`A copy of it is here, but could not be put back now`);
  expect(await told()).toContain(`${safe} ${next}`);
  await rows(page).nth(1).click();
  await page.keyboard.press('s');
  await eventually(() => place(page, 'Starred').textContent()).toBe('Starred1');
  await page.evaluate(() => localStorage.removeItem('no-room'));
  await page.reload();
  await eventually(told).toMatch(/had been damaged\. All of it was put back, with 47 papers/);
  await eventually(() => place(page, 'Starred').textContent()).toBe('Starred2');
  await closePage(page);
  await context.close();
  await host.close();
});
