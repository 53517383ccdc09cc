import { it } from 'vitest';
import { closePage } from '../harness.ts';
import { freshSite } from './door.ts';
import {
  addPapers,
  countEmbedded,
  eventually,
  place,
  rows,
  SHIPPED,
  search,
  visit,
  waitForQuick,
} from './site.ts';

const site = freshSite({ models: 'quick' });

/** Enough to be read in several batches. */
const MANY = 200;

it('papers that one tab brings are read by one of the two, and both find them by their meaning', async () => {
  const { page, host } = site;
  const other = await site.another();
  await visit(other, host.url);
  await waitForQuick(other);
  const list = Array.from({ length: MANY }, (_, n) =>
    JSON.stringify({
      id: `n${n}`,
      title: `Paper ${n} on the keeping of bees`,
      abstract: `Hive ${n}. `.repeat(30),
    }),
  );
  await addPapers(page, list.join('\n'));
  for (const tab of [page, other]) {
    await eventually(() => place(tab, 'All papers').textContent()).toMatch(`${SHIPPED + MANY}`);
    await waitForQuick(tab);
    await place(tab, 'All papers').click();
    await search(tab, 'honey');
  }
  // The shipped list was read by the first tab, before the second came.
  await eventually(async () => (await countEmbedded(page)) + (await countEmbedded(other))).toBe(
    SHIPPED + MANY,
  );
  await closePage(other);
});

it('a tab that is asleep and holds what is kept is named, with what to do, and the page goes on when it is closed', async () => {
  const { host } = site;
  const asleep = await site.another();
  // From a page without Sheaf, as an older version of it: it hears nothing and lets go of nothing.
  await site.page.goto(`${host.url}icon.svg`);
  await asleep.goto(`${host.url}icon.svg`);
  await asleep.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        indexedDB.deleteDatabase('sheaf-library');
        const opening = indexedDB.open('sheaf-library', 1);
        opening.onupgradeneeded = () => {
          for (const [name, keyPath] of [
            ['papers', 'id'],
            ['settings', 'key'],
            ['topics', 'id'],
            ['meta', 'key'],
          ] as const)
            opening.result.createObjectStore(name, { keyPath });
        };
        opening.onsuccess = () => {
          Object.assign(globalThis, { held: opening.result });
          resolve();
        };
        opening.onerror = () => reject(opening.error);
      }),
  );
  const next = await site.another();
  await next.goto(host.url);
  const said = () => next.locator('.notices').textContent();
  await eventually(said).toContain('Close the other tabs of this site');
  await closePage(asleep);
  await eventually(said).not.toContain('Close the other tabs of this site');
  await eventually(() => rows(next).count()).toBeGreaterThan(0);
  await closePage(next);
});
