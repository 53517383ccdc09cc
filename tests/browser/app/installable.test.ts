import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { shareSite } from './door.ts';
import { eventually, field, openTitle, waitForOffline } from './site.ts';

const door = shareSite({ models: 'quick', offline: true, ready: waitForOffline });

it('Chromium would install it, and reads its manifest without a complaint', async () => {
  const { page, context } = door;
  const client = await context.newCDPSession(page);
  expect((await client.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([]);
  const { errors, data } = await client.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? '')).toEqual(JSON.parse(readFileSync('public/manifest.webmanifest', 'utf8')));
});

it('a mask cuts nothing off its icon', async () => {
  const drawn = await door.page.evaluate(async () => {
    const image = new Image();
    image.src = new URL('icon-maskable-512.png', document.baseURI).href;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const painter = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
    painter.drawImage(image, 0, 0);
    const { data, width, height } = painter.getImageData(0, 0, image.width, image.height);
    // The safe zone: a circle of two fifths of the width around the middle.
    let [inside, outside] = [0, 0];
    for (let at = 0; at < width * height; at++) {
      const same = [0, 1, 2, 3].every((channel) => data[4 * at + channel] === data[channel]);
      const away = Math.hypot((at % width) - width / 2, Math.floor(at / width) - height / 2);
      if (!same && away > 0.4 * width) outside++;
      else if (!same) inside++;
    }
    return { inside, outside, corner: data[3] };
  });
  expect(drawn).toMatchObject({ outside: 0, corner: 255 });
  expect(drawn.inside).toBeGreaterThan(10_000);
});

it('its shortcuts open what they say', async () => {
  const page = await door.another();
  const { url } = door.host;
  await page.goto(`${url}#/?q=`);
  await eventually(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true);
  await page.goto(`${url}#/?page=add`);
  await eventually(() => openTitle(page).textContent()).toBe('Add papers');
  await page.close();
});
