import { describe, expect, it, vi } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import type { Row } from '../../../src/state/listing.ts';
import { foldRows, partedGroups } from '../../../src/state/twins.ts';
import { laterTexts } from '../../../src/texts/later.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));

const paper = (id: string): Paper => ({ id, title: id, abstract: '' });
const row = (id: string): Row => ({ kind: 'paper', paper: paper(id) });
const line: Row = { kind: 'line', text: 'line' };
const twins = ['new', 'mid', 'old'].map(paper);
const of = (id: string) => (twins.some((one) => one.id === id) ? twins : []);
const fold = (rows: readonly Row[], open = false) => {
  const { rows: folded, under } = foldRows(rows, of, () => open);
  return [folded.map((one) => (one.kind === 'paper' ? one.paper.id : '—')).join(' '), [...under]] as const;
};

describe('versions of one work', () => {
  it('the newest stands where the first one stood', () => {
    expect(fold([row('a'), row('old'), row('b'), row('new')])).toEqual(['a new b', [['new', 1]]]);
  });
  it('unfolded they follow it', () => {
    expect(fold([row('old'), row('b'), row('new'), row('mid')], true)).toEqual([
      'new mid old b',
      [['new', 2]],
    ]);
  });
  it('do not fold over a line, and one alone is a paper like others', () => {
    expect(fold([row('old'), line, row('new'), row('b')])).toEqual(['old — new b', []]);
  });
  it('stand apart where the reader says so', () => {
    const parted = new Set([JSON.stringify(['new', 'old'])]);
    const ids = partedGroups(twins, parted).map((group) => group.map(({ id }) => id));
    expect(ids).toEqual([['new', 'mid'], ['old']]);
  });
});

it('the button of the versions has what is read on it in its name, folded and unfolded', () => {
  const said = laterTexts.topics.twins;
  for (const name of [said.showName(3, 'A title'), said.foldName(3, 'A title')])
    expect(name).toContain(said.show(3));
});
