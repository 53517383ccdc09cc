import type { Camera } from '../state/mapView.ts';
import { type Size, toScreen } from './mapCamera.ts';
import { type Label, linesOf, placeLabels } from './mapLabels.ts';
import { createDotPainter, type Dots, type Palette, radiusOf } from './mapPoints.ts';

/** A named part of the map: the middle of its points. */
export interface Region {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

export interface Picture {
  readonly dots: Dots;
  readonly regions: readonly Region[];
  readonly camera: Camera;
  /** Of the whole map. */
  readonly whole: Camera;
  readonly size: Size;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
  readonly palette: Palette;
  /** The point that the reader stands on. */
  readonly current: number | undefined;
  /** A loop that is being drawn, corners on the screen. */
  readonly loop: readonly number[] | undefined;
  titleOf(point: number): string;
}

const REGION_FONT = '600 14px "Source Serif 4 Variable", Charter, Georgia, serif';
const REGION_LINE = 17;
const TITLE_FONT = '400 12.5px "Inter Variable", system-ui, sans-serif';
const TITLE_LINE = 16;
/** Titles stand beside the points where so few are in sight, and the map has been zoomed. */
const MOST_TITLES = 60;
const TITLES_FROM_ZOOM = 1.6;
/** Where so few are in sight names keep off the dots; of more they would find no place. */
const FEW_DOTS = 200;
const LONGEST_TITLE = 44;
/** Width of the paper-coloured line around letters, pixels. */
const HALO = 4;

/** Draws the map; nothing is kept but pixels. */
export function createMapPainter() {
  const dots = createDotPainter();
  return (context: CanvasRenderingContext2D, picture: Picture): void => {
    const { camera, whole, size, ratio, palette, current } = picture;
    const radius = radiusOf(picture.dots.hues.length, camera.scale / whole.scale);
    dots.paint(context, picture.dots, camera, size, ratio, radius, palette);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (current !== undefined) drawRing(context, picture, current, radius);
    drawLabels(context, picture, radius);
    if (picture.loop) drawLoop(context, picture.loop, palette);
    context.setTransform(1, 0, 0, 1, 0, 0);
  };
}

function placeOf({ dots, camera, size }: Picture, point: number) {
  const { positions } = dots;
  return toScreen(camera, size, positions[point * 2] as number, positions[point * 2 + 1] as number);
}

function drawRing(context: CanvasRenderingContext2D, picture: Picture, point: number, radius: number): void {
  const { x, y } = placeOf(picture, point);
  context.lineWidth = 2;
  context.strokeStyle = picture.palette.ink;
  context.beginPath();
  context.arc(x, y, radius + 4, 0, 2 * Math.PI);
  context.stroke();
}

function drawLoop(context: CanvasRenderingContext2D, corners: readonly number[], palette: Palette): void {
  context.beginPath();
  for (let i = 0; i < corners.length; i += 2) context.lineTo(corners[i] as number, corners[i + 1] as number);
  context.closePath();
  context.globalAlpha = 0.08;
  context.fillStyle = palette.ink;
  context.fill('evenodd');
  context.globalAlpha = 1;
  context.lineWidth = 1.5;
  context.setLineDash([4, 4]);
  context.strokeStyle = palette.ink;
  context.stroke();
  context.setLineDash([]);
}

function drawLabels(context: CanvasRenderingContext2D, picture: Picture, radius: number): void {
  const { size, palette } = picture;
  const visible = dotsInSight(picture);
  const labels = [...regionLabels(context, picture), ...titleLabels(context, picture, visible, radius)];
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = HALO;
  context.strokeStyle = palette.background;
  const dots = visible.length <= FEW_DOTS ? visible.map((dot) => ({ ...dot, radius })) : [];
  for (const { lines, left, top, kind } of placeLabels(labels, size.width, size.height, dots)) {
    const region = kind === 'region';
    const line = region ? REGION_LINE : TITLE_LINE;
    context.font = region ? REGION_FONT : TITLE_FONT;
    context.fillStyle = region ? palette.ink : palette.soft;
    lines.forEach((text, index) => {
      const y = top + (index - (lines.length - 1) / 2) * line;
      context.strokeText(text, left, y);
      context.fillText(text, left, y);
    });
  }
}

function regionLabels(context: CanvasRenderingContext2D, picture: Picture): Label[] {
  context.font = REGION_FONT;
  return picture.regions.map((region) => {
    const lines = linesOf(region.name);
    const width = Math.max(...lines.map((text) => context.measureText(text).width));
    const { x, y } = toScreen(picture.camera, picture.size, region.x, region.y);
    return { lines, x, y, width, height: lines.length * REGION_LINE, kind: 'region' };
  });
}

/** Points in sight with their places; those that are dimmed are no more than ground. Stops where they are many. */
function dotsInSight(picture: Picture): { point: number; x: number; y: number }[] {
  const { dots, size } = picture;
  const found: { point: number; x: number; y: number }[] = [];
  for (let point = 0; point < dots.hues.length && found.length <= FEW_DOTS; point++) {
    if (dots.lit?.[point] === 0) continue;
    const { x, y } = placeOf(picture, point);
    if (x >= 0 && y >= 0 && x <= size.width && y <= size.height) found.push({ point, x, y });
  }
  return found;
}

/** Titles of the points in sight, where there is room for them. */
function titleLabels(
  context: CanvasRenderingContext2D,
  { camera, whole, titleOf }: Picture,
  visible: readonly { point: number; x: number; y: number }[],
  radius: number,
): Label[] {
  if (visible.length > MOST_TITLES || camera.scale < whole.scale * TITLES_FROM_ZOOM) return [];
  context.font = TITLE_FONT;
  return visible.map(({ point, x, y }) => {
    const title = titleOf(point);
    const text = title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1).trimEnd()}…` : title;
    const { width } = context.measureText(text);
    const below = y + radius + TITLE_LINE / 2 + 2;
    return { lines: [text], x, y: below, width, height: TITLE_LINE, kind: 'title' };
  });
}
