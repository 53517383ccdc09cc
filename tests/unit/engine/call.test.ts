import { afterEach, describe, expect, it } from 'vitest';
import { type Connection, connect, type Port, remoteOf, serve, transfer } from '../../../src/engine/call.ts';
import { EngineError } from '../../../src/engine/error.ts';

/** Stops that the worker's side has heard. */
let stopped = 0;

const table = {
  add: (a: number, b: number) => a + b,
  async double(values: Float32Array<ArrayBuffer>) {
    const out = values.map((value) => value * 2);
    return transfer(out, [out.buffer]);
  },
  count(to: number, tell: (n: number) => void) {
    for (let n = 1; n <= to; n++) tell(n);
    return 'done';
  },
  fail(kind: string): never {
    if (kind === 'engine') throw new EngineError('checksum', 'weights.onnx is wrong.');
    throw new RangeError('row 3 has squared length 2, not 1');
  },
  wait: (signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        stopped++;
        reject(signal.reason);
      });
    }),
  closure: () => () => 1,
};

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function open(): { connection: Connection<typeof table>; page: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serve(port2 as unknown as Port, table);
  return { connection: connect<typeof table>(port1 as unknown as Port, 'The worker'), page: port1 };
}

describe('a call across a port', () => {
  it('gives the answer', async () => {
    const { connection } = open();
    expect(await connection.call('add', 2, 3)).toBe(5);
    expect(await remoteOf(connection).add(4, 5)).toBe(9);
  });

  it('moves buffers both ways', async () => {
    const { connection } = open();
    const values = Float32Array.of(1, 2, 3);
    const doubled = await connection.call('double', transfer(values, [values.buffer]));
    expect([...doubled]).toEqual([2, 4, 6]);
    expect(values.length).toBe(0);
  });

  it('carries callbacks, all before the answer', async () => {
    const { connection } = open();
    const told: number[] = [];
    expect(await connection.call('count', 3, (n) => told.push(n))).toBe('done');
    expect(told).toEqual([1, 2, 3]);
  });

  it('rejects when the callback itself throws', async () => {
    const { connection } = open();
    const refuse = () => {
      throw new Error('no room to keep it');
    };
    await expect(connection.call('count', 3, refuse)).rejects.toThrow('no room to keep it');
  });

  it('carries errors by name and code', async () => {
    const { connection } = open();
    await expect(connection.call('fail', 'engine')).rejects.toMatchObject({
      name: 'EngineError',
      code: 'checksum',
      message: 'weights.onnx is wrong.',
    });
    await expect(connection.call('fail', 'engine')).rejects.toBeInstanceOf(EngineError);
    await expect(connection.call('fail', 'other')).rejects.toMatchObject({ name: 'RangeError' });
  });

  it('rejects what cannot be sent back, and an unknown name', async () => {
    const { connection } = open();
    await expect(connection.call('closure')).rejects.toThrow(/could not be cloned/);
    await expect(connection.call('missing' as 'closure')).rejects.toThrow(
      'the worker has no function missing',
    );
  });

  it('stops at once on the page and in the worker', async () => {
    const { connection } = open();
    const stop = new AbortController();
    const before = stopped;
    const running = expect(connection.call('wait', stop.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
    stop.abort();
    await running;
    // Answered after the stop was heard, since messages keep their order.
    expect(await connection.call('add', 1, 1)).toBe(2);
    expect(stopped).toBe(before + 1);
  });

  it('does not begin when it is stopped before', async () => {
    const { connection } = open();
    await expect(connection.call('wait', AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it.each(['error', 'messageerror'])('rejects all that waits after %s, and all that comes', async (type) => {
    const { connection, page } = open();
    const waiting = [1, 2].map(() => connection.call('wait', new AbortController().signal));
    const ends = waiting.map((call) =>
      expect(call).rejects.toMatchObject({ name: 'EngineError', code: 'crashed' }),
    );
    page.dispatchEvent(new Event(type));
    await Promise.all(ends);
    await expect(connection.call('add', 1, 2)).rejects.toThrow(/^The worker stopped unexpectedly/);
    expect((await connection.ended).code).toBe('crashed');
  });

  it('rejects all that waits when it is closed', async () => {
    const { connection } = open();
    const waiting = expect(connection.call('wait', new AbortController().signal)).rejects.toMatchObject({
      code: 'closed',
    });
    connection.close();
    await waiting;
  });
});
