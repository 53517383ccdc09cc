import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { type TopicScores, topicScoresOf } from '../../../src/ranking/topicColumns.ts';
import { bestOfTopic } from '../../../src/state/digest.ts';
import { groupByTopic } from '../../../src/state/news.ts';
import type { Topic } from '../../../src/state/topics.ts';
import { continueVisit, type Visit } from '../../../src/state/visits.ts';

describe('a visit', () => {
  const at = (minutes: number) => new Date(Date.UTC(2026, 2, 10) + minutes * 60_000).toISOString();

  it('begins with the first look, and has none before it', () => {
    expect(continueVisit(undefined, at(0))).toEqual({ seen: at(0) });
    expect(continueVisit({ seen: 'not a time' }, at(0))).toEqual({ seen: at(0) });
  });

  it('ends half an hour after the last look', () => {
    const first = continueVisit(continueVisit(undefined, at(0)), at(29));
    expect(first).toEqual({ seen: at(29) });
    const second = continueVisit(first, at(59));
    expect(second).toEqual({ seen: at(59), ended: at(29) });
    expect(continueVisit(second, at(80))).toEqual({ seen: at(80), ended: at(29) });
  });

  it('goes on when the clock was set back', () => {
    expect(continueVisit({ seen: at(100), ended: at(0) }, at(50))).toEqual({ seen: at(50), ended: at(0) });
  });

  it('is one for several tabs, in whatever order they look', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 29 }), { maxLength: 20 }), (gaps) => {
        let visit: Visit = { seen: at(0), ended: at(-100) };
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          visit = continueVisit(visit, at(now));
        }
        expect(visit.ended).toBe(at(-100));
        expect(continueVisit(visit, at(now + 30)).ended).toBe(at(now));
      }),
    );
  });
});

const paper = (id: string, more: Partial<Paper> = {}): Paper => ({ id, title: id, abstract: '', ...more });
const topic = (id: string) => ({ id, name: id, sentence: '', own: true, order: 0, color: 0 }) satisfies Topic;
const scoresOf = (id: string, chances: Record<string, number>): TopicScores =>
  topicScoresOf(
    {
      id,
      evidence: 'words',
      chances: Float64Array.from(Object.values(chances)),
      said: new Uint8Array(Object.keys(chances).length),
      features: {},
    },
    Object.keys(chances),
  );

describe('new papers', () => {
  it('stand once, under the surest topic, and those of none last', () => {
    const scores: Record<string, TopicScores> = {
      mlp: scoresOf('mlp', { both: 0.6, one: 0.9, old: 1, less: 0.7, none: 0.1 }),
      splat: scoresOf('splat', { both: 0.8, none: 0.2, one: 0 }),
    };
    const papers = ['less', 'both', 'one', 'none'].map((id) => paper(id));
    const group = (followed: Topic[]) =>
      groupByTopic(papers, followed, { scores: (id) => scores[id] }).map(({ topic: of, papers: list }) =>
        [of?.id, ...list.map(({ id }) => id)].join(' '),
      );
    expect(group([topic('mlp'), topic('splat'), topic('empty')])).toEqual([
      'mlp one less',
      'splat both',
      ' none',
    ]);
    expect(group([topic('splat')])).toEqual(['splat both', ' less one none']);
    expect(group([])).toEqual([' less both one none']);
  });

  it('of a topic come surest first, and what is talked about first among the equally sure', () => {
    const papers = new Map(
      [
        paper('quiet', { listed: '2026-03-10' }),
        paper('loud', { listed: '2026-03-10', upvotes: 90 }),
        paper('sure', { listed: '2020-01-01' }),
        paper('out', { upvotes: 1_000 }),
      ].map((one) => [one.id, one]),
    );
    const scores = scoresOf('t', { quiet: 0.83, loud: 0.8, sure: 0.97, out: 0.4, elsewhere: 0.99 });
    expect(bestOfTopic(scores, papers, '2026-03-11').map(({ id }) => id)).toEqual(['sure', 'loud', 'quiet']);
    expect(bestOfTopic(undefined, papers, '2026-03-11')).toEqual([]);
  });
});
