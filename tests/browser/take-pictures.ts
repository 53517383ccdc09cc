/**
 * Takes the pictures of the README and of the manifest from the built site: `npx tsx tests/browser/take-pictures.ts`.
 */
import { mkdir } from 'node:fs/promises';
import { launch, serve } from './harness.ts';

const OUT = 'public/screenshots';
const QUERY = '#/?q=reduce+storage+of+splat+scenes+with+small+networks';

async function take(): Promise<void> {
  await mkdir(OUT, { recursive: true });
  const host = await serve('dist', { headers: 'isolated' });
  for (const [name, viewport, deviceScaleFactor] of [
    ['wide', { width: 1440, height: 1000 }, 1],
    ['phone', { width: 390, height: 844 }, 2],
  ] as const) {
    const context = await launch({ viewport, deviceScaleFactor });
    const page = await context.newPage();
    await page.goto(host.url + QUERY);
    await page.getByText('by meaning and words').waitFor({ timeout: 60_000 });
    await page.waitForFunction(() => document.querySelectorAll('[data-paper]').length > 3);
    if (name === 'wide') await page.locator('[data-paper]').first().click();
    // Rows glide for 150 ms, and the fonts swap in.
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `${OUT}/${name}.png` });
    await context.close();
  }
  await host.close();
}

await take();
