/** Frames a second while the map is moved, drawn without a graphics card. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, launch, serve } from '../browser/harness.ts';
import type { MapBenchPage } from './pages/map.ts';
import { formatCount, formatTime, median, quantile, type Section } from './table.ts';

export const FRAME_SIZES = [1_000, 3_000, 10_000, 30_000, 100_000];
const FRAMES = 120;

export async function measureFrames(): Promise<Section> {
  const directory = mkdtempSync(join(tmpdir(), 'sheaf-map-'));
  const root = join(import.meta.dirname, 'pages');
  const build = { outDir: directory, emptyOutDir: true, rollupOptions: { input: join(root, 'map.html') } };
  await bundle({ configFile: false, root, base: './', build });
  const host = await serve(directory);
  const context = await launch({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.goto(`${host.url}map.html`);
    const rows: [string, ...string[]][] = [];
    for (const points of FRAME_SIZES) {
      const { draw, perSecond } = await page.evaluate(
        ([n, frames]) =>
          (globalThis as unknown as { mapBench: MapBenchPage }).mapBench.pan(n as number, frames as number),
        [points, FRAMES],
      );
      const cells = [formatTime(median(draw)), formatTime(quantile(draw, 0.95)), perSecond.toFixed(0)];
      rows.push([formatCount(points), ...cells]);
    }
    const columns = ['a frame', '95 of 100', 'frames a second, limit 30 at 10,000'];
    return { title: 'points moved, 1200 × 800 pixels', columns, rows };
  } finally {
    await context.close();
    await host.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
