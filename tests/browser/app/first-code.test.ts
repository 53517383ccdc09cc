/** What stands before the list: the code of the page's own that a browser has to have first. */
import { describe, expect, it } from 'vitest';
import { type CodeFile, listModules, type PageCode, readPageCode } from '../first-code.ts';
import { shareSite } from './door.ts';
import { eventually, findSite, rows, SHIPPED } from './site.ts';

/** Bytes, as hosts send them: the aim, and what comes beside it, so that it does not grow. */
const MOST: Readonly<Record<keyof PageCode, number>> = { first: 60 * 1024, beside: 42 * 1024 };
/** Modules named where there is too much: more would not be read. */
const NAMED = 25;

const sum = (files: readonly CodeFile[]) => files.reduce((bytes, { gzip }) => bytes + gzip, 0);
const told = (files: readonly CodeFile[]) => files.map(({ path, gzip }) => `${gzip} ${path}`).join('\n');

it.each(['first', 'beside'] as const)('the code of the page does not grow: %s', async (part) => {
  const files = readPageCode(findSite())[part];
  expect(files.length).toBeGreaterThan(0);
  const [bytes, most] = [sum(files), MOST[part]];
  if (bytes <= most) return;
  const modules = (await listModules(part)).slice(0, NAMED);
  expect.fail(`${bytes} bytes, ${bytes - most} too many:\n${told(files)}\nof modules:\n${told(modules)}`);
});

describe('the list does not wait for the code beside it', () => {
  const SECOND = /assets\/second-/;
  let held: RegExp | undefined = SECOND;
  const waiting = new Map<string, () => void>();
  const door = shareSite({
    models: 'none',
    alter: async (path) => {
      if (held?.test(path)) await new Promise<void>((resolve) => waiting.set(path, resolve));
      return undefined;
    },
  });
  const isHeld = () => [...waiting.keys()].some((path) => SECOND.test(path));
  const status = () => door.page.locator('.status');
  const release = async () => {
    held = undefined;
    for (const resolve of waiting.values()) resolve();
    waiting.clear();
    await eventually(() => status().textContent()).toContain(`${SHIPPED} papers kept`);
  };

  it('on a first visit', async () => {
    await rows(door.page).first().waitFor();
    expect(isHeld()).toBe(true);
    expect(await status().count()).toBe(0);
    await release();
  });

  it('and on a second, of what is kept', async () => {
    held = /assets\/second-|papers\.json/;
    await door.page.reload();
    await rows(door.page).first().waitFor();
    expect(isHeld()).toBe(true);
    expect(await status().count()).toBe(0);
    await release();
  });
});
