import { createRoot } from 'solid-js';
import { expect, it, vi } from 'vitest';
import type { Sheaf } from '../../../src/state/sheaf.ts';
import { NO_HUE } from '../../../src/views/mapPoints.ts';
import { createScene } from '../../../src/views/mapScene.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));

it('the map has the colours that groups keep, and none for what fits in no group', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  const group = (id: string, paperIds: string[], color?: number) => ({
    ...{ id, name: id, words: [], paperIds },
    ...(color === undefined ? {} : { color }),
  });
  const papers = ids.map((id) => ({ id, title: id, abstract: '' }));
  const sheaf = {
    bar: { link: () => '#/' },
    layout: { places: () => ({ ids, positions: new Float32Array(12) }) },
    library: { byId: (id: string) => papers.find((paper) => paper.id === id), papers: () => papers },
    topics: { list: () => [] },
    groups: {
      list: () => [
        group('splats', ['a', 'b'], 7),
        group('agents', ['c', 'd'], 2),
        group('other', ['e', 'f']),
      ],
    },
    listing: { papers: () => papers },
    picked: { ids: () => new Set() },
    mapView: { colouring: () => 'group' },
  } as unknown as Sheaf;
  createRoot((dispose) => {
    const scene = createScene(sheaf);
    expect([...scene.hues()]).toEqual([7, 7, 2, 2, NO_HUE, NO_HUE]);
    expect(scene.legend().map(({ name, hue, count }) => [name, hue, count])).toEqual([
      ['splats', 7, 2],
      ['agents', 2, 2],
      ['In no group', undefined, 2],
    ]);
    expect(scene.regions().map(({ name }) => name)).toEqual(['splats', 'agents']);
    dispose();
  });
});
