import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeColor, joinTopics, moveTopic, type Topic } from '../../../src/state/topicList.ts';
import type { StoredTopic } from '../../../src/store/store.ts';

const SITE = [
  { id: 'small', name: 'Small', sentence: 'Small models.' },
  { id: 'mlps', name: 'MLPs', sentence: 'Perceptrons.' },
];
const stored = (id: string, more: Partial<StoredTopic> = {}): StoredTopic => ({
  id,
  name: id,
  sentence: `About ${id}.`,
  order: 1,
  createdAt: '2026-01-01T00:00:00Z',
  ...more,
});
const names = (topics: readonly Topic[]) => topics.map(({ name }) => name).join(' ');

describe('topics of the site and the reader', () => {
  it('stand in the reader’s order, the site’s first at first', () => {
    const { shown } = joinTopics(SITE, [stored('b', { order: 2 }), stored('a', { order: 1 })]);
    expect(names(shown)).toBe('Small MLPs a b');
    expect(shown.map(({ color, own }) => [color, own])).toEqual([
      [0, false],
      [1, false],
      [2, true],
      [3, true],
    ]);
  });
  it('of the site: other words, hidden, moved; newer words of the site come through where the reader has none', () => {
    const moved = stored('small', { wordsOfSite: true, sentence: 'An older sentence.', order: 9, color: 5 });
    const { shown, hidden } = joinTopics(SITE, [moved, stored('mlps', { name: 'Mine', hidden: true })]);
    expect(shown).toEqual([{ ...SITE[0], own: false, color: 5, order: 9 }]);
    expect(hidden.map(({ name, reworded }) => [name, reworded])).toEqual([['Mine', true]]);
  });
  it('what was hidden of a site that is not here is nobody’s own', () => {
    expect(joinTopics([], [stored('x', { hidden: true }), stored('y', { wordsOfSite: true })])).toEqual({
      shown: [],
      hidden: [],
    });
  });
  it('a new one gets a colour that the fewest have', () => {
    const { shown } = joinTopics(SITE, [stored('a', { color: 2 }), stored('b', { color: 4 })]);
    expect(freeColor(shown)).toBe(3);
  });
});

describe('moving a topic', () => {
  it('any list and any steps: the others keep their order, colours and words stay, orders ascend', () => {
    const lists = fc
      .array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 8 })
      .map((orders) =>
        orders
          .sort((a, b) => a - b)
          .map((order, at): Topic => ({ id: `t${at}`, name: '', sentence: '', own: true, color: at, order })),
      );
    fc.assert(
      fc.property(lists, fc.nat(7), fc.integer({ min: -9, max: 9 }), (topics, which, by) => {
        const id = (topics[which % topics.length] as Topic).id;
        const changed = new Map(moveTopic(topics, id, by).map((topic) => [topic.id, topic]));
        const now = topics.map((topic) => changed.get(topic.id) ?? topic).sort((a, b) => a.order - b.order);
        const from = topics.findIndex((topic) => topic.id === id);
        const to = Math.min(topics.length - 1, Math.max(0, from + by));
        const wanted = topics.toSpliced(from, 1).toSpliced(to, 0, topics[from] as Topic);
        expect(now.map((topic) => topic.id)).toEqual(wanted.map((topic) => topic.id));
        for (const topic of now) expect(topic.color).toBe(topics.find((one) => one.id === topic.id)?.color);
      }),
    );
  });
});
