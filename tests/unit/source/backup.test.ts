import { describe, expect, it } from 'vitest';
import { isBackup, readBackup, writeBackup } from '../../../src/source/backup.ts';

const library = {
  papers: [
    { id: 'title:old', title: 'A title that changed', abstract: 'Text.', arxivId: '2401.04925' },
    {
      id: 'arxiv:2401.00001',
      title: 'Two',
      abstract: '',
      arxivId: '2401.00001',
      added: '2026-03-10T09:00:00.000Z',
    },
  ],
  topics: [{ id: 't', name: 'T', sentence: 'A topic.', order: 1, createdAt: '2026-11-27T10:00:00.000Z' }],
  opinions: [{ topic: '3dgs', paper: 'title:old', said: 'liked' as const }],
  marks: [{ paper: 'title:old', starred: '2026-11-27T10:00:00.000Z', later: 2.5, tags: ['a', 'b'] }],
  notes: [{ paper: 'title:old', text: '**Read** this.', editedAt: '2026-11-27T10:00:00.000Z' }],
  groupNames: [{ id: 'g', name: 'Mine' }],
};
const saved = '2026-11-27T11:00:00.000Z';

describe('a backup', () => {
  it('comes back as it was, ids and all', () => {
    const { text, leftOut } = writeBackup(library, saved);
    expect(leftOut).toEqual([]);
    expect(isBackup(text)).toBe(true);
    expect(readBackup(text)).toEqual({ ...library, rejected: [] });
  });

  it('is told from lists', () => {
    for (const text of ['[{"title": "x"}]', '{"papers": []}', '{"title": "\\"sheaf\\":1"}', 'sheaf'])
      expect(isBackup(text)).toBe(false);
  });

  it('loses only what makes no sense, and names it', () => {
    const text = JSON.stringify({
      sheaf: 1,
      papers: [{ title: 'Kept', id: 'evil' }, { abstract: 'none' }, 7],
      topics: [{ id: 't' }, null, { id: 't', name: 'T', sentence: 'S', order: 'x', createdAt: 5 }],
      opinions: [{ topic: 't', paper: 'p', said: 'maybe' }, 'x', { topic: 't', said: 'liked' }],
      marks: [
        { paper: 'p' },
        { paper: 'p', read: 'yesterday' },
        { paper: 'p', read: '2026-11-27', tags: ['x', 7, ' x', ''], later: null },
        [],
      ],
      notes: [{ paper: 'p', text: ' ' }, { text: 'x' }, { paper: 'p', text: 'Kept.', editedAt: 9 }],
      groupNames: [{ id: 'g' }, { id: 'g', name: 'G' }],
      extra: { __proto__: 1 },
    });
    const { rejected, ...kept } = readBackup(text);
    expect(kept).toEqual({
      papers: [{ id: 'title:kept', title: 'Kept', abstract: '' }],
      topics: [{ id: 't', name: 'T', sentence: 'S', order: 0, createdAt: '' }],
      opinions: [],
      marks: [{ paper: 'p', read: '2026-11-27', tags: ['x'] }],
      notes: [{ paper: 'p', text: 'Kept.', editedAt: '' }],
      groupNames: [{ id: 'g', name: 'G' }],
    });
    expect(rejected.map(({ place }) => place)).toEqual([
      'paper 2',
      'paper 3',
      'topic 1',
      'topic 2',
      'opinion 1',
      'opinion 2',
      'opinion 3',
      'mark 1',
      'mark 2',
      'mark 4',
      'note 1',
      'note 2',
      'name of a group 1',
    ]);
    expect(rejected[0]?.reason).toBe('no title');
  });

  it('takes back all that it holds, and says at once what it does not hold', () => {
    const emojis = '\u{1f600}'.repeat(60);
    const long = {
      ...library,
      topics: library.topics.map((topic) => ({ ...topic, wordsOfSite: true })),
      marks: [{ paper: 'title:old', tags: [emojis] }],
      notes: [...library.notes, { paper: 'arxiv:2401.00001', text: 'x'.repeat(200_001), editedAt: '' }],
      groupNames: [{ id: 'half \ud800', name: 'Half' }],
    };
    const { text, leftOut } = writeBackup(long, saved);
    expect(leftOut).toEqual([
      { place: 'note 2', reason: 'a note of more than 200,000 characters, of arxiv:2401.00001' },
      { place: 'name of a group 1', reason: 'a name of no group' },
    ]);
    expect(readBackup(text)).toEqual({ ...long, notes: library.notes, groupNames: [], rejected: [] });
  });

  it('cuts tags as they are cut where they are typed', () => {
    const tags = ['y'.repeat(61), 'half \ud800'];
    const text = JSON.stringify({ sheaf: 1, marks: [{ paper: 'p', tags }] });
    expect(readBackup(text).marks[0]?.tags).toEqual(['y'.repeat(60), 'half \ufffd']);
  });

  it('that is cut short, of another kind or newer is refused in a sentence', () => {
    const { text } = writeBackup(library, saved);
    expect(() => readBackup(text.slice(0, -20))).toThrow('This backup is broken or cut short.');
    expect(() => readBackup('{"sheaf": 2}')).toThrow('This backup was written by a newer version of Sheaf.');
    expect(() => readBackup('{"sheaf": "x"}')).toThrow('This is no backup of Sheaf.');
  });
});
