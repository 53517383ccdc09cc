import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Address, formatAddress, type Place, parseAddress } from '../../../src/state/address.ts';
import { readListParameter } from '../../../src/state/listOffer.ts';

const ALL = { kind: 'all' } as const;

describe('addresses', () => {
  it.each<[string, Address]>([
    ['', { place: ALL, query: '' }],
    ['#/', { place: ALL, query: '' }],
    ['#/?q=vision+without+attention', { place: ALL, query: 'vision without attention' }],
    ['#/topic/3dgs?q=splat', { place: { kind: 'topic', id: '3dgs' }, query: 'splat' }],
    [
      '#/group/neural-fields?paper=title%3Arap',
      { place: { kind: 'group', id: 'neural-fields' }, query: '', paper: 'title:rap' },
    ],
    ['#/similar/arxiv%3Amath%2F0309136', { place: { kind: 'similar', id: 'arxiv:math/0309136' }, query: '' }],
    ['#/starred?q=splat', { place: { kind: 'starred' }, query: 'splat' }],
    ['#/unread', { place: { kind: 'unread' }, query: '' }],
    ['#/new?page=digest', { place: { kind: 'new' }, query: '', page: 'digest' }],
    ['#/day/2026-03-10?page=dates', { place: { kind: 'day', id: '2026-03-10' }, query: '', page: 'dates' }],
    ['#/week/2026-W11', { place: { kind: 'week', id: '2026-W11' }, query: '' }],
    // What is no month is explained where the papers would stand.
    ['#/month/march?q=splat', { place: { kind: 'month', id: 'march' }, query: 'splat' }],
    ['#/?page=model', { place: ALL, query: '', page: 'model' }],
  ])('reads %s', (hash, address) => {
    expect(parseAddress(hash)).toEqual(address);
  });

  it.each([
    '#/nowhere/x',
    '#/topic/',
    '#/starred/x',
    '#/all',
    '#/topic/%E0%A4%A',
    '#/?page=secrets',
    '#%%%',
    '#/?q',
  ])('opens the list for %s, which it does not know', (hash) => {
    expect(parseAddress(hash)).toEqual({ place: ALL, query: '' });
  });

  it('comes back from its own form whatever stands in it', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    const place = fc.oneof(
      fc.constantFrom<Place>(ALL, { kind: 'starred' }, { kind: 'unread' }, { kind: 'new' }),
      fc.record({
        kind: fc.constantFrom('topic' as const, 'group' as const, 'similar' as const, 'week' as const),
        id: text,
      }),
    );
    const opened = fc.oneof(
      fc.constant({}),
      fc.record({ paper: text }),
      fc.record({ page: fc.constantFrom('add' as const, 'model' as const) }),
    );
    const address = fc
      .record({ place, query: fc.oneof(fc.constant(''), text) })
      .chain((base) => opened.map((more) => ({ ...base, ...more })));
    fc.assert(
      fc.property(address, (wanted) => {
        expect(parseAddress(formatAddress(wanted))).toEqual(wanted);
      }),
    );
  });
});

describe('what else an address may hold', () => {
  it('half a letter in an id throws nothing', () => {
    for (const kind of ['tag', 'topic', 'similar'] as const)
      expect(formatAddress({ place: { kind, id: 'a\ud800' }, query: '\ud800', paper: '\ud800' })).toContain(
        `#/${kind}/a%EF%BF%BD?`,
      );
  });

  it('a second question mark belongs to what stands behind the first', () => {
    expect(parseAddress('#/?q=what?why').query).toBe('what?why');
    vi.stubGlobal('location', { hash: '#/?list=https://host/api?date=2026', search: '', pathname: '/' });
    vi.stubGlobal('history', { state: null, replaceState: vi.fn() });
    expect(readListParameter(true)).toBe('https://host/api?date=2026');
    vi.unstubAllGlobals();
  });
});
