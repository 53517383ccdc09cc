/**
 * Runs inside the measured page, before its own scripts: tells when something has been painted.
 * Functions are sent as their text, so they stand alone: nothing outside them is named inside.
 */
export interface Watch {
  /** Milliseconds since the navigation at which the first frame in which the test held was painted. */
  until(test: () => boolean): Promise<number>;
  /** The same, or undefined after so many milliseconds. */
  within(milliseconds: number, test: () => boolean): Promise<number | undefined>;
  /** A row of a paper that a reader can see. */
  hasRow(): boolean;
  /** The heading of the list has these words. */
  says(words: string): boolean;
  /** The status in the sidebar has these words. */
  isAt(words: string): boolean;
  /** Puts a whole query into the field at once; the site searches as it is typed, without Enter. */
  type(query: string): void;
}

/** What the site says; here alone, for when its words change. */
export const SAYS = {
  byWords: 'by words',
  byBoth: 'by meaning and words',
  meaningOn: 'Search by meaning is on',
  /** Of the better model; the quick one “answers for now”. */
  betterAnswers: ' answers.',
  offlineReady: 'Works offline',
} as const;

export type Watched = typeof globalThis & { watch: Watch };

export function installWatch(): void {
  // The message comes after the frame that the callback belongs to was drawn.
  const paint = () =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    });
  const until = (test: () => boolean) =>
    new Promise<number>((resolve) => {
      const look = () => {
        if (!test()) return;
        observer.disconnect();
        resolve(paint());
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      look();
    });
  const has = (selector: string, words: string) =>
    document.querySelector(selector)?.textContent?.includes(words) === true;
  const watch: Watch = {
    until,
    within: (milliseconds, test) =>
      Promise.race([
        until(test),
        new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), milliseconds)),
      ]),
    hasRow: () =>
      document.querySelector('[data-paper]')?.checkVisibility({ visibilityProperty: true }) === true,
    says: (words) => has('.heading', words),
    isAt: (words) => has('.status', words),
    type(query) {
      const field = document.querySelector<HTMLInputElement>('input[type="search"]');
      if (!field) throw new Error('the page has no search field');
      field.value = query;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    },
  };
  Object.assign(globalThis, { watch });
}
