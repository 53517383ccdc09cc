import type { Camera } from '../state/mapView.ts';
import type { Box } from '../vector/plane.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Room around the points, pixels: names stand out over them. */
const MARGIN = 44;
/** What the buttons for zooming take at the foot. */
const FOOT = 34;
/** How far in from the whole map. */
const MOST_ZOOM = 60;
const LEAST_ZOOM = 0.5;

/** All of a box in sight. */
export function fitBox(box: Box, { width, height }: Size): Camera {
  const margin = Math.min(MARGIN, width / 8);
  const across = Math.max(box.right - box.left, 1e-6);
  const down = Math.max(box.bottom - box.top, 1e-6);
  const scale = Math.min((width - 2 * margin) / across, (height - 2 * margin - FOOT) / down);
  return {
    x: (box.left + box.right) / 2,
    y: (box.top + box.bottom) / 2 + FOOT / 2 / Math.max(scale, 1e-6),
    scale: Math.max(scale, 1e-6),
  };
}

/** Nearer by a factor, while what lies at a place of the screen stays there. */
export function zoomAt(camera: Camera, whole: Camera, factor: number, at: Place, size: Size): Camera {
  const scale = Math.min(whole.scale * MOST_ZOOM, Math.max(whole.scale * LEAST_ZOOM, camera.scale * factor));
  const [dx, dy] = [at.x - size.width / 2, at.y - size.height / 2];
  return {
    x: camera.x + dx / camera.scale - dx / scale,
    y: camera.y + dy / camera.scale - dy / scale,
    scale,
  };
}

/** A place on the screen, pixels from the map's corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export function toScreen(camera: Camera, size: Size, x: number, y: number): Place {
  return {
    x: (x - camera.x) * camera.scale + size.width / 2,
    y: (y - camera.y) * camera.scale + size.height / 2,
  };
}

export function toPlane(camera: Camera, size: Size, { x, y }: Place): Place {
  return {
    x: (x - size.width / 2) / camera.scale + camera.x,
    y: (y - size.height / 2) / camera.scale + camera.y,
  };
}

export const mixBoxes = (a: Box, b: Box, share: number): Box => ({
  left: a.left + (b.left - a.left) * share,
  top: a.top + (b.top - a.top) * share,
  right: a.right + (b.right - a.right) * share,
  bottom: a.bottom + (b.bottom - a.bottom) * share,
});
