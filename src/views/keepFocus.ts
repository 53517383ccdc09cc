/**
 * A button that went away with what it did lets the focus fall to the page: then it goes on to what stands there now.
 * A focus that has gone elsewhere meanwhile stays.
 */
export function keepFocus(next: () => HTMLElement | null | undefined): void {
  queueMicrotask(() => {
    const { activeElement, body } = document;
    if (!activeElement || activeElement === body) next()?.focus();
  });
}
