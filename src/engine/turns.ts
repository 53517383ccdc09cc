/** One run of the graph at a time; a query goes before everything that waits. */
export interface Turns {
  take<T>(urgent: boolean, run: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  const urgentOnes: (() => void)[] = [];
  const others: (() => void)[] = [];
  let busy = false;
  return {
    async take(urgent, run) {
      if (busy) await new Promise<void>((resolve) => (urgent ? urgentOnes : others).push(resolve));
      busy = true;
      try {
        return await run();
      } finally {
        const next = urgentOnes.shift() ?? others.shift();
        // Handed over without falling free, so that nobody slips in between.
        if (next) next();
        else busy = false;
      }
    },
  };
}

/**
 * Lets waiting messages in: a stop, or a query. A timer would do, but browsers make nested ones last 4 ms.
 */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
