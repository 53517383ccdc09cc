/** The model of a large list's questions, where it is not the library's: opened beside it from the site. */
import { afterEach, expect, it, vi } from 'vitest';
import { sealId } from '../../../src/engine/describe.ts';
import { createQuestionVectors } from '../../../src/state/largeListVectors.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { openStore } from '../../../src/store/store.ts';
import { readContractFile, type ServedFolder, serveFolder, startChannelWorker } from '../engine/fixtures.ts';

const contract = sealId(readContractFile());
const [{ path, bytes }] = contract.files.toSorted((a, b) => b.bytes - a.bytes) as [
  { path: string; bytes: number },
];
let site: ServedFolder;
afterEach(() => {
  site.close();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function open(replaced: Record<string, string> = {}) {
  site = await serveFolder(replaced);
  vi.stubGlobal('Worker', startChannelWorker);
  const fetched = vi.spyOn(globalThis, 'fetch');
  const origin = { kind: 'site', base: site.base } as const;
  const { id, name } = contract;
  const vectors = createQuestionVectors(
    { url: 'x', text: '', title: 'A list', papers: 1, key: 'k', model: { id, name } },
    {
      meaning: { ready: () => false, modelId: () => undefined } as never,
      store: openStore(),
      siteModels: { quick: origin, best: origin },
      notices: createNotices(),
    },
  );
  const ask = () => vectors.vectorOf('otters', new AbortController().signal);
  const times = () => fetched.mock.calls.filter(([url]) => String(url).includes(path)).length;
  return { vectors, ask, times };
}

it('is opened once for all questions', async () => {
  const { vectors, ask, times } = await open();
  expect(await ask()).toHaveLength(contract.dimensions);
  await ask();
  expect(times()).toBe(1);
  vectors.close();
});

it('that is not the one promised is not fetched again before the reader asks for it', async () => {
  const { vectors, ask, times } = await open({ [path]: 'x'.repeat(bytes) });
  await expect(ask()).rejects.toThrow('checksum');
  const before = times();
  await expect(ask()).rejects.toThrow('checksum');
  expect(times()).toBe(before);
  vectors.retry();
  await expect(ask()).rejects.toThrow('checksum');
  expect(times()).toBeGreaterThan(before);
});
