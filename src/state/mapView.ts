import { type Accessor, createSignal } from 'solid-js';

/** What of the map is in sight: the place in its middle, and pixels a unit. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export type Colouring = 'topic' | 'group';

/** How the reader has left the map: it is so again when they come back from a paper. */
export interface MapView {
  /** Undefined: all of it, whatever the size. */
  readonly camera: Accessor<Camera | undefined>;
  setCamera(camera: Camera | undefined): void;
  readonly colouring: Accessor<Colouring>;
  setColouring(by: Colouring): void;
  /** The map has the place of the list too. */
  readonly whole: Accessor<boolean>;
  setWhole(whole: boolean): void;
  /** Id of the paper that the reader stands on. */
  readonly current: Accessor<string | undefined>;
  setCurrent(id: string | undefined): void;
}

export function createMapView(): MapView {
  const [camera, setCamera] = createSignal<Camera>();
  const [colouring, setColouring] = createSignal<Colouring>('topic');
  const [whole, setWhole] = createSignal(false);
  const [current, setCurrent] = createSignal<string>();
  return { camera, setCamera, colouring, setColouring, whole, setWhole, current, setCurrent };
}
