import { describe, expect, it } from 'vitest';
import { type SessionParts, tryGraphicsCard } from '../../../src/engine/choose.ts';
import type { Session } from '../../../src/engine/session.ts';

/** A processor that takes so long for the test texts, and a browser in which no card's worker starts. */
function processor(milliseconds: number) {
  let started = 0;
  const parts = {
    signal: new AbortController().signal,
    offer: { contract: { files: [] } },
    start: () => {
      started++;
      throw new Error('no card here');
    },
  } as unknown as SessionParts;
  const session = { connection: { call: async () => milliseconds } } as unknown as Session;
  return { parts, session, started: () => started };
}

describe('a graphics card', () => {
  it('is left alone, and nothing of it downloaded, where the processor is quick enough', async () => {
    const { parts, session, started } = processor(7.6);
    expect(await tryGraphicsCard(parts, session, 'auto')).toEqual({
      reason: 'The processor needs only 8 ms for the test texts: a graphics card was not tried.',
    });
    expect(started()).toBe(0);
  });

  it('is looked for where the processor is slow, and not downloaded where there is none', async () => {
    const { parts, session, started } = processor(400);
    expect(await tryGraphicsCard(parts, session, 'auto')).toEqual({ reason: 'This browser has no WebGPU.' });
    expect(started()).toBe(0);
  });

  it('is tried where the reader asks for it, however quick the processor is', async () => {
    const { parts, session, started } = processor(7);
    expect(await tryGraphicsCard(parts, session, 'webgpu')).toEqual({ reason: 'no card here' });
    expect(started()).toBe(1);
  });
});
