import { type Accessor, createSignal, onCleanup, type Signal } from 'solid-js';

/**
 * A text that is being written and is not the library's yet: it outlasts a reload of its tab, such as the one that
 * puts a newer version of the site to use.
 * @param field its name among those of the site.
 * @param kept the library's text in its place, which the field begins with.
 */
export function createTyped(field: string, kept: Accessor<string> = () => ''): Signal<string> {
  const key = `sheaf-typed ${field}`;
  const signal = createSignal(take(key) ?? kept());
  const [text] = signal;
  const keep = () => {
    if (text() !== kept()) write(key, text());
    // From before the page was left and come back to.
    else take(key);
  };
  // Absent where the site's code runs in Node.
  globalThis.addEventListener?.('pagehide', keep);
  onCleanup(() => globalThis.removeEventListener?.('pagehide', keep));
  return signal;
}

/** Once: a field that is left and come back to begins anew. No storage, or no room in it, costs the text of a reload and nothing else. */
function take(key: string): string | undefined {
  try {
    const text = sessionStorage.getItem(key) ?? undefined;
    sessionStorage.removeItem(key);
    return text;
  } catch {
    return undefined;
  }
}

function write(key: string, text: string): void {
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // See above.
  }
}
