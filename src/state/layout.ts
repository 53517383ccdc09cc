import { type Accessor, batch, createEffect, createSignal, on, onCleanup, untrack } from 'solid-js';
import type { Ranker } from '../engine/ranker.ts';
import type { Paper } from '../paper/paper.ts';
import type { Places } from '../ranking/places.ts';
import type { Store } from '../store/store.ts';
import { laterTexts } from '../texts/later.ts';
import { libraryKey } from './libraryKey.ts';
import type { Meaning } from './meaning.ts';
import { isStop, type Notices, sentenceOf } from './notices.ts';

/** Where the papers lie on the map. */
export interface Layout {
  readonly places: Accessor<Places | undefined>;
  /** What the places are: two directions of all, or so that neighbours lie together. */
  readonly kind: Accessor<'rough' | 'fine' | undefined>;
  /** Share done of what is under way, 0 to 1; undefined when nothing is. */
  readonly progress: Accessor<number | undefined>;
  /** Leaves the places as they are now. */
  stop(): void;
  /** Goes on after a stop or a failure. */
  again(): void;
}

/** What is kept: one, of whatever papers and model. */
interface Kept extends Places {
  readonly key: string;
  readonly model: string;
}

/** One seed for everybody, so that two readers of one list see the same map. */
const SEED = 47;
/** The share done is told so often: each is a message from the worker and a bar drawn. */
const TELL_STEP = 0.01;

/**
 * Places the papers, once all have vectors and the map was asked for: a first visit does not pay for it. Two
 * directions at once, the better layout when it is ready; kept, and begun from what was kept when papers have come or the
 * model is another, so that what a reader has learned to find stays about where it was.
 */
export function createLayout(
  store: Promise<Store>,
  ranker: Ranker,
  meaning: Meaning,
  notices: Notices,
  wanted: Accessor<boolean>,
): Layout {
  const [places, setPlaces] = createSignal<Places>();
  const [kind, setKind] = createSignal<'rough' | 'fine'>();
  const [progress, setProgress] = createSignal<number>();
  const [asked, setAsked] = createSignal(0);
  /** Papers and model that the places are for. */
  let placed = '';
  let running: AbortController | undefined;
  onCleanup(() => running?.abort());

  const show = (found: Places, how: 'rough' | 'fine') =>
    batch(() => {
      setPlaces(found);
      setKind(how);
    });

  const make = async (papers: readonly Paper[], model: string, signal: AbortSignal) => {
    const key = `${model} ${SEED} ${await libraryKey(papers, signal)}`;
    if (key === placed) return;
    const kept = await store;
    const before = await kept.layout<Kept>();
    if (signal.aborted) return;
    if (before?.key === key) {
      placed = key;
      return show(before, 'fine');
    }
    setProgress(0);
    if (before && coversMost(before, papers)) show(before, before.model === model ? 'fine' : 'rough');
    else if (!untrack(places)) {
      const rough = await ranker.project(SEED);
      if (signal.aborted) return;
      show(rough, 'rough');
    }
    const hold = before?.model === model;
    const tell = (share: number) => {
      if (!signal.aborted && share - (untrack(progress) ?? 0) >= TELL_STEP) setProgress(share);
    };
    const start = before && { ids: before.ids, positions: before.positions };
    const found = await ranker.layout({ seed: SEED, before: start, hold }, tell, signal);
    if (signal.aborted) return;
    placed = key;
    show(found, 'fine');
    await kept.putLayout({ key, model, ...found } satisfies Kept);
  };

  createEffect(
    on([meaning.complete, wanted, asked], ([papers, wants, times], before) => {
      // A map that was closed goes on being made, and is found under way when it is opened again.
      if (before?.[0] === papers && before?.[2] === times && (!wants || untrack(progress) !== undefined))
        return;
      running?.abort();
      setProgress(undefined);
      const model = meaning.modelId();
      if (!papers?.length || !model || !wants) return;
      running = new AbortController();
      const { signal } = running;
      make(papers, model, signal)
        .catch((error) => {
          if (!isStop(error)) notices.fail(error, { text: laterTexts.map.failed(sentenceOf(error)) });
        })
        .finally(() => {
          if (!signal.aborted) setProgress(undefined);
        });
    }),
  );

  return {
    places,
    kind,
    progress,
    stop() {
      running?.abort();
      setProgress(undefined);
    },
    again: () => void setAsked((n) => n + 1),
  };
}

/** Most of the papers stood somewhere: that is a better first picture than none. */
function coversMost({ ids }: Places, papers: readonly Paper[]): boolean {
  const stood = new Set(ids);
  return papers.filter(({ id }) => stood.has(id)).length * 2 >= papers.length;
}
