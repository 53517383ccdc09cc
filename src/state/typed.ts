import { createSignal, onCleanup, type Signal } from 'solid-js';

/**
 * A text that is being written and is not the library's yet: it outlasts a reload of its tab, such as the one that
 * puts a newer version of the site to use.
 * @param field its name among those of the site.
 */
export function createTyped(field: string): Signal<string> {
  const key = `sheaf-typed ${field}`;
  const signal = createSignal(read(key));
  const [text] = signal;
  const keep = () => write(key, text());
  // Absent where the site's code runs in Node.
  globalThis.addEventListener?.('pagehide', keep);
  onCleanup(() => globalThis.removeEventListener?.('pagehide', keep));
  return signal;
}

/** No storage, or no room in it, costs the text of a reload and nothing else. */
function read(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

function write(key: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(key, text);
    else sessionStorage.removeItem(key);
  } catch {
    // See above.
  }
}
