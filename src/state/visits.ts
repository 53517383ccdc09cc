import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { FirstStore } from '../store/store.ts';

/** Setting that holds the visit, shared by all tabs: several of them are one visit. */
const VISIT_SETTING = 'visit';
/** Setting that holds which visit's news were put away. */
const PUT_AWAY_SETTING = 'new-put-away';
/** Away for this long a visit has ended, milliseconds: a lunch is a new visit, a look at another page is none. */
const AWAY_MS = 30 * 60_000;
/** How often a page in sight says so, milliseconds: what a browser that is killed forgets of a visit. */
const PULSE_MS = 5 * 60_000;
/** The list comes first: a write of settings would keep its reading waiting. */
const SETTLE_MS = 1_500;

export interface Visit {
  /** When a page was last in sight, ISO 8601. */
  readonly seen: string;
  /** When the visit before this one ended; absent on a first visit. */
  readonly ended?: string;
}

/** The visit as it is now: the same, or a new one when the reader was away for half an hour. */
export function continueVisit(before: Visit | undefined, now: string): Visit {
  const away = Date.parse(now) - Date.parse(before?.seen ?? '');
  // Nothing that can be read: as on a first visit.
  if (!before || Number.isNaN(away)) return { seen: now };
  return away >= AWAY_MS ? { seen: now, ended: before.seen } : { ...before, seen: now };
}

export interface Visits {
  /** When the visit before this one ended, ISO 8601; undefined on a first visit. */
  readonly since: Accessor<string | undefined>;
  /** It is known whether there was one. */
  readonly loaded: Accessor<boolean>;
  /** The line that tells what is new was put away in this visit. True until that is known: nothing comes only to go. */
  readonly putAway: Accessor<boolean>;
  dismiss(): Promise<void>;
}

/**
 * @param ready the list is drawn.
 * @param onReturn a new visit has begun on a page that was left open.
 */
export function createVisits(
  store: Promise<FirstStore>,
  ready: Accessor<boolean>,
  onReturn: () => void,
): Visits {
  const [since, setSince] = createSignal<string>();
  const [loaded, setLoaded] = createSignal(false);
  const [dismissed, setDismissed] = createSignal<string>();
  const now = () => new Date().toISOString();
  /** Best effort throughout: what cannot be kept makes a visit longer or shorter, which is not worth a sentence. */
  const quietly = (work: Promise<unknown>) => void work.catch(() => undefined);

  const read = async () => {
    const kept = await store;
    const [visit, put] = await Promise.all([
      kept.setting<Visit>(VISIT_SETTING),
      kept.setting<string>(PUT_AWAY_SETTING),
    ]);
    setDismissed(put);
    setSince(continueVisit(visit, now()).ended);
    setLoaded(true);
  };
  const note = async () => {
    const kept = await store;
    const { ended } = await kept.changeSetting<Visit>(VISIT_SETTING, (before) =>
      continueVisit(before, now()),
    );
    const another = loaded() && ended !== since();
    setSince(ended);
    return another;
  };
  /** Coming back is told after it is noted, so that what comes now is new in this visit. */
  const follow = () =>
    quietly(
      note().then((another) => {
        if (another && document.visibilityState === 'visible') onReturn();
      }),
    );

  const timers: ReturnType<typeof setTimeout>[] = [];
  quietly(read());
  createEffect(
    on(ready, (drawn) => {
      if (drawn) timers.push(setTimeout(() => quietly(note()), SETTLE_MS));
    }),
  );
  const pulse = setInterval(() => {
    if (document.visibilityState === 'visible') quietly(note());
  }, PULSE_MS);
  addEventListener('visibilitychange', follow);
  void store.then((kept) =>
    kept.onChanged((part) => {
      if (part === 'settings') quietly(read());
    }),
  );
  onCleanup(() => {
    for (const timer of timers) clearTimeout(timer);
    clearInterval(pulse);
    removeEventListener('visibilitychange', follow);
  });

  return {
    since,
    loaded,
    putAway: () => !loaded() || dismissed() === (since() ?? ''),
    async dismiss() {
      const visit = since() ?? '';
      // It goes once that is kept, so that a page closed at once does not bring it back.
      await store.then((kept) => kept.putSetting(PUT_AWAY_SETTING, visit)).catch(() => undefined);
      setDismissed(visit);
    },
  };
}
