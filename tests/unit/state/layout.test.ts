import { createRoot, createSignal } from 'solid-js';
import { describe, expect, it, vi } from 'vitest';
import type { Ranker } from '../../../src/engine/ranker.ts';
import type { Paper } from '../../../src/paper/paper.ts';
import type { LayoutRequest, Places } from '../../../src/ranking/places.ts';
import { createLayout } from '../../../src/state/layout.ts';
import type { Meaning } from '../../../src/state/meaning.ts';
import { createNotices } from '../../../src/state/notices.ts';
import { openStore } from '../../../src/store/store.ts';

vi.mock('solid-js', () => vi.importActual('solid-js/dist/solid.js'));

const papers = (count: number): Paper[] =>
  Array.from({ length: count }, (_, n) => ({ id: `p${n}`, title: `${n}`, abstract: '' }));

function setUp(store = openStore()) {
  const [complete, setComplete] = createSignal<readonly Paper[]>();
  const [model, setModel] = createSignal('m1');
  const [wanted, setWanted] = createSignal(false);
  const asked: {
    request: LayoutRequest;
    signal: AbortSignal;
    tell(x: number): void;
    progress(share: number): void;
  }[] = [];
  const places = (x: number): Places => {
    const ids = (complete() ?? []).map(({ id }) => id);
    return { ids, positions: new Float32Array(ids.length * 2).fill(x) };
  };
  const project = vi.fn(async () => places(0));
  const ranker = {
    project,
    layout: (request: LayoutRequest, progress: (share: number) => void, signal: AbortSignal) =>
      new Promise<Places>((resolve) => {
        asked.push({ request, signal, progress, tell: (x) => resolve(places(x)) });
      }),
  } as unknown as Ranker;
  const meaning = { complete, modelId: model } as unknown as Meaning;
  const notices = createNotices();
  const [layout, dispose] = createRoot((dispose) => [
    createLayout(store, ranker, meaning, notices, wanted),
    dispose,
  ]);
  return { layout, dispose, asked, project, setComplete, setModel, setWanted, notices };
}

const until = (check: () => void) => vi.waitFor(check);

describe('layout', () => {
  it('waits until the map is wanted, is rough at once and fine when it is ready, and is kept', async () => {
    const store = openStore();
    const one = setUp(store);
    one.setComplete(papers(9));
    await store;
    await Promise.resolve();
    expect([one.project.mock.calls.length, one.asked.length]).toEqual([0, 0]);
    one.setWanted(true);
    await until(() => expect([one.layout.kind(), one.asked.length]).toEqual(['rough', 1]));
    one.asked[0]?.progress(0.5);
    expect(one.layout.progress()).toBe(0.5);
    one.asked[0]?.tell(7);
    await until(() => expect([one.layout.kind(), one.layout.progress()]).toEqual(['fine', undefined]));
    expect(one.layout.places()?.positions[0]).toBe(7);
    one.dispose();

    const next = setUp(store);
    next.setComplete(papers(9));
    next.setWanted(true);
    await until(() => expect(next.layout.places()?.positions[0]).toBe(7));
    expect([next.project.mock.calls.length, next.asked.length]).toEqual([0, 0]);

    // Another paper: what stood is shown meanwhile and held.
    next.setComplete(papers(10));
    await until(() => expect(next.asked.length).toBe(1));
    expect([next.asked[0]?.request.hold, next.asked[0]?.request.before?.ids.length]).toEqual([true, 9]);
    next.asked[0]?.tell(8);
    await until(() => expect(next.layout.places()?.ids.length).toBe(10));

    // Another model: begun from what stood, but free to move.
    next.setModel('m2');
    next.setComplete(papers(10));
    await until(() => expect(next.asked.length).toBe(2));
    expect([next.asked[1]?.request.hold, next.asked[1]?.request.before?.ids.length]).toEqual([false, 10]);
    next.dispose();
  });

  it('goes on while the map is closed, ends when papers change, and stops and goes on at the reader’s wish', async () => {
    const { layout, dispose, asked, setComplete, setWanted, notices } = setUp();
    setComplete(papers(9));
    setWanted(true);
    await until(() => expect(asked.length).toBe(1));
    setWanted(false);
    setWanted(true);
    expect([asked.length, asked[0]?.signal.aborted]).toEqual([1, false]);
    setComplete(papers(8));
    await until(() => expect(asked.length).toBe(2));
    expect(asked[0]?.signal.aborted).toBe(true);
    asked[0]?.tell(1);
    layout.stop();
    expect([asked[1]?.signal.aborted, layout.progress(), layout.kind()]).toEqual([true, undefined, 'rough']);
    layout.again();
    await until(() => expect(asked.length).toBe(3));
    asked[2]?.tell(3);
    await until(() => expect(layout.places()?.positions[0]).toBe(3));
    expect(notices.shown()).toEqual([]);
    dispose();
  });
});
