import { expect, it, vi } from 'vitest';
import { removeTopic } from '../../../src/views/removeTopic.ts';

it.each(['topic', 'map', undefined] as const)(
  'a removed topic leaves its place, and Undo comes back to it: %s',
  async (page) => {
    const removed = { topic: { id: 'own' }, opinions: [] };
    const [go, restore, tell, warn] = [vi.fn(), vi.fn(async () => {}), vi.fn(), vi.fn()];
    const parts = {
      bar: { address: () => ({ page }), go },
      topics: { remove: async () => removed, restore },
      notices: { tell, warn },
    };
    const topic = { id: 'own', name: 'Mine', sentence: '', own: true, color: 0, order: 0 };
    await removeTopic(parts as unknown as Parameters<typeof removeTopic>[0], topic);
    const place = { kind: 'all' };
    expect(go.mock.calls).toEqual([
      [page === 'topic' ? { place, page: undefined } : { place }, { replace: true }],
    ]);
    const [, action] = tell.mock.calls[0] as [string, { run: () => void }];
    action.run();
    await vi.waitFor(() =>
      expect(go).toHaveBeenLastCalledWith({ place: { kind: 'topic', id: 'own' }, query: '' }),
    );
    expect(restore).toHaveBeenCalledWith(removed);
    expect(warn).not.toHaveBeenCalled();
  },
);
