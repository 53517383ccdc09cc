import { describe, expect, it } from 'vitest';
import { parsePeriod } from '../../../src/paper/calendar.ts';
import { askedFrom, type DigestTime, restOfTopic } from '../../../src/state/digest.ts';
import type { Topic } from '../../../src/state/topics.ts';

const all = { kind: 'all' } as const;

describe('what a digest is called', () => {
  it('is after its first day, where only that is asked', () => {
    expect(askedFrom({ place: all, query: 'after:2026-03-10' })).toBe('2026-03-10');
    expect(askedFrom({ place: all, query: ' after:2026-03 ' })).toBe('2026-03');
  });
  it.each(['', 'splat', 'splat after:2026-03-10', '-after:2026-03-10', 'after:7d', 'before:2026-03-10'])(
    'is not, where this is asked: %s',
    (query) => {
      expect(askedFrom({ place: all, query })).toBeUndefined();
    },
  );
  it('nor in a place', () => {
    expect(askedFrom({ place: { kind: 'starred' }, query: 'after:2026-03-10' })).toBeUndefined();
  });
});

describe('the rest of a topic', () => {
  const topic = (name: string): Topic => ({ id: name, name, sentence: '', own: true, color: 0, order: 0 });
  const [splat, splats, quoted, halved] = [
    topic('Splat'),
    topic('Splats'),
    topic('“Small” models'),
    topic('Vision “without” attention'),
  ];
  const topics = [splat, splats, quoted, halved] as Topic[];
  const period = parsePeriod('week', '2026-W11');
  const week: DigestTime = { kind: 'period', period: period as NonNullable<typeof period> };
  const rest = (
    of: Topic | undefined,
    time: DigestTime,
    query = '',
    place: Parameters<typeof askedFrom>[0]['place'] = all,
  ) => restOfTopic(of as Topic, topics, time, { place, query });

  it('stands in the topic, with what is asked', () => {
    expect(rest(splat, { kind: 'asked' }, 'after:2026-03-10')).toEqual({
      place: { kind: 'topic', id: 'Splat' },
      query: 'after:2026-03-10',
    });
  });
  it('stands in its time, where a filter names the topic and no other', () => {
    expect(rest(splats, week, 'is:unread')).toEqual({
      place: { kind: 'week', id: '2026-W11' },
      query: 'topic:"Splats" is:unread',
    });
    expect(rest(halved, { kind: 'new' })).toEqual({ place: { kind: 'new' }, query: 'topic:"Vision "' });
    expect(rest(splat, { kind: 'asked' }, '', { kind: 'starred' }).place).toEqual({ kind: 'starred' });
  });
  it('stands in the topic, where no filter names it alone', () => {
    const query = 'after:2026-03-09 before:2026-03-16';
    expect(rest(splat, week)).toEqual({ place: { kind: 'topic', id: 'Splat' }, query });
    expect(rest(quoted, week)).toEqual({ place: { kind: 'topic', id: '“Small” models' }, query });
    expect(rest(quoted, { kind: 'new' }, 'is:unread').query).toBe('is:unread');
  });
});
