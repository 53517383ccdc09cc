/*
 * Whether the pages of a build come up. A build that does not is withdrawn on this device: the one before answers in
 * its place until another is there.
 */

/** What is known of the build in use. */
export interface Starts {
  readonly build: string;
  /** Pages opened of it before one has said that it came up. */
  readonly tried: number;
  readonly cameUp: boolean;
  /** When it was given up, as of Date.now(); 0 where it was not. */
  readonly failedAt: number;
  /** The last build of which a page came up: it is kept beside the one in use. */
  readonly good?: string | undefined;
}

/** A reader who loads a page anew twice before it is there has met a broken one. */
const MOST_TRIES = 2;
/** Then it is tried once more: it may have been a slow device, or an impatient reader. */
const FORGIVEN_AFTER_MS = 86_400_000;

export function hasFailed({ failedAt }: Starts, now: number): boolean {
  return failedAt > 0 && now - failedAt < FORGIVEN_AFTER_MS;
}

/** What is known of a build, from what was written last, be it of another. */
export function ofBuild(build: string, last: Starts | undefined): Starts {
  if (last?.build === build) return last;
  return { build, tried: 0, cameUp: false, failedAt: 0, good: last?.good };
}

/** A page is asked for. */
export function afterOpening(starts: Starts, now: number): Starts {
  if (starts.cameUp || hasFailed(starts, now)) return starts;
  const tried = starts.failedAt > 0 ? 1 : starts.tried + 1;
  return { ...starts, tried, failedAt: tried > MOST_TRIES ? now : 0 };
}

export function afterComingUp({ build }: Starts): Starts {
  return { build, tried: 0, cameUp: true, failedAt: 0, good: build };
}

/** Where it is written: apart from the caches of the builds, which come and go. */
export interface StartsBook {
  read(): Promise<Starts | undefined>;
  /** As this worker read or wrote it last: while it is the one in use no other writes. */
  now(): Promise<Starts | undefined>;
  /** One change after the other, each on what the one before has written. */
  change(how: (last: Starts | undefined) => Starts): Promise<Starts>;
}

/** @param scope address of the site: two on one host have a book each. */
export function openStarts(scope: string): StartsBook {
  const name = `sheaf-starts ${new URL(scope).pathname}`;
  const place = new URL('starts', scope).href;
  let turn: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<Starts | undefined> => {
    const kept = await caches.match(place, { cacheName: name }).catch(() => undefined);
    return kept?.json().catch(() => undefined);
  };
  let known: Starts | undefined;
  return {
    read,
    async now() {
      known ??= await read();
      return known;
    },
    change(how) {
      const done = turn.then(async () => {
        const last = await read();
        const next = how(last);
        known = next;
        // What cannot be written costs the way back, not the page.
        if (next !== last) await write(name, place, next).catch(() => {});
        return next;
      });
      turn = done.catch(() => {});
      return done;
    },
  };
}

async function write(name: string, place: string, starts: Starts): Promise<void> {
  await (await caches.open(name)).put(place, new Response(JSON.stringify(starts)));
}
