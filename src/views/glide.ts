import { type Accessor, createEffect, on, onCleanup, onMount } from 'solid-js';

/** How long a row takes to its new place, milliseconds. */
const GLIDE = 150;

/**
 * What moved is shown as moved: when the order changes, rows that stay on the
 * screen glide from where they were. None with reduced motion, and none where
 * most of what is in sight is new or a row came from further than a screen
 * away: there is nothing that an eye could follow, and rows would cross.
 */
export function glideRows(container: Accessor<HTMLElement | undefined>, order: Accessor<unknown>): void {
  let places = new Map<string, number>();
  const rows = () => container()?.querySelectorAll<HTMLElement>('[data-paper]') ?? [];
  /** Where every drawn row stands, without what a glide still adds. */
  const look = () => {
    for (const row of rows()) for (const glide of row.getAnimations()) glide.cancel();
    return new Map([...rows()].map((row) => [row.dataset.paper as string, row.getBoundingClientRect().top]));
  };
  const remember = () => {
    places = look();
  };
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  onMount(() => {
    const element = container();
    element?.addEventListener('scroll', remember, { capture: true, passive: true });
    onCleanup(() => element?.removeEventListener('scroll', remember, { capture: true }));
  });
  createEffect(
    on(order, () => {
      const before = places;
      requestAnimationFrame(() => {
        places = look();
        if (still.matches || !canBeFollowed(before, places, container()?.getBoundingClientRect())) return;
        for (const row of rows()) {
          const id = row.dataset.paper as string;
          const moved = (before.get(id) ?? 0) - (places.get(id) ?? 0);
          if (before.has(id) && moved !== 0) {
            row.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], {
              duration: GLIDE,
              easing: 'ease-out',
            });
          }
        }
      });
    }),
  );
}

/** Whether at least half of the rows in sight were there before, and none came from further than a screen away. */
function canBeFollowed(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  frame: DOMRect | undefined,
): boolean {
  if (!frame) return false;
  const inSight = [...after].filter(([, top]) => top >= frame.top && top < frame.bottom);
  const known = inSight.filter(([id]) => before.has(id));
  const far = [...after].some(([id, top]) => Math.abs((before.get(id) ?? top) - top) > frame.height);
  return known.length * 2 >= inSight.length && !far;
}
