import type { Camera } from '../state/mapView.ts';
import type { Size } from './mapCamera.ts';

/** What is drawn of each point. */
export interface Dots {
  /** x and y of each, [points, 2]. */
  readonly positions: Float32Array;
  /** Index into the palette. */
  readonly hues: Uint8Array;
  /** 1 where a point stands out; undefined where all are alike. */
  readonly lit: Uint8Array | undefined;
}

/** Colours as the page has them now: 0xBBGGRR, as an ImageData takes them. */
export interface Palette {
  readonly paper: number;
  /** Of the hues, and last of points that have none. */
  readonly dots: readonly number[];
  readonly ink: string;
  readonly soft: string;
  readonly background: string;
}

export const HUES = 10;
/** The palette's place for a point without a topic. */
export const NO_HUE = HUES;

/** Steps of a pixel that a dot can stand between, so that dots do not jump by whole ones as the map moves. */
const PHASES = 4;
/** Room around the picture, CSS pixels, so that dots at its edge are cut by the canvas and not by us. */
const PAD = 24;
/** Of 256: how much of a dot covers what is below. */
const OPAQUE = 236;
const SOFT = 150;
const DIM = 46;

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const context = document.createElement('canvas').getContext('2d');
  const hex = (name: string): string => {
    if (!context) return '#000000';
    context.fillStyle = style.getPropertyValue(name).trim();
    return String(context.fillStyle);
  };
  const number = (name: string): number => {
    const [, red = '00', green = '00', blue = '00'] = /^#(..)(..)(..)$/.exec(hex(name)) ?? [];
    return Number.parseInt(blue + green + red, 16);
  };
  return {
    paper: number('--paper'),
    dots: [...Array.from({ length: HUES }, (_, hue) => number(`--topic-${hue}`)), number('--soft')],
    ink: hex('--ink'),
    soft: hex('--soft'),
    background: hex('--paper'),
  };
}

/** Radius of a dot in CSS pixels: the more there are the smaller, and somewhat larger from nearby. */
export function radiusOf(points: number, zoom: number): number {
  const base = Math.min(6, Math.max(1.1, 14 * points ** -0.22 - 0.1));
  return Math.min(9, base * Math.max(1, zoom) ** 0.3);
}

/**
 * Draws dots by hand into pixels: of 10,000 without a graphics card a canvas's own circles take ten times as long.
 * Those that stand out come last.
 */
export function createDotPainter() {
  let image: ImageData | undefined;
  let pixels = new Uint32Array(0);

  function paint(
    context: CanvasRenderingContext2D,
    dots: Dots,
    camera: Camera,
    size: Size,
    ratio: number,
    radius: number,
    palette: Palette,
  ): void {
    const pad = Math.ceil(PAD * ratio);
    const [width, height] = [context.canvas.width + 2 * pad, context.canvas.height + 2 * pad];
    if (image?.width !== width || image.height !== height) {
      image = context.createImageData(width, height);
      pixels = new Uint32Array(image.data.buffer);
    }
    pixels.fill((0xff000000 | palette.paper) >>> 0);
    const mask = maskOf(radius * ratio);
    const { positions, hues, lit } = dots;
    const scale = camera.scale * ratio;
    const left = (size.width / 2) * ratio - camera.x * scale - mask.side / 2 + pad;
    const top = (size.height / 2) * ratio - camera.y * scale - mask.side / 2 + pad;
    for (let pass = lit ? 0 : 1; pass < 2; pass++) {
      for (let point = 0; point < hues.length; point++) {
        if (lit && lit[point] !== pass) continue;
        const x = (positions[point * 2] as number) * scale + left;
        const y = (positions[point * 2 + 1] as number) * scale + top;
        if (!(x >= 0 && y >= 0 && x < width - mask.side - 1 && y < height - mask.side - 1)) continue;
        const hue = hues[point] as number;
        const cover = pass === 0 ? DIM : hue === NO_HUE ? SOFT : OPAQUE;
        stamp(mask, x, y, width, palette.dots[hue] as number, cover);
      }
    }
    context.putImageData(image, -pad, -pad);
  }

  function stamp(mask: Mask, x: number, y: number, width: number, colour: number, cover: number): void {
    const [column, line] = [Math.floor(x), Math.floor(y)];
    const phase = Math.floor((x - column) * PHASES) + PHASES * Math.floor((y - line) * PHASES);
    const [red, green] = [colour & 0xff00ff, colour & 0x00ff00];
    let from = phase * mask.side * mask.side;
    for (let row = 0; row < mask.side; row++) {
      let to = (line + row) * width + column;
      for (let i = 0; i < mask.side; i++, from++, to++) {
        const share = ((mask.cover[from] as number) * cover) >> 8;
        if (share === 0) continue;
        const below = pixels[to] as number;
        // Two channels at a time: 8 bits between them take what the product adds.
        const outer = ((below & 0xff00ff) * (256 - share) + red * share) >>> 8;
        const inner = ((below & 0x00ff00) * (256 - share) + green * share) >>> 8;
        pixels[to] = (0xff000000 | (outer & 0xff00ff) | (inner & 0x00ff00)) >>> 0;
      }
    }
  }

  return { paint };
}

interface Mask {
  readonly side: number;
  /** How much of each pixel a disc covers, 0 to 256, for each phase. */
  readonly cover: Uint16Array;
}

const masks = new Map<number, Mask>();

/** @param radius in device pixels; rounded to quarters, so that few are made. */
function maskOf(radius: number): Mask {
  const rounded = Math.max(0.5, Math.round(radius * 4) / 4);
  const known = masks.get(rounded);
  if (known) return known;
  const side = 2 * Math.ceil(rounded + 0.5) + 1;
  const cover = new Uint16Array(side * side * PHASES * PHASES);
  let at = 0;
  for (let phase = 0; phase < PHASES * PHASES; phase++) {
    const middleX = side / 2 + ((phase % PHASES) + 0.5) / PHASES;
    const middleY = side / 2 + (Math.floor(phase / PHASES) + 0.5) / PHASES;
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const away = Math.hypot(x + 0.5 - middleX, y + 0.5 - middleY);
        cover[at++] = Math.round(256 * Math.min(1, Math.max(0, rounded + 0.5 - away)));
      }
    }
  }
  const mask = { side, cover };
  masks.set(rounded, mask);
  return mask;
}
