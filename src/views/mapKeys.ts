import type { Accessor } from 'solid-js';
import type { MapView } from '../state/mapView.ts';
import type { Picked } from '../state/picked.ts';
import { laterTexts } from '../texts/later.ts';
import type { Plane } from '../vector/plane.ts';
import type { Place } from './mapCamera.ts';
import type { Scene } from './mapScene.ts';

interface Parts {
  readonly scene: Scene;
  readonly plane: Accessor<Plane>;
  readonly view: MapView;
  readonly picked: Picked;
  /** What lies in the middle of the screen. */
  middle(): Place;
  /** Brings a point into sight. */
  reveal(row: number): void;
  zoom(factor: number): void;
  open(row: number): void;
  /** To the live region. */
  say(sentence: string): void;
}

const STEPS: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const ZOOMS: Readonly<Record<string, number>> = { '+': 1.5, '=': 1.5, '-': 1 / 1.5 };

/** The map by keyboard, while it has the focus: what it takes does not reach the keys of the site. */
export function bindMapKeys(parts: Parts): (event: KeyboardEvent) => void {
  const { scene, plane, view, picked } = parts;
  const stand = (row: number) => {
    view.setCurrent(scene.places().ids[row]);
    parts.reveal(row);
    parts.say(scene.titleOf(row));
  };
  const step = (dx: number, dy: number) => {
    const here = scene.rowOf(view.current());
    if (here === undefined) {
      const { x, y } = parts.middle();
      const first = plane().nearest(x, y, Number.MAX_VALUE);
      if (first !== undefined) stand(first);
      return;
    }
    const next = plane().towards(here, dx, dy);
    if (next === undefined) parts.say(laterTexts.map.edge);
    else stand(next);
  };
  const take = (event: KeyboardEvent): boolean => {
    const { key } = event;
    const here = scene.rowOf(view.current());
    if (STEPS[key]) step(...STEPS[key]);
    else if (ZOOMS[key]) parts.zoom(ZOOMS[key]);
    else if (key === '0') view.setCamera(undefined);
    else if (key === 'Enter' && here !== undefined) parts.open(here);
    // How many are picked is told where it stands.
    else if (key === ' ' && here !== undefined) picked.toggle(view.current() as string);
    else return false;
    return true;
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !take(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
