import { type Accessor, createEffect, createSignal } from 'solid-js';
import type { FirstStore } from '../store/store.ts';

/** Setting of this device: a step of {@link TEXT_SIZES}. */
const SIZE_SETTING = 'text-size';

/** Percent of the browser's own size, which stays the measure. */
export const TEXT_SIZES: readonly number[] = [87.5, 100, 112.5, 125, 150, 175];
const USUAL = 1;

export interface TextSize {
  /** Percent. */
  readonly percent: Accessor<number>;
  /** Larger by a step, or smaller; rejects when it could not be kept, though it shows. */
  step(by: 1 | -1): Promise<void>;
  readonly canStep: (by: 1 | -1) => boolean;
}

/** @param show sets the size of the page's text, percent. */
export function createTextSize(
  store: Accessor<FirstStore | undefined>,
  show: (percent: number) => void,
): TextSize {
  const [at, setAt] = createSignal(USUAL);
  let chosen = false;
  createEffect(() => {
    store()
      ?.setting<number>(SIZE_SETTING)
      .then((kept) => {
        if (!chosen && kept !== undefined && TEXT_SIZES[kept] !== undefined) setAt(kept);
      })
      .catch(() => undefined);
  });
  const percent = () => TEXT_SIZES[at()] as number;
  createEffect(() => show(percent()));
  return {
    percent,
    canStep: (by) => TEXT_SIZES[at() + by] !== undefined,
    async step(by) {
      if (TEXT_SIZES[at() + by] === undefined) return;
      chosen = true;
      setAt(at() + by);
      await store()?.putSetting(SIZE_SETTING, at());
    },
  };
}
