import './map.css';
import { createEffect, createSignal, For, Match, onCleanup, onMount, Show, Switch } from 'solid-js';
import { laterTexts } from '../texts/later.ts';
import { texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';
import { MapCanvas, type MapControls } from './MapCanvas.tsx';
import { MapRegions } from './MapRegions.tsx';
import { createScene, type Scene } from './mapScene.ts';
import { OverTime } from './OverTime.tsx';

/** Fewer points than these say nothing by where they lie. */
const FEWEST = 3;
const ZOOM = 1.6;
/** What is picked: the latest is told, with the way back. */
const ABOUT_PICKED = 'picked';

/** Papers as points placed by meaning, and the same in words below. */
export function MapPage() {
  const sheaf = useSheaf();
  const { bar, layout, mapView, notices, picked, site } = sheaf;
  const scene = createScene(sheaf);
  const [lassoing, setLassoing] = createSignal(false);
  const [none, setNone] = createSignal(false);
  let controls: MapControls | undefined;
  let heading: HTMLHeadingElement | undefined;
  onMount(() => heading?.focus({ preventScroll: true }));
  createEffect(() => {
    document.title = `${laterTexts.map.title} · ${site.name}`;
  });

  const drop = () => {
    const before = picked.ids();
    const wereListed = bar.address().place.kind === 'picked';
    picked.clear();
    if (wereListed) bar.go({ place: { kind: 'all' } });
    if (before.size === 0) return;
    const run = () => {
      picked.pick(before);
      if (wereListed) bar.go({ place: { kind: 'picked' } });
    };
    notices.tell(laterTexts.map.dropped(before.size), { label: laterTexts.reading.undo, run }, ABOUT_PICKED);
  };
  const onLassoed = (rows: readonly number[]) => {
    setLassoing(false);
    setNone(rows.length === 0);
    picked.pick(rows.map((row) => scene.places().ids[row] as string));
  };
  // Before the keys of the site, which would close the page.
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || (event.target as Element).matches?.('input, textarea, select')) return;
    if (document.querySelector('dialog[open]') || (!lassoing() && picked.ids().size === 0)) return;
    event.preventDefault();
    if (lassoing()) setLassoing(false);
    else drop();
  };
  addEventListener('keydown', onKey, { capture: true });
  onCleanup(() => removeEventListener('keydown', onKey, { capture: true }));

  return (
    <div class="map-page" classList={{ whole: mapView.whole() }}>
      <nav class="paper-bar" aria-label={texts.shell.page}>
        <button type="button" class="back" onClick={() => bar.back({ page: undefined })}>
          {texts.shell.back}
        </button>
        <button
          type="button"
          aria-pressed={lassoing()}
          class="map-tool"
          onClick={() => {
            setNone(false);
            setLassoing(!lassoing());
          }}
        >
          {laterTexts.map.lasso}
        </button>
        <span class="end">
          <button type="button" class="map-tool map-width" onClick={() => mapView.setWhole(!mapView.whole())}>
            {mapView.whole() ? laterTexts.map.beside : laterTexts.map.whole}
          </button>
          <button type="button" class="map-tool" onClick={() => bar.go({ page: undefined })}>
            {texts.shell.close}
          </button>
        </span>
      </nav>
      <div class="map-head">
        <h1 ref={(element) => (heading = element)} tabindex="-1">
          {laterTexts.map.title}
        </h1>
        <p class="quiet">{laterTexts.map.lead}</p>
      </div>
      <div class="map-stage">
        <Show when={scene.places().ids.length >= FEWEST} fallback={<Waiting />}>
          <MapCanvas
            scene={scene}
            lassoing={lassoing()}
            onLassoed={onLassoed}
            controls={(given) => (controls = given)}
          />
          <div class="map-zoom">
            <button
              type="button"
              class="map-zoomer"
              aria-label={laterTexts.map.closer}
              onClick={() => controls?.zoom(ZOOM)}
            >
              +
            </button>
            <button
              type="button"
              class="map-zoomer"
              aria-label={laterTexts.map.further}
              onClick={() => controls?.zoom(1 / ZOOM)}
            >
              −
            </button>
            <button type="button" class="map-zoomer" onClick={() => mapView.setCamera(undefined)}>
              {laterTexts.map.all}
            </button>
          </div>
          <Show when={layout.progress() !== undefined || layout.kind() === 'rough'}>
            <Progress />
          </Show>
        </Show>
      </div>
      <PickedBar none={none()} onDrop={drop} />
      <Legend scene={scene} />
      <div class="map-below">
        <OverTime />
        <MapRegions />
      </div>
    </div>
  );
}

