import type { Connection } from './call.ts';
import type { Encoder } from './encoder.ts';
import { EngineError } from './error.ts';

/** A worker that shows no life for so long while it is asked hangs, milliseconds. */
const SILENCE_MS = 30_000;
/** Starting a runtime and reading a graph are one step each. */
export const OPENING_SILENCE_MS = 120_000;
/** A batch has many times the pieces of the test texts. */
const BATCH_TO_TEST = 200;

/** How long a device that needed so long for the test texts may be silent over a batch. */
export function patienceFor(testMs: number): number {
  return Math.max(SILENCE_MS, BATCH_TO_TEST * testMs);
}

/**
 * Ends the connection with `hung` when a question to it shows no life: a worker in an endless loop, or a graphics
 * card that never answers, says nothing of it. Two looks without a sign count: of a machine that slept the first one
 * comes at once.
 * @param ask gets what to call at each sign of life.
 */
export async function underWatch<T>(
  connection: Connection<Encoder>,
  silence: number,
  ask: (alive: () => void) => Promise<T>,
): Promise<T> {
  let quiet = 0;
  const timer = setInterval(() => {
    if (++quiet < 2) return;
    connection.close(
      new EngineError(
        'hung',
        'The worker that runs the model no longer answers. Try again, or reload the page.',
      ),
    );
  }, silence / 2);
  try {
    return await ask(() => {
      quiet = 0;
    });
  } finally {
    clearInterval(timer);
  }
}
