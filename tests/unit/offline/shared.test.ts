import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepShared, takeShared } from '../../../src/offline/shared.ts';

const scope = 'https://sheaf.test/';
let kept: Map<string, Response>;

beforeEach(() => {
  kept = new Map();
  const shelf = {
    put: async (url: URL, response: Response) => void kept.set(url.href, response),
    keys: async () => [...kept.keys()],
    match: async (url: string) => kept.get(url),
    delete: async (url: string) => kept.delete(url),
  };
  vi.stubGlobal('caches', { open: async () => shelf, has: async () => true });
});
afterEach(() => vi.unstubAllGlobals());

/** Of a form whose files have a size and no bytes, as a test needs no 50 MB. */
async function share(text: string, sizes: readonly number[]): Promise<void> {
  const form = new FormData();
  form.append('text', text);
  const files = sizes.map((size, at) => {
    const file = new File(['x'], `${at}.csv`);
    Object.defineProperty(file, 'size', { value: size });
    return file;
  });
  form.getAll = (name) => (name === 'files' ? files : name === 'text' ? [text] : []);
  await keepShared({ formData: async () => form } as Request, scope);
}

it('what is shared is kept until it is taken', async () => {
  await share('2401.04925', [10]);
  expect(await takeShared(scope)).toEqual([{ text: '2401.04925', files: [{ name: '0.csv', text: 'x' }] }]);
  expect(await takeShared(scope)).toEqual([]);
});

it('files count together, and with the text', async () => {
  await share('', [30_000_000, 30_000_000, 20_000_000, 1]);
  await share('x'.repeat(60_000_000), [1]);
  await share(
    '',
    Array.from({ length: 150 }, () => 1),
  );
  const taken = await takeShared(scope);
  expect(taken.map(({ files }) => files.length)).toEqual([2, 1, 100]);
  expect(taken[1]?.text).toBe('');
});

it('one that was cut short loses no other', async () => {
  kept.set(`${scope}shared/broken`, new Response('{"text":'));
  await share('2401.04925', []);
  expect((await takeShared(scope)).map(({ text }) => text)).toEqual(['2401.04925']);
});
