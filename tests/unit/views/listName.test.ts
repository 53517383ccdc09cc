import { expect, it } from 'vitest';
import type { Place } from '../../../src/state/address.ts';
import { listName } from '../../../src/views/listName.ts';

const namesOf = {
  topic: (id: string) => (id === '3dgs' ? '3DGS' : undefined),
  group: () => undefined,
  similar: () => 'Splats \\& light',
};

it.each<[Place, string, string]>([
  [{ kind: 'all' }, 'splat', '“splat”'],
  [{ kind: 'picked' }, '', 'the picked'],
  [{ kind: 'later' }, 'splat', '“splat” in the reading list'],
  [{ kind: 'new' }, '', 'the new'],
  [{ kind: 'tag', id: 'to quote' }, '', 'papers tagged “to quote”'],
  [{ kind: 'day', id: '2026-03-10' }, '', 'Tuesday 10 March 2026'],
  [{ kind: 'week', id: '2026-W11' }, '', 'Week 11, 9 to 15 March 2026'],
  [{ kind: 'month', id: '2026-03' }, ' splat ', '“splat” in March 2026'],
  [{ kind: 'month', id: '2026-13' }, '', 'this place'],
  [{ kind: 'topic', id: '3dgs' }, '', '3DGS'],
  [{ kind: 'group', id: 'gone' }, '', 'this place'],
  [{ kind: 'similar', id: 'a' }, '', 'near “Splats & light”'],
])('the list at %j is called by its place', (place, query, name) => {
  expect(listName({ place, query }, namesOf)).toBe(name);
});
