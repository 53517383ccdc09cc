/** Every state as axe sees it: roles, names, landmarks, headings, contrast; and what a screen reader is told. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closePage, type Host } from '../harness.ts';
import { shareSite } from './door.ts';
import { eventually, field, list, place, places, rows, serveSite, status, visit } from './site.ts';
import { enter, STATES } from './states.ts';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const door = shareSite({ models: 'quick' });
let page: Page;
beforeEach(async () => {
  ({ page } = door);
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
});

/** What axe finds, a line each: the rule, what it says, and where. */
async function violations(of: Page, rules?: string[]): Promise<string[]> {
  if (!(await of.evaluate(() => 'axe' in globalThis))) await of.evaluate(axe.source);
  return of.evaluate(async (rules) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const options = { resultTypes: ['violations' as const], ...(rules ? { runOnly: rules } : {}) };
    const found = await axe.run(document, options);
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target}: ${failureSummary}`),
    );
  }, rules);
}

/** Light and dark differ in their colours, wide and narrow in what is shown. */
async function expectNoViolations(of: Page, narrow = false): Promise<void> {
  if (!narrow) {
    await of.setViewportSize(WIDE);
    expect((await violations(of)).join('\n'), 'wide').toBe('');
  }
  await of.setViewportSize(PHONE);
  expect((await violations(of)).join('\n'), 'narrow').toBe('');
  if (!narrow) await of.setViewportSize(WIDE);
  await of.emulateMedia({ colorScheme: 'dark' });
  expect((await violations(of, ['color-contrast'])).join('\n'), 'dark').toBe('');
}

describe('axe finds nothing in', () => {
  for (const state of STATES) {
    it(state.name, async () => {
      await page.setViewportSize(state.narrow ? PHONE : WIDE);
      await enter(page, door.host.url, state);
      await expectNoViolations(page, state.narrow);
    });
  }
});

describe('axe finds nothing where', () => {
  let host: Host;
  let other: Page;
  afterEach(async () => {
    await closePage(other);
    await host.close();
  });

  const never = () => new Promise<undefined>(() => {});
  const papers = (body: string) => Buffer.from(JSON.stringify({ papers: JSON.parse(body) }));
  type Harm = Parameters<typeof serveSite>[0];
  const withoutStorage = () => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
    Reflect.deleteProperty(Window.prototype, 'indexedDB');
  };
  const cases: [what: string, shows: string, harm: NonNullable<Harm>['alter'], init?: () => void][] = [
    ['the list is on its way', 'Loading', (path) => (path === 'papers.json' ? never() : undefined)],
    [
      'the list cannot be had',
      'The list could not be loaded',
      (path, response) => (path === 'papers.json' ? { ...response, status: 404 } : undefined),
    ],
    [
      'there are no papers',
      'No papers yet',
      (path, response) => (path === 'papers.json' ? { ...response, body: papers('[]') } : undefined),
    ],
    [
      'the model is on its way',
      'Meaning is starting',
      (path) => (path.endsWith('/sheaf.json') ? never() : undefined),
    ],
    [
      'the model cannot be had',
      'Search by words only',
      (path, response) => (path.endsWith('.onnx') ? { ...response, status: 404 } : undefined),
    ],
    ['nothing can be kept', 'no storage for pages', () => undefined, withoutStorage],
  ];
  for (const [what, shows, alter, init] of cases) {
    it(what, async () => {
      host = await serveSite({ ...(alter && { alter }) });
      other = await door.another();
      await other.emulateMedia({ reducedMotion: 'reduce' });
      if (init) await other.addInitScript(init);
      await other.goto(host.url);
      await eventually(() => other.locator('body').textContent()).toContain(shows);
      await expectNoViolations(other);
    });
  }

  it('the network is gone', async () => {
    host = await serveSite({ alter: (path) => (path.endsWith('/sheaf.json') ? never() : undefined) });
    other = await door.another();
    await visit(other, host.url);
    await door.context.setOffline(true);
    try {
      await place(other, 'Model').click();
      await eventually(() => other.getByRole('heading', { level: 1 }).textContent()).not.toContain('Papers,');
      await expectNoViolations(other);
    } finally {
      await door.context.setOffline(false);
    }
  });
});

describe('a screen reader is told', () => {
  /** Keeps what changes in live regions, as one would hear it. */
  const hear = () =>
    page.evaluate(() => {
      const heard: string[] = [];
      const look = (changes: MutationRecord[]) => {
        for (const { target } of changes) {
          const region = (target instanceof Element ? target : target.parentElement)?.closest(
            '[role="status"], [role="alert"], [aria-live]',
          );
          if (region) heard.push((region.textContent ?? '').replace(/\s+/g, ' ').trim());
        }
      };
      new MutationObserver(look).observe(document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      });
      Object.assign(globalThis, { heard });
    });
  const heard = async () =>
    (await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).join('\n');

  it('how many papers there are, that one was marked, and what is wrong with a filter', async () => {
    await page.setViewportSize(WIDE);
    await hear();
    await field(page).fill('gaussian splatting');
    await eventually(heard).toMatch(/\d+ papers by meaning and words/);
    await rows(page).first().click();
    await page.keyboard.press('s');
    await eventually(heard).toContain('Starred.');
    await page.keyboard.press('s');
    await eventually(heard).toContain('No longer starred.');
    await field(page).fill('is:lovely');
    await eventually(heard).toContain('is: knows unread');
    await field(page).fill('after:2030');
    await eventually(heard).toContain('0 papers');
  });

  it('that search by meaning is on, when it is', async () => {
    let openGate = () => {};
    const gate = new Promise<undefined>((resolve) => {
      openGate = () => resolve(undefined);
    });
    const host = await serveSite({ alter: (path) => (path.endsWith('/sheaf.json') ? gate : undefined) });
    page = await door.another();
    try {
      await visit(page, host.url);
      expect(await status(page)).toContain('Meaning is starting.');
      await hear();
      openGate();
      await eventually(heard).toContain('Search by meaning is on');
    } finally {
      await closePage(page);
      await host.close();
    }
  });

  it('where it is: the parts of the page, their names, and which is the current one', async () => {
    await page.setViewportSize(WIDE);
    await page.goto(`${door.host.url}#/topic/3dgs`);
    await eventually(() => list(page).textContent()).toContain('in 3DGS');
    expect(await page.getByRole('main').count()).toBe(1);
    expect(await page.getByRole('search').count()).toBe(1);
    expect(await places(page).locator('[aria-current="page"] .name').textContent()).toBe('3DGS');
    await rows(page).first().click();
    const current = list(page).locator('[aria-current="true"]');
    await eventually(() => current.count()).toBe(1);
    expect(await page.getByRole('article').getByRole('heading', { level: 1 }).count()).toBe(1);
  });
});
