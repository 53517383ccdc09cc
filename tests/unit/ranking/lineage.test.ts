import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Group } from '../../../src/ranking/grouping.ts';
import { inherit, OTHER } from '../../../src/ranking/lineage.ts';

const group = (id: string, papers: string, more: Partial<Group> = {}): Group => ({
  id,
  name: id.toUpperCase(),
  words: [],
  paperIds: papers.split(' ').filter(Boolean),
  ...more,
});
const ids = (groups: readonly Group[]) => groups.map(({ id }) => id);

describe('groups of other papers', () => {
  it('keep id, name and colour of the one that holds mostly the same, whatever it would be called now', () => {
    const before = [group('splats', 'a b c', { color: 7 }), group('agents', 'd e f', { color: 2 })];
    const now = [group('robots', 'd e f x y'), group('phones', 'a b z')];
    expect(inherit(now, before)).toEqual([
      { ...group('agents', 'd e f x y'), color: 2 },
      { ...group('splats', 'a b z'), color: 7 },
    ]);
  });
  it('are new where they hold other papers, with a colour that the fewest have and no name twice', () => {
    const before = [group('splats', 'a b c', { color: 0 })];
    const now = [group('other-thing', 'a b c'), group('splats', 'q r s')];
    const [first, second] = inherit(now, before);
    expect([first?.id, first?.color]).toEqual(['splats', 0]);
    expect([second?.id, second?.name, second?.color]).toEqual(['splats-2', 'SPLATS 2', 1]);
  });
  it('do not count papers that came or went', () => {
    const before = [group('splats', 'a b gone1 gone2 gone3', { color: 4 })];
    expect(ids(inherit([group('new', 'a b x1 x2 x3 x4')], before))).toEqual(['splats']);
  });
  it('have become something else where hardly any of them were there before, but for one that the reader named', () => {
    const before = [group('splats', 'a b', { color: 4 })];
    const now = [group('agents', `a b ${Array.from({ length: 20 }, (_, n) => `x${n}`).join(' ')}`)];
    expect(ids(inherit(now, before))).toEqual(['agents']);
    expect(ids(inherit(now, before, new Set(['splats'])))).toEqual(['splats']);
  });
  it('do not take the id of one that the reader named and that has no heir', () => {
    const before = [group('splats', 'a b c'), group('agents', 'd e f')];
    const now = [group('splats', 'x y z')];
    expect(ids(inherit(now, before))).toEqual(['splats']);
    expect(ids(inherit(now, before, new Set(['splats'])))).toEqual(['splats-2']);
    // Names that came with a backup find their groups.
    expect(ids(inherit(now, [], new Set(['splats'])))).toEqual(['splats']);
  });
  it('never are heirs of what fitted nowhere', () => {
    const before = [group(OTHER, 'a b c')];
    expect(ids(inherit([group('found', 'a b c'), group(OTHER, 'd')], before))).toEqual(['found', OTHER]);
  });
  it('any two ways to part papers: papers stay, ids and names differ, a colour each, the same again when asked again', () => {
    const papers = Array.from({ length: 30 }, (_, n) => `p${n}`);
    const parted = fc
      .array(fc.nat(5), { minLength: 30, maxLength: 30 })
      .map((places) =>
        [...new Set(places)].map((place) =>
          group(`g${place}`, papers.filter((_, at) => places[at] === place).join(' ')),
        ),
      );
    fc.assert(
      fc.property(parted, parted, (one, other) => {
        const before = inherit(one, []);
        const now = inherit(other, before);
        expect(now.map(({ paperIds }) => paperIds)).toEqual(other.map(({ paperIds }) => paperIds));
        expect(new Set(ids(now)).size).toBe(now.length);
        expect(new Set(now.map(({ name }) => name)).size).toBe(now.length);
        for (const { color } of now) expect(color).toBeGreaterThanOrEqual(0);
        expect(inherit(now, now)).toEqual(now);
        expect(inherit(other, now)).toEqual(now);
      }),
    );
  });
});
