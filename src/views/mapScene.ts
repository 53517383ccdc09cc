import { type Accessor, createMemo } from 'solid-js';
import { plain } from '../paper/latex.ts';
import type { Places } from '../ranking/places.ts';
import type { Sheaf } from '../state/sheaf.ts';
import { laterTexts } from '../texts/later.ts';
import type { Region } from './mapDraw.ts';
import { NO_HUE } from './mapPoints.ts';

/** A colour of the map and what it means. */
export interface Key {
  readonly name: string;
  /** Undefined for papers that have none. */
  readonly hue: number | undefined;
  readonly count: number;
  /** Address of the place that shows these. */
  readonly href?: string;
}

/** What the map shows, from what the other rooms know. */
export interface Scene {
  /** The papers that have a place, and are still here. */
  readonly places: Accessor<Places>;
  readonly hues: Accessor<Uint8Array>;
  /** What stands out, 1 a point: the picked, else what the list shows; undefined where that is all. */
  readonly lit: Accessor<Uint8Array | undefined>;
  readonly litCount: Accessor<number>;
  readonly regions: Accessor<readonly Region[]>;
  readonly legend: Accessor<readonly Key[]>;
  rowOf(id: string | undefined): number | undefined;
  titleOf(row: number): string;
}

/** A region of fewer papers than this share has no name: it would be one of very many. */
const NAMED_SHARE = 0.002;
const NOWHERE: Places = { ids: [], positions: new Float32Array(0) };

export function createScene(sheaf: Sheaf): Scene {
  const { bar, layout, library, topics, groups, listing, picked, mapView } = sheaf;
  const places = createMemo<Places>(() => {
    const all = layout.places() ?? NOWHERE;
    const rows = all.ids.flatMap((id, row) => (library.byId(id) ? [row] : []));
    if (rows.length === all.ids.length) return all;
    return {
      ids: rows.map((row) => all.ids[row] as string),
      positions: Float32Array.from(
        rows.flatMap((row) => [all.positions[row * 2] as number, all.positions[row * 2 + 1] as number]),
      ),
    };
  });
  const rows = createMemo(() => new Map(places().ids.map((id, row) => [id, row])));

  const hueOfTopic = createMemo(() => {
    const hues = new Map<string, number>();
    // The first topic that has a paper gives its colour.
    for (const topic of topics.list().toReversed()) {
      for (const { id } of topics.scores(topic.id)?.belonging ?? []) hues.set(id, topic.color);
    }
    return hues;
  });
  /** Without those that fit in none, which have no colour and are no region. */
  const realGroups = createMemo(() =>
    groups.list().flatMap(({ color, ...group }) => (color === undefined ? [] : [{ ...group, color }])),
  );
  const hueOfGroup = createMemo(
    () => new Map(realGroups().flatMap(({ paperIds, color }) => paperIds.map((id) => [id, color] as const))),
  );
  const hueOf = () => (mapView.colouring() === 'topic' ? hueOfTopic() : hueOfGroup());
  const hues = createMemo(() => {
    const known = hueOf();
    return Uint8Array.from(places().ids, (id) => known.get(id) ?? NO_HUE);
  });

  const outstanding = createMemo(() => {
    if (picked.ids().size > 0) return picked.ids();
    const shown = listing.papers();
    if (shown.length === library.papers().length) return undefined;
    return new Set(shown.map(({ id }) => id));
  });
  const lit = createMemo(() => {
    const ids = outstanding();
    return ids && Uint8Array.from(places().ids, (id) => (ids.has(id) ? 1 : 0));
  });

  const regions = createMemo(() => {
    const { ids, positions } = places();
    const least = Math.max(2, NAMED_SHARE * ids.length);
    return realGroups().flatMap(({ name, paperIds }) => {
      const own = paperIds.flatMap((id) => rows().get(id) ?? []);
      if (own.length < least) return [];
      const middle = (axis: number) =>
        Float32Array.from(own, (row) => positions[row * 2 + axis] as number).sort()[
          own.length >> 1
        ] as number;
      return [{ name, x: middle(0), y: middle(1) }];
    });
  });

  const legend = createMemo<readonly Key[]>(() => {
    const byTopic = mapView.colouring() === 'topic';
    const without = hues().reduce((sum, hue) => sum + (hue === NO_HUE ? 1 : 0), 0);
    const named: Key[] = byTopic
      ? topics.list().map(({ id, name, color }) => ({
          name,
          hue: color,
          count: topics.scores(id)?.belonging.length ?? 0,
          href: bar.link({ place: { kind: 'topic', id }, query: '' }),
        }))
      : realGroups().map(({ id, name, paperIds, color }) => ({
          name,
          hue: color,
          count: paperIds.length,
          href: bar.link({ place: { kind: 'group', id }, query: '' }),
        }));
    const rest = {
      name: byTopic ? laterTexts.map.noTopic : laterTexts.map.noGroup,
      hue: undefined,
      count: without,
    };
    return without > 0 ? [...named, rest] : named;
  });

  return {
    places,
    hues,
    lit,
    litCount: () => lit()?.reduce((sum, one) => sum + one, 0) ?? places().ids.length,
    regions,
    legend,
    rowOf: (id) => (id === undefined ? undefined : rows().get(id)),
    titleOf: (row) => plain(library.byId(places().ids[row] ?? '')?.title ?? ''),
  };
}
