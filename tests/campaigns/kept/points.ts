/**
 * Runs in a page before its own scripts: the page stops for ever at the n-th call of a function of the browser, so
 * that the test can kill it there. Nothing of the site's code knows of it.
 * @param name `IDBObjectStore.put`, say, or `IDBTransaction complete` for a listener.
 */
export function stopAt(): void {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const [name, count] = [wanted.get('at') ?? '', Number(wanted.get('n') ?? 1)];
  const parts = name.split(/[. ]/) as [string, string];
  /** Counting begins when the test says so. */
  const state = { left: Number.POSITIVE_INFINITY };
  Object.assign(globalThis, {
    arm: () => {
      state.left = count;
    },
  });
  const stop = () => {
    if (--state.left !== 0) return;
    void told({ say: 'at the point' });
    for (;;) {
      // Until it is killed.
    }
  };
  if (!name) return;
  const owner = (globalThis as unknown as Record<string, { prototype: Record<string, unknown> }>)[parts[0]];
  if (!owner) throw new Error(`there is no ${name}`);
  if (name.includes(' ')) {
    const listen = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (this: EventTarget, type: string, ...rest: unknown[]) {
      if (type === parts[1] && this instanceof (owner as unknown as typeof EventTarget))
        listen.call(this, type, stop);
      return (listen as (...all: unknown[]) => void).call(this, type, ...rest);
    } as typeof listen;
    return;
  }
  const before = owner.prototype[parts[1]] as (...args: unknown[]) => unknown;
  owner.prototype[parts[1]] = function (this: unknown, ...args: unknown[]) {
    // After it was asked for: what the browser does of it is what is tried here.
    const given = before.apply(this, args);
    stop();
    return given;
  };
}
