/** With a finger: every target is large enough or has the room, and nothing is wider than the smallest phone. */
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { PHONE, shareSite } from './door.ts';
import { drawn, eventually, field, heading, openTitle, place, places, rows, settled } from './site.ts';
import { enter, STATES } from './states.ts';

/** Height that a fingertip needs, pixels. */
const FINGER = 44;
const SMALLEST = { width: 320, height: 640 };

const door = shareSite({ models: 'quick', browser: PHONE });
let page: Page;
beforeEach(async () => {
  ({ page } = door);
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

/**
 * Targets that are lower than a finger and have no room either: a band of a finger's height around the one
 * meets another target. Links within text are as high as their line, and what a label names is as large as it.
 */
function tooSmall(of: Page): Promise<string[]> {
  return of.evaluate((finger) => {
    const inText = (element: Element) =>
      element.matches('a, button.link') &&
      [...(element.parentElement?.childNodes ?? [])].some(
        (node) => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.textContent ?? ''),
      );
    const dialog = document.querySelector('dialog[open]');
    const found = (dialog ?? document).querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [role="option"]',
    );
    const targets = [...found]
      .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      // Under a drawer lies what cannot be reached.
      .filter((element) => !document.querySelector('.sidebar.open') || element.closest('.sidebar'))
      .map((element) => {
        const whole = element.matches('input') ? (element.closest('label') ?? element) : element;
        return { element, box: whole.getBoundingClientRect() };
      })
      .filter(({ element, box }) => box.width > 1 && box.height > 1 && !inText(element));
    return targets
      .filter(({ element, box }) => {
        if (Math.round(box.height) >= finger) return false;
        const middle = (box.top + box.bottom) / 2;
        const [top, bottom] = [middle - finger / 2, middle + finger / 2];
        return targets.some(
          (other) =>
            !other.element.contains(element) &&
            !element.contains(other.element) &&
            other.box.left < box.right &&
            box.left < other.box.right &&
            other.box.top < bottom - 0.5 &&
            top + 0.5 < other.box.bottom,
        );
      })
      .map(({ element, box }) => {
        const name = element.ariaLabel || element.textContent || element.getAttribute('placeholder');
        return `${element.localName} “${(name ?? '').trim().slice(0, 40)}”: ${Math.round(box.height)} px`;
      });
  }, FINGER);
}

/** What is wider than its place, where nothing may be scrolled sideways. */
function tooWide(of: Page): Promise<string[]> {
  return of.evaluate(() =>
    [
      document.documentElement,
      ...document.querySelectorAll('main, .scroller, .column-paper, .sidebar, dialog[open]'),
    ]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => element.scrollWidth > element.clientWidth)
      .map((element) => `${element.localName}.${element.className}: ${element.scrollWidth} px`),
  );
}

describe('a finger meets every target of', () => {
  for (const state of STATES) {
    it(state.name, async () => {
      await page.setViewportSize(PHONE.viewport ?? SMALLEST);
      await enter(page, door.host.url, state);
      expect(await tooSmall(page)).toEqual([]);
      await page.setViewportSize(SMALLEST);
      expect(await tooWide(page)).toEqual([]);
    });
  }
});

it('what is used most is where a thumb is', async () => {
  const { height } = PHONE.viewport ?? SMALLEST;
  await page.setViewportSize(PHONE.viewport ?? SMALLEST);
  await rows(page).first().waitFor();
  const bar = page.getByRole('navigation', { name: 'Within reach' });
  const low = async (name: string) => {
    const box = await bar.getByRole('button', { name }).boundingBox();
    return (box?.y ?? 0) > height * 0.9;
  };
  for (const name of ['Places and topics', 'Search', 'Commands']) expect(await low(name), name).toBe(true);
  await bar.getByRole('button', { name: 'Search' }).tap();
  await eventually(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true);
  await bar.getByRole('button', { name: 'Places and topics' }).tap();
  await eventually(() => places(page).isVisible()).toBe(true);
  await page.keyboard.press('Escape');
  // An open paper's own bar stands there too.
  await rows(page).first().tap();
  const back = page.getByRole('button', { name: '‹ List' });
  await eventually(async () => ((await back.boundingBox())?.y ?? 0) > height * 0.9).toBe(true);
  await back.tap();
  await eventually(() => rows(page).first().isVisible()).toBe(true);
});

