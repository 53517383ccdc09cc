import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from '../../../src/state/address.ts';
import { idsOf, LONGEST_SHARED, readShared, sharedId, writeShared } from '../../../src/state/sharedTopic.ts';

const topic = {
  name: 'Splats & more',
  sentence: 'Small <b>splats</b>?',
  liked: ['2401.04925'],
  disliked: ['title:rap'],
};

describe('a shared topic', () => {
  it('comes back through an address as it was, and text stays text', () => {
    const { text, leftOut } = writeShared(topic);
    const hash = formatAddress({ place: { kind: 'all' }, query: '', page: 'shared', shared: text });
    expect(leftOut).toBe(0);
    const back = parseAddress(hash);
    expect(back.page).toBe('shared');
    expect(readShared(back.shared ?? '')).toEqual(topic);
    expect(formatAddress(back)).toBe(hash);
  });
  it('leaves out examples of names that no link may have', () => {
    const odd = [`title:${'x'.repeat(301)}`, 'title:? !'];
    const { text, leftOut } = writeShared({ ...topic, liked: [...odd, ...topic.liked] });
    expect(leftOut).toBe(2);
    expect(readShared(text)).toEqual(topic);
  });
  it('any topic: is never longer than a mail carries, and the rest comes back', () => {
    const ids = fc.uniqueArray(
      fc.integer({ min: 1000, max: 99999 }).map((n) => `2401.${String(n).padStart(5, '0')}`),
      { maxLength: 150 },
    );
    const text = fc
      .string({ minLength: 1, maxLength: 60 })
      .map((s) => `a${s}`.replace(/\s+/g, ' ').trim().slice(0, 60));
    fc.assert(
      fc.property(text, text, ids, ids, (name, sentence, liked, disliked) => {
        const others = disliked.filter((id) => !liked.includes(id));
        const { text, leftOut } = writeShared({ name, sentence, liked, disliked: others });
        expect(text.length).toBeLessThanOrEqual(LONGEST_SHARED);
        const read = readShared(text);
        if (typeof read === 'string') throw new Error(read);
        expect([read.name, read.sentence]).toEqual([name, sentence]);
        expect(read.liked).toEqual(liked.slice(0, read.liked.length));
        expect(read.disliked).toEqual(others.slice(0, read.disliked.length));
        expect(read.liked.length + read.disliked.length + leftOut).toBe(liked.length + others.length);
      }),
    );
  });
  it.each([
    ['', 'empty'],
    ['about=x', 'name'],
    ['name=x', 'sentence'],
    [`name=${'x'.repeat(61)}&about=y`, 'longName'],
    [`name=x&about=${'y'.repeat(1001)}`, 'longSentence'],
    ['name=x&about=y&yes=javascript:alert(1)', 'examples'],
    ['name=x&about=y&no=%3Cscript%3E', 'examples'],
  ])('is explained where it is broken: %j', (text, problem) => {
    expect(readShared(text)).toBe(problem);
  });
  it('any text of a stranger: never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['object', 'string']).toContain(typeof readShared(text));
      }),
    );
  });
  it('finds its examples by arXiv id or title, and keeps the others for when they come', () => {
    const papers = [
      { id: 'title:rap', title: 'RAP', abstract: '', arxivId: '2401.04925' },
      { id: 'arxiv:2402.00001', title: 'Other', abstract: '' },
    ];
    expect(papers.map(sharedId)).toEqual(['2401.04925', 'title:other']);
    expect(idsOf(['2401.04925', 'title:other', '2403.00003', 'title:new'], papers)).toEqual([
      { id: 'title:rap', here: true },
      { id: 'arxiv:2402.00001', here: true },
      { id: 'arxiv:2403.00003', here: false },
      { id: 'title:new', here: false },
    ]);
  });
});
