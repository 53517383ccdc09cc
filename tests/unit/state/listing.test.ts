import { createRoot } from 'solid-js';
import { expect, it, vi } from 'vitest';
import type { Paper } from '../../../src/paper/paper.ts';
import { createListing } from '../../../src/state/listing.ts';
import { foldRows } from '../../../src/state/twins.ts';
import { parseQuestion } from '../../../src/words/question.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));

it('what stands below the line comes with what stands above it, and with the versions that are folded', () => {
  const papers = ['new', 'old', 'other', 'far'].map((id): Paper => ({ id, title: id, abstract: '' }));
  const twins = papers.slice(0, 2);
  const of = (id: string) => (twins.some((one) => one.id === id) ? twins : []);
  const hits = papers.map(({ id }) => ({ id, score: 1, relevant: id !== 'far', meaning: { z: 3 } }));
  const empty = { has: () => false };
  const parts = {
    address: () => ({ place: { kind: 'all' }, query: 'words' }),
    question: () => parseQuestion('words'),
    library: { papers: () => papers, byId: (id: string) => papers.find((one) => one.id === id) },
    topics: { of: () => [] },
    marks: { with: () => empty, all: () => [], of: () => undefined },
    notes: { papers: () => empty },
    second: () => ({
      search: { ranking: () => ({ hits, query: 'words', mode: 'hybrid' }) },
      similar: () => [],
      twins: { fold: (rows: Parameters<typeof foldRows>[0]) => foldRows(rows, of, () => false) },
    }),
  };
  createRoot((dispose) => {
    const listing = createListing(parts as unknown as Parameters<typeof createListing>[0]);
    const drawn = listing.rows().map((row) => (row.kind === 'paper' ? row.paper.id : '—'));
    expect(drawn).toEqual(['new', 'other', '—', 'far']);
    expect(listing.papers().map(({ id }) => id)).toEqual(['new', 'old', 'other']);
    expect(listing.withFurther().map(({ id }) => id)).toEqual(['new', 'old', 'other', 'far']);
    dispose();
  });
});
