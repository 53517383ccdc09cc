import { type Accessor, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';
import type { Places } from '../ranking/places.ts';
import { type Box, boxOf } from '../vector/plane.ts';
import { mixBoxes } from './mapCamera.ts';

/** How long points take to their new places, milliseconds. */
const GLIDE = 600;
/** Stray points at each side that the whole map may leave out of sight. */
const STRAY = 0.002;

/** Points as they are drawn now: on their way, or there. */
export interface Shown {
  readonly places: Places;
  readonly positions: Float32Array;
  readonly box: Box;
  readonly moving: boolean;
}

/** What moved is shown as moved: points that stay glide to where they belong now. None with reduced motion. */
export function createGlide(places: Accessor<Places>): Accessor<Shown> {
  const settled = (now: Places): Shown => ({
    places: now,
    positions: now.positions,
    box: boxOf(now.positions, STRAY),
    moving: false,
  });
  const [shown, setShown] = createSignal(settled(untrack(places)));
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let frame = 0;
  onCleanup(() => cancelAnimationFrame(frame));

  createEffect(
    on(
      places,
      (to) => {
        cancelAnimationFrame(frame);
        const end = settled(to);
        const start = untrack(shown);
        const from = startsOf(start, to);
        if (still.matches || !from) return setShown(end);
        let began: number | undefined;
        const step = (now: number) => {
          began ??= now;
          const share = Math.min(1, (now - began) / GLIDE);
          if (share === 1) return setShown(end);
          const eased = 1 - (1 - share) ** 3;
          const positions = from.map((x, i) => x + ((to.positions[i] as number) - x) * eased);
          setShown({ places: to, positions, box: mixBoxes(start.box, end.box, eased), moving: true });
          frame = requestAnimationFrame(step);
        };
        frame = requestAnimationFrame(step);
      },
      { defer: true },
    ),
  );
  return shown;
}

/** Where each point sets out: new ones stand at once where they belong. Undefined where nothing moves. */
function startsOf(start: Shown, to: Places): Float32Array | undefined {
  const rows = new Map(start.places.ids.map((id, row) => [id, row]));
  let moves = false;
  const from = to.positions.slice();
  to.ids.forEach((id, i) => {
    const row = rows.get(id);
    if (row === undefined) return;
    for (let axis = 0; axis < 2; axis++) {
      const before = start.positions[row * 2 + axis] as number;
      if (before !== from[i * 2 + axis]) moves = true;
      from[i * 2 + axis] = before;
    }
  });
  return moves ? from : undefined;
}
