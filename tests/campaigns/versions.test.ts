import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DERIVED as DERIVED_NOW, LIBRARY } from '../../src/store/names.ts';
import { tell } from './campaign.ts';
import { textOf } from './kept/deeds.ts';
import { DERIVED, keptOf, LIBRARIES } from './kept/old-versions.ts';
import type { KeptPage } from './kept/page.ts';
import { buildSite, type KeptSite, launchKept, openTab } from './kept/site.ts';

let site: KeptSite;
let context: BrowserContext;

beforeAll(async () => {
  site = await buildSite();
  context = await launchKept();
});
afterAll(async () => {
  await context?.close();
  await site?.close();
});

it('every version that was ever shipped has its fixture', () => {
  expect(LIBRARIES.length).toBe(LIBRARY.migrations.length);
  expect(DERIVED.length).toBe(DERIVED_NOW.migrations.length);
  // The newest one is as the code makes it now.
  const keysOf = (stores: (typeof LIBRARIES)[number]) =>
    Object.fromEntries(Object.entries(stores).map(([name, { keyPath }]) => [name, keyPath]));
  expect(keysOf(LIBRARIES.at(-1) ?? {})).toEqual(LIBRARY.keys);
  expect(keysOf(DERIVED.at(-1) ?? {})).toEqual(DERIVED_NOW.keys);
});

it('every version that was ever shipped opens, with all that it held, and is worked on', async () => {
  let opened = 0;
  for (const [library] of LIBRARIES.entries()) {
    for (const [derived] of DERIVED.entries()) {
      const host = await site.serve();
      const tab = await openTab(context, host.url);
      const wanted = await tab.page.evaluate(
        async ([library, derived]) => {
          const all = globalThis as KeptPage;
          await all.page.makeOld(library, derived);
          const store = await all.page.openAndTell();
          const rest = [await store.layout(), await store.clustering('m 1'), await store.models()];
          const file = await store.modelFile('m', 'f');
          await all.page.work(store, { do: 'backup', n: 1 });
          await all.page.work(store, { do: 'vectors', batch: 1 });
          await all.page.work(store, { do: 'group', id: 'h', name: 'H' });
          store.close();
          return { rest, file: file && [...new Uint8Array(file)] };
        },
        [library + 1, derived + 1] as const,
      );
      const seen = await tab.hear('seen');
      expect({ kept: seen.kept, kind: seen.kind, lost: seen.lost }).toEqual({
        kept: textOf(keptOf(library + 1)),
        kind: 'indexeddb',
        lost: false,
      });
      expect(wanted).toEqual({
        rest: ['places', 'groups', [{ id: 'm', files: [{ path: 'f', bytes: 1 }] }]],
        file: [9],
      });
      expect(tab.said.filter(({ say }) => say === 'done').length).toBe(3);
      opened++;
      await tab.close();
      await host.close();
    }
  }
  tell('versions', { opened });
});
