import type { Port } from '../engine/call.ts';

/** Either end of the channel between this process and one that it started. */
export interface Channel {
  send?: ((message: unknown) => boolean) | undefined;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** A channel between processes as the engine's calls know a worker. Buffers are copied, not moved. */
export function portOf(channel: Channel): Port {
  return {
    postMessage(message) {
      channel.send?.(message);
    },
    addEventListener(type, listener) {
      if (type === 'message') channel.on('message', (data) => listener({ data } as MessageEvent));
    },
  };
}