/** Fingers that come down, move together in steps of a frame, and leave. */
async function fingers(from: readonly Point[], to: readonly Point[], steps = 12): Promise<void> {
  const session = await door.context.newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
  await send('touchStart', from);
  for (let step = 1; step <= steps; step++) {
    const at = from.map(([x, y], finger): Point => {
      const [toX, toY] = to[finger] as Point;
      return [x + ((toX - x) * step) / steps, y + ((toY - y) * step) / steps];
    });
    await send('touchMove', at);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await send('touchEnd', []);
  await session.detach();
}
type Point = readonly [x: number, y: number];

it('two fingers, one, and two taps move the map', async () => {
  await page.setViewportSize(PHONE.viewport ?? SMALLEST);
  await page.goto(`${door.host.url}#/?page=map`);
  const canvas = page.locator('canvas.map-canvas');
  await canvas.waitFor();
  await eventually(() => page.locator('.map-progress').count()).toBe(0);
  const picture = () => canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());
  const all = page.getByRole('button', { name: 'Show all' });
  const box = await canvas.boundingBox();
  if (!box) throw new Error('no map');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const moved = async (move: () => Promise<unknown>) => {
    const before = await settled(page, picture);
    await move();
    await eventually(picture).not.toBe(before);
  };
  const apart: readonly Point[] = [
    [x - 120, y],
    [x + 120, y],
  ];
  await moved(() => fingers([[x - 20, y] as const, [x + 20, y] as const], apart));
  await all.tap();
  await moved(() => fingers([[x, y]], [[x + 90, y + 40]]));
  await all.tap();
  // The first of two taps also points at a paper: the picture is not as before.
  await page.touchscreen.tap(x, y);
  await page.waitForTimeout(600);
  await moved(async () => {
    await page.touchscreen.tap(x, y);
    await page.touchscreen.tap(x, y);
  });
});

it('a finger on its handle moves a paper of the reading list', async () => {
  await page.setViewportSize(PHONE.viewport ?? SMALLEST);
  const [first, second] = (await drawn(page)).slice(0, 2) as [string, string];
  for (const id of [first, second]) {
    await page.goto(`${door.host.url}#/?paper=${encodeURIComponent(id)}`);
    await page.getByRole('article').getByRole('button', { name: 'Read later' }).tap();
  }
  await page.goto(`${door.host.url}#/later`);
  await eventually(() => drawn(page)).toEqual([first, second]);
  const [from, to] = await Promise.all([
    page.locator('.handle').first().boundingBox(),
    rows(page).nth(1).boundingBox(),
  ]);
  if (!from || !to) throw new Error('nothing to drag');
  await fingers([[from.x + 10, from.y + 10]], [[from.x + 10, to.y + to.height - 8]]);
  await eventually(() => drawn(page)).toEqual([second, first]);
  for (const id of [first, second]) {
    await page.goto(`${door.host.url}#/?paper=${encodeURIComponent(id)}`);
    await page.getByRole('article').getByRole('button', { name: 'In the reading list' }).tap();
  }
});

it('Enter puts the keyboard away and leaves the answers in sight; a page takes the focus', async () => {
  await page.setViewportSize(PHONE.viewport ?? SMALLEST);
  await page.getByRole('button', { name: 'Search', exact: true }).tap();
  await page.keyboard.insertText('splatting');
  await eventually(() => heading(page)).toContain('Best match first');
  await page.keyboard.press('Enter');
  await eventually(() => field(page).evaluate((element) => element === document.activeElement)).toBe(false);
  expect(page.url()).not.toContain('paper=');
  await page.getByRole('button', { name: 'Places and topics' }).tap();
  await place(page, 'By date').tap();
  await eventually(() => openTitle(page).evaluate((element) => element === document.activeElement)).toBe(
    true,
  );
});
