/** The map's painter on a bare page: points without meaning cost as much to draw as any. */

import { boxOf } from '../../../src/vector/plane.ts';
import { createRandom } from '../../../src/vector/random.ts';
import { fitBox } from '../../../src/views/mapCamera.ts';
import { createMapPainter } from '../../../src/views/mapDraw.ts';
import { HUES, type Palette } from '../../../src/views/mapPoints.ts';

const size = { width: 1200, height: 800 };
const palette: Palette = {
  paper: 0xfafcfd,
  dots: Array.from({ length: HUES + 1 }, (_, hue) => 0x102030 * (hue % 5) + 0x405060),
  ink: '#1c1b19',
  soft: '#6b6862',
  background: '#fdfcfa',
};

/** Pans for so many frames; milliseconds of drawing a frame, and frames a second as the browser shows them. */
async function pan(points: number, frames: number): Promise<{ draw: number[]; perSecond: number }> {
  const random = createRandom(points);
  const positions = Float32Array.from({ length: points * 2 }, () => random() + random() + random());
  const hues = Uint8Array.from({ length: points }, () => Math.floor(random() * (HUES + 1)));
  const regions = Array.from({ length: 24 }, (_, n) => ({
    name: `region number ${n}`,
    x: random() * 3,
    y: random() * 3,
  }));
  const canvas = document.querySelector('canvas') as HTMLCanvasElement;
  Object.assign(canvas, size);
  const context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  const paint = createMapPainter();
  const whole = fitBox(boxOf(positions), size);
  const draw: number[] = [];
  const began = performance.now();
  for (let frame = 0; frame < frames; frame++) {
    await new Promise(requestAnimationFrame);
    const start = performance.now();
    const camera = { ...whole, x: whole.x + frame * 0.003 };
    const dots = { positions, hues, lit: undefined };
    const rest = { size, ratio: 1, palette, current: 3, loop: undefined, titleOf: String };
    paint(context, { dots, regions, camera, whole, ...rest });
    draw.push(performance.now() - start);
  }
  return { draw, perSecond: (1000 * frames) / (performance.now() - began) };
}

export interface MapBenchPage {
  pan: typeof pan;
}
(globalThis as unknown as { mapBench: MapBenchPage }).mapBench = { pan };
