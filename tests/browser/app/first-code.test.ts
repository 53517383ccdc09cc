/** What stands before the list: the code of the page's own that a browser has to have first. */
import { expect, it } from 'vitest';
import { type CodeFile, listFirstModules, readFirstCode } from '../first-code.ts';
import { findSite } from './site.ts';

/** Bytes, as hosts send them: what it is now, so that it does not grow. The aim is 60 KiB: much of it is of what is opened later. */
const MOST = 101 * 1024;
/** Modules named where there is too much: more would not be read. */
const NAMED = 25;

const sum = (files: readonly CodeFile[]) => files.reduce((bytes, { gzip }) => bytes + gzip, 0);
const told = (files: readonly CodeFile[]) => files.map(({ path, gzip }) => `${gzip} ${path}`).join('\n');

it('the code that stands before the list does not grow', async () => {
  const files = readFirstCode(findSite());
  expect(files.length).toBeGreaterThan(0);
  const bytes = sum(files);
  if (bytes <= MOST) return;
  const modules = (await listFirstModules()).slice(0, NAMED);
  expect.fail(`${bytes} bytes, ${bytes - MOST} too many:\n${told(files)}\nof modules:\n${told(modules)}`);
});
