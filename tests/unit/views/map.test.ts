import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fitBox, toPlane, toScreen, zoomAt } from '../../../src/views/mapCamera.ts';
import { bindMapKeys } from '../../../src/views/mapKeys.ts';
import { type Label, linesOf, placeLabels } from '../../../src/views/mapLabels.ts';

const SIZE = { width: 600, height: 400 };

const label = fc.record({
  lines: fc.constant(['a name']),
  x: fc.integer({ min: -50, max: 650 }),
  y: fc.integer({ min: -50, max: 450 }),
  width: fc.integer({ min: 20, max: 200 }),
  height: fc.constantFrom(16, 34),
  kind: fc.constantFrom<Label['kind']>('region', 'title'),
});

describe('names on the map', () => {
  it('never lie over one another, nor over the edge; titles cover no dot', () => {
    const dot = fc.record({
      x: fc.integer({ min: 0, max: 600 }),
      y: fc.integer({ min: 0, max: 400 }),
      radius: fc.constant(5),
    });
    fc.assert(
      fc.property(fc.array(label, { maxLength: 40 }), fc.array(dot, { maxLength: 30 }), (labels, dots) => {
        const placed = placeLabels(labels, SIZE.width, SIZE.height, dots);
        placed.forEach((one, index) => {
          expect(one.left - one.width / 2).toBeGreaterThanOrEqual(0);
          expect(one.left + one.width / 2).toBeLessThanOrEqual(SIZE.width);
          expect(one.top - one.height / 2).toBeGreaterThanOrEqual(0);
          expect(one.top + one.height / 2).toBeLessThanOrEqual(SIZE.height);
          for (const other of placed.slice(index + 1)) {
            const apart =
              Math.abs(one.left - other.left) >= (one.width + other.width) / 2 ||
              Math.abs(one.top - other.top) >= (one.height + other.height) / 2;
            expect(apart).toBe(true);
          }
          if (one.kind === 'title') {
            for (const { x, y } of dots) {
              expect(Math.abs(x - one.left) < one.width / 2 && Math.abs(y - one.top) < one.height / 2).toBe(
                false,
              );
            }
          }
        });
      }),
    );
  });

  it('are all there where there is room, and step off a dot', () => {
    const one: Label = { lines: ['one'], x: 300, y: 200, width: 80, height: 17, kind: 'region' };
    expect(placeLabels([one, { ...one, x: 100 }], 600, 400)).toHaveLength(2);
    const [moved] = placeLabels([one], 600, 400, [{ x: 300, y: 200, radius: 4 }]);
    expect(Math.abs((moved?.top ?? 200) - 200)).toBeGreaterThan(10);
  });

  it('are cut into two lines of about equal length', () => {
    expect(linesOf('Neural fields, 3D')).toEqual(['Neural fields, 3D']);
    expect(linesOf('Language models, deployment')).toEqual(['Language models,', 'deployment']);
    expect(linesOf('Supercalifragilisticexpialidocious')).toHaveLength(1);
  });
});

describe('the camera', () => {
  it('keeps what lies under the pointer there while it comes closer', () => {
    const whole = fitBox({ left: -3, top: -2, right: 7, bottom: 9 }, SIZE);
    const at = { x: 123, y: 321 };
    const before = toPlane(whole, SIZE, at);
    const after = toPlane(zoomAt(whole, whole, 3, at, SIZE), SIZE, at);
    expect(after.x).toBeCloseTo(before.x, 6);
    expect(after.y).toBeCloseTo(before.y, 6);
    expect(zoomAt(whole, whole, 1e9, at, SIZE).scale).toBeLessThan(whole.scale * 100);
  });

  it('shows all of a box', () => {
    const box = { left: -3, top: -2, right: 7, bottom: 9 };
    const whole = fitBox(box, SIZE);
    for (const [x, y] of [
      [box.left, box.top],
      [box.right, box.bottom],
    ] as const) {
      const place = toScreen(whole, SIZE, x, y);
      expect(place.x).toBeGreaterThan(0);
      expect(place.x).toBeLessThan(SIZE.width);
      expect(place.y).toBeGreaterThan(0);
      expect(place.y).toBeLessThan(SIZE.height);
    }
  });
});

it('a pick by Space is told once: where the count stands', () => {
  const [toggle, say, preventDefault, stopPropagation] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
  const parts = {
    scene: { rowOf: () => 0, places: () => ({ ids: ['a'] }) },
    view: { current: () => 'a' },
    picked: { toggle, ids: () => new Set(['a']) },
    say,
  };
  const onKey = bindMapKeys(parts as unknown as Parameters<typeof bindMapKeys>[0]);
  onKey({ key: ' ', preventDefault, stopPropagation } as unknown as KeyboardEvent);
  expect(toggle.mock.calls).toEqual([['a']]);
  expect(preventDefault).toHaveBeenCalledOnce();
  expect(say).not.toHaveBeenCalled();
});
