import type { Place } from './mapCamera.ts';

export interface Gestures {
  /** The loop is a tool that was chosen: a drag draws it. With Shift a drag always does. */
  lassoing(): boolean;
  pan(dx: number, dy: number): void;
  zoom(factor: number, at: Place): void;
  /** The pointer rests over a place; undefined when it has left. */
  hover(at: Place | undefined): void;
  tap(at: Place, touch: boolean): void;
  doubleTap(at: Place): void;
  /** Corners x, y, x, y … so far; `done` when it is closed, undefined when it is dropped. */
  lasso(line: readonly number[] | undefined, done: boolean): void;
}

/** Further than this, in pixels, a press is a drag: a thumb is less still than a mouse. */
const STILL_MOUSE = 4;
const STILL_TOUCH = 10;
/** Two taps within this many milliseconds and pixels are one double tap. */
const DOUBLE_MS = 320;
const DOUBLE_PIXELS = 32;
/** Zoom of one line of a wheel; browsers tell wheels in pixels, lines or pages. */
const WHEEL_RATE = 0.0016;
const LINE_PIXELS = 16;
const PAGE_PIXELS = 400;
/** The most that one turn of the wheel is taken for, pixels. */
const MOST_WHEEL = 240;
/** Corners nearer than this, pixels, say nothing. */
const CORNER_PIXELS = 3;

/** Reads mouse, pen and fingers on an element. Returns how to stop. */
export function bindGestures(element: HTMLElement, gestures: Gestures): () => void {
  const pointers = new Map<number, Place>();
  let began: Place | undefined;
  let moved = false;
  let line: number[] | undefined;
  let lastTap = { at: { x: 0, y: 0 }, time: Number.NEGATIVE_INFINITY };

  const placeOf = (event: MouseEvent): Place => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    const at = placeOf(event);
    pointers.set(event.pointerId, at);
    if (pointers.size > 1) {
      // A second finger: what the first one drew was the beginning of a pinch.
      if (line) gestures.lasso(undefined, true);
      line = undefined;
      moved = true;
      return;
    }
    began = at;
    moved = false;
    if (gestures.lassoing() || event.shiftKey) line = [at.x, at.y];
  };

  const pinch = (id: number, at: Place) => {
    const before = [...pointers.values()];
    pointers.set(id, at);
    const after = [...pointers.values()];
    const [a, b, c, d] = [before[0], before[1], after[0], after[1]] as [Place, Place, Place, Place];
    const [was, is] = [middleOf(a, b), middleOf(c, d)];
    gestures.pan(is.x - was.x, is.y - was.y);
    gestures.zoom(distanceOf(c, d) / Math.max(1, distanceOf(a, b)), is);
  };

  const move = (event: PointerEvent) => {
    const at = placeOf(event);
    const before = pointers.get(event.pointerId);
    if (!before || !began) {
      if (event.pointerType !== 'touch') gestures.hover(at);
      return;
    }
    if (pointers.size === 2) return pinch(event.pointerId, at);
    const still = event.pointerType === 'touch' ? STILL_TOUCH : STILL_MOUSE;
    if (!moved && distanceOf(began, at) < still) return;
    if (!moved) gestures.hover(undefined);
    moved = true;
    pointers.set(event.pointerId, at);
    if (!line) return gestures.pan(at.x - before.x, at.y - before.y);
    const [x, y] = line.slice(-2) as [number, number];
    if (distanceOf({ x, y }, at) < CORNER_PIXELS) return;
    line.push(at.x, at.y);
    gestures.lasso(line, false);
  };

  const up = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    if (pointers.size > 0) return;
    const at = placeOf(event);
    const drawn = line;
    line = undefined;
    began = undefined;
    if (event.type === 'pointercancel') {
      if (drawn) gestures.lasso(undefined, true);
    } else if (drawn && moved) gestures.lasso(drawn, true);
    else if (!moved) tap(event, at);
  };

  const tap = (event: PointerEvent, at: Place) => {
    const double = event.timeStamp - lastTap.time < DOUBLE_MS && distanceOf(at, lastTap.at) < DOUBLE_PIXELS;
    lastTap = { at, time: double ? Number.NEGATIVE_INFINITY : event.timeStamp };
    if (double) gestures.doubleTap(at);
    else gestures.tap(at, event.pointerType === 'touch');
  };

  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const unit = [1, LINE_PIXELS, PAGE_PIXELS][event.deltaMode] ?? 1;
    const pixels = Math.max(-MOST_WHEEL, Math.min(MOST_WHEEL, event.deltaY * unit));
    // A pinch on a touchpad comes as a wheel with Ctrl, and in smaller numbers.
    gestures.zoom(Math.exp(-pixels * WHEEL_RATE * (event.ctrlKey ? 5 : 1)), placeOf(event));
  };
  const leave = () => gestures.hover(undefined);

  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);
  element.addEventListener('pointerleave', leave);
  element.addEventListener('wheel', wheel, { passive: false });
  return () => {
    element.removeEventListener('pointerdown', down);
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', up);
    element.removeEventListener('pointercancel', up);
    element.removeEventListener('pointerleave', leave);
    element.removeEventListener('wheel', wheel);
  };
}

const distanceOf = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.y - b.y);
const middleOf = (a: Place, b: Place): Place => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
