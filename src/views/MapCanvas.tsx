import { createEffect, createMemo, createSignal, onCleanup, onMount, Show } from 'solid-js';
import { laterTexts } from '../texts/later.ts';
import { createPlane } from '../vector/plane.ts';
import { useSheaf } from './context.ts';
import { MapTip } from './MapTip.tsx';
import { fitBox, type Place, type Size, toPlane, toScreen, zoomAt } from './mapCamera.ts';
import { createMapPainter } from './mapDraw.ts';
import { bindGestures } from './mapGestures.ts';
import { createGlide } from './mapGlide.ts';
import { bindMapKeys } from './mapKeys.ts';
import { readPalette } from './mapPoints.ts';
import type { Scene } from './mapScene.ts';

/** How far from a point the pointer may be, pixels: a thumb covers more. */
const REACH_MOUSE = 12;
const REACH_TOUCH = 24;
const DOUBLE_TAP_ZOOM = 2;

export interface MapControls {
  zoom(factor: number): void;
}

/** The picture itself, for eyes and pointers, and by arrow keys. */
export function MapCanvas(props: {
  scene: Scene;
  lassoing: boolean;
  onLassoed: (rows: readonly number[]) => void;
  controls: (controls: MapControls) => void;
}) {
  const { bar, mapView, picked } = useSheaf();
  const { scene } = props;
  const [size, setSize] = createSignal<Size>({ width: 0, height: 0 });
  const [ratio, setRatio] = createSignal(devicePixelRatio);
  const [palette, setPalette] = createSignal<ReturnType<typeof readPalette>>();
  /** By its id: another paper may have the row of this one after a change. */
  const [hovered, setHovered] = createSignal<string>();
  const [loop, setLoop] = createSignal<readonly number[]>();
  const [said, setSaid] = createSignal('');
  /** The tip of a paper that was tapped is a link; that of a hovered one is only text. */
  const [tapped, setTapped] = createSignal(false);
  let canvas: HTMLCanvasElement | undefined;

  const shown = createGlide(scene.places);
  const plane = createMemo(() => createPlane(scene.places().positions));
  const whole = createMemo(() => fitBox(shown().box, size()));
  const camera = () => mapView.camera() ?? whole();
  const current = () => scene.rowOf(hovered()) ?? scene.rowOf(mapView.current());

  const at = (row: number): Place => {
    const { positions } = shown();
    return toScreen(camera(), size(), positions[row * 2] as number, positions[row * 2 + 1] as number);
  };
  const nearest = (place: Place, reach: number) => {
    const { x, y } = toPlane(camera(), size(), place);
    return plane().nearest(x, y, reach / camera().scale);
  };
  const zoom = (factor: number, place: Place = { x: size().width / 2, y: size().height / 2 }) =>
    mapView.setCamera(zoomAt(camera(), whole(), factor, place, size()));
  const pan = (dx: number, dy: number) => {
    const { x, y, scale } = camera();
    mapView.setCamera({ x: x - dx / scale, y: y - dy / scale, scale });
  };
  const open = (row: number) => {
    const id = scene.places().ids[row];
    mapView.setCurrent(id);
    bar.go({ paper: id, page: undefined });
  };
  const pick = (line: readonly number[]) => {
    const corners: number[] = [];
    for (let i = 0; i < line.length; i += 2) {
      const { x, y } = toPlane(camera(), size(), { x: line[i] as number, y: line[i + 1] as number });
      corners.push(x, y);
    }
    props.onLassoed(plane().inside(corners));
  };

  // Drawn once a frame, and only when something of it has changed.
  const paint = createMapPainter();
  const picture = createMemo(() => {
    const colours = palette();
    if (!colours || size().width === 0) return undefined;
    const { positions, moving } = shown();
    return {
      dots: { positions, hues: scene.hues(), lit: scene.lit() },
      regions: moving ? [] : scene.regions(),
      camera: camera(),
      whole: whole(),
      size: size(),
      ratio: ratio(),
      palette: colours,
      current: current(),
      loop: loop(),
      titleOf: scene.titleOf,
    };
  });
  let frame = 0;
  createEffect(() => {
    const wanted = picture();
    cancelAnimationFrame(frame);
    if (!wanted) return;
    frame = requestAnimationFrame(() => {
      const context = canvas?.getContext('2d', { alpha: false });
      if (!canvas || !context) return;
      const { width, height } = wanted.size;
      const [across, down] = [Math.round(width * wanted.ratio), Math.round(height * wanted.ratio)];
      if (canvas.width !== across || canvas.height !== down)
        Object.assign(canvas, { width: across, height: down });
      paint(context, wanted);
    });
  });
  onCleanup(() => cancelAnimationFrame(frame));

  onMount(() => {
    const element = canvas as HTMLCanvasElement;
    const measure = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      setSize({ width, height });
      setRatio(devicePixelRatio);
    });
    measure.observe(element);
    const recolour = () => setPalette(readPalette(element));
    recolour();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', recolour);
    // Names are drawn anew in the site's own letters when these have come.
    void document.fonts?.ready.then(recolour);
    const unbind = bindGestures(element, {
      lassoing: () => props.lassoing,
      pan,
      zoom,
      hover: (place) => {
        setTapped(false);
        const row = place && nearest(place, REACH_MOUSE);
        setHovered(row === undefined ? undefined : scene.places().ids[row]);
      },
      tap(place, touch) {
        const row = nearest(place, touch ? REACH_TOUCH : REACH_MOUSE);
        mapView.setCurrent(row === undefined ? undefined : scene.places().ids[row]);
        setTapped(touch);
        if (row !== undefined && !touch) open(row);
      },
      doubleTap: (place) => zoom(DOUBLE_TAP_ZOOM, place),
      lasso(line, done) {
        mapView.setCurrent(undefined);
        setLoop(done ? undefined : line && [...line]);
        if (done && line) pick(line);
      },
    });
    props.controls({ zoom });
    onCleanup(() => {
      measure.disconnect();
      dark.removeEventListener('change', recolour);
      unbind();
    });
  });

  const onKey = bindMapKeys({
    scene,
    plane,
    view: mapView,
    picked,
    middle: () => toPlane(camera(), size(), { x: size().width / 2, y: size().height / 2 }),
    reveal(row) {
      const { x, y } = at(row);
      const inSight = x > 20 && y > 20 && x < size().width - 20 && y < size().height - 20;
      if (!inSight) pan(size().width / 2 - x, size().height / 2 - y);
    },
    zoom,
    open,
    say: setSaid,
  });

  return (
    <div class="map-frame">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it takes the keys that its description names. */}
      <canvas
        ref={(element) => (canvas = element)}
        class="map-canvas"
        classList={{ pointing: hovered() !== undefined, lassoing: props.lassoing }}
        tabindex="0"
        role="application"
        aria-roledescription={laterTexts.map.role}
        aria-label={laterTexts.map.name(scene.places().ids.length)}
        aria-describedby="map-help"
        onKeyDown={onKey}
      />
      <p class="visually-hidden" id="map-help">
        {laterTexts.map.help}
      </p>
      <p class="visually-hidden" role="status">
        {said()}
      </p>
      <Show when={!shown().moving && !loop() && current() !== undefined}>
        <MapTip
          id={scene.places().ids[current() as number] ?? ''}
          at={at(current() as number)}
          size={size()}
          link={tapped()}
        />
      </Show>
    </div>
  );
}
