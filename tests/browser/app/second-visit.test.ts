/** What a visit does not do again that an earlier one has done. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { shareSite } from './door.ts';
import { eventually, rows, waitForMeaning, waitForOffline } from './site.ts';

const door = shareSite({ offline: true });

/** Parts of files on their way that lie on the disk. */
const countParts = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('sheaf-derived');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const keys = opening.result.transaction('model-files').objectStore('model-files').getAllKeys();
          keys.onsuccess = () => {
            resolve(keys.result.filter((key) => String([key].flat()[0]) === 'parts').length);
            opening.result.close();
          };
        };
      }),
  );

it('the runtime that is kept is not written to the disk once more', async () => {
  const { page, host } = door;
  await waitForOffline(page);
  await waitForMeaning(page);
  expect(await countParts(page)).toBe(0);
  const before = host.requests.length;
  await page.reload();
  await rows(page).first().waitFor();
  await waitForMeaning(page);
  await eventually(() => countParts(page)).toBe(0);
  const asked = host.requests.slice(before).filter(({ path }) => /\.(?:wasm|onnx)$/.test(path));
  expect(asked).toEqual([]);
});
