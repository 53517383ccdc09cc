import { type Accessor, createEffect, on, onCleanup, onMount } from 'solid-js';

/** How long a row takes to its new place, milliseconds. */
const GLIDE = 150;

/**
 * What moved is shown as moved: when the order changes, rows that stay on the
 * screen glide from where they were. None with reduced motion.
 */
export function glideRows(container: Accessor<HTMLElement | undefined>, order: Accessor<unknown>): void {
  let places = new Map<string, number>();
  const rows = () => container()?.querySelectorAll<HTMLElement>('[data-paper]') ?? [];
  const remember = () => {
    places = new Map(
      [...rows()].map((row) => [row.dataset.paper as string, row.getBoundingClientRect().top]),
    );
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
        if (!still.matches) {
          for (const row of rows()) {
            const from = before.get(row.dataset.paper as string);
            const moved = from === undefined ? 0 : from - row.getBoundingClientRect().top;
            if (moved !== 0) {
              row.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], {
                duration: GLIDE,
                easing: 'ease-out',
              });
            }
          }
        }
        remember();
      });
    }),
  );
}