/** Why there is no map yet. */
function Waiting() {
  const { layout, library, meaning } = useSheaf();
  const phase = () => meaning.status().phase;
  const reading = () => {
    const status = meaning.status();
    return status.phase === 'embedding' ? status : undefined;
  };
  return (
    <p class="map-waiting" role="status">
      <Switch fallback={laterTexts.map.waiting.model}>
        <Match when={library.phase() !== 'loading' && library.papers().length < FEWEST}>
          {laterTexts.map.waiting.few}
        </Match>
        <Match when={phase() === 'failed'}>{laterTexts.map.waiting.failed}</Match>
        <Match when={phase() === 'stopped'}>{laterTexts.map.waiting.stopped}</Match>
        <Match when={layout.progress() !== undefined}>{laterTexts.map.waiting.places}</Match>
      </Switch>
      <Show when={reading()}>
        {(step) => (
          // Not spoken at each step.
          <progress
            aria-hidden="true"
            max={step().total}
            value={step().done}
            title={laterTexts.map.waiting.read(step().done, step().total)}
          />
        )}
      </Show>
    </p>
  );
}

/** How far the better layout is, with a way to stop and to go on. */
function Progress() {
  const { layout } = useSheaf();
  const percent = () => Math.round((layout.progress() ?? 0) * 100);
  return (
    <div class="map-progress">
      <Show
        when={layout.progress() !== undefined}
        fallback={
          <>
            <span>{laterTexts.map.rough}</span>
            <button type="button" class="link" onClick={() => layout.again()}>
              {laterTexts.map.again}
            </button>
          </>
        }
      >
        <span>{laterTexts.map.progress(percent())}</span>
        <progress max={100} value={percent()} aria-label={laterTexts.map.progress(percent())} />
        <button type="button" class="link" onClick={() => layout.stop()}>
          {laterTexts.map.stop}
        </button>
      </Show>
    </div>
  );
}

/** What to do with the papers that are picked. */
function PickedBar(props: { none: boolean; onDrop: () => void }) {
  const { bar, mapView, picked } = useSheaf();
  const place = { kind: 'picked' } as const;
  const asList = () => {
    mapView.setWhole(false);
    const narrow = matchMedia('(max-width: 720px)').matches;
    bar.go({ place, query: '', page: narrow ? undefined : 'map' });
  };
  return (
    <div class="map-picked" classList={{ nothing: picked.ids().size === 0 && !props.none }}>
      {/* The count alone is told, and not what can be done with it at every pick. */}
      <span role="status">
        <Show when={picked.ids().size > 0} fallback={props.none ? laterTexts.map.pickedNone : ''}>
          <strong>{laterTexts.map.picked(picked.ids().size)}</strong>
        </Show>
      </span>
      <Show when={picked.ids().size > 0}>
        <button type="button" class="link" onClick={asList}>
          {laterTexts.map.asList}
        </button>
        <button type="button" class="link" onClick={() => bar.go({ place, query: '', page: 'export' })}>
          {laterTexts.map.toExport}
        </button>
        <button type="button" class="link" onClick={() => props.onDrop()}>
          {laterTexts.map.drop}
        </button>
      </Show>
    </div>
  );
}

/** What colours mean, names beside them, and the switch between the two meanings. */
function Legend(props: { scene: Scene }) {
  const { mapView, picked } = useSheaf();
  const sentence = () => {
    if (props.scene.lit() === undefined || picked.ids().size > 0) return '';
    const n = props.scene.litCount();
    return n === 0 ? laterTexts.map.noneLit : laterTexts.map.lit(n, props.scene.places().ids.length);
  };
  return (
    <div class="map-legend">
      <fieldset>
        <legend class="visually-hidden">{laterTexts.map.colours}</legend>
        <For
          each={
            [
              ['topic', laterTexts.map.byTopic],
              ['group', laterTexts.map.byGroup],
            ] as const
          }
        >
          {([by, name]) => (
            <label>
              <input
                type="radio"
                name="map-colours"
                checked={mapView.colouring() === by}
                onChange={() => mapView.setColouring(by)}
              />
              {name}
            </label>
          )}
        </For>
      </fieldset>
      <ul aria-label={laterTexts.map.colours}>
        <For each={props.scene.legend()}>
          {(key) => (
            <li>
              <span class={`dot ${key.hue === undefined ? 'none' : `hue-${key.hue}`}`} />
              <Show when={key.href} fallback={<span>{key.name}</span>}>
                {(href) => <a href={href()}>{key.name}</a>}
              </Show>
              <span class="number">{key.count.toLocaleString('en')}</span>
            </li>
          )}
        </For>
      </ul>
      <p class="quiet" role="status">
        {sentence()}
      </p>
    </div>
  );
}
