/** How long a first and a second visit take until there is something to read, to find and to find by meaning. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Host, launch } from '../browser/harness.ts';
import { formatTime, median, type Section } from './table.ts';
import { installWatch, SAYS, type Watched } from './watch.ts';

/** Milliseconds since the navigation. */
export interface Visit {
  readonly list: number;
  readonly typed: number;
  /** First rows for the query, by whichever ranking. */
  readonly found: number;
  readonly joined: number;
  readonly meaning: number;
  /** The better model has read every paper. */
  readonly better: number;
  readonly offline: number;
  readonly isolated: boolean;
}

/** What the host was asked for meanwhile. */
export type Requests = Host['requests'];

export interface VisitPair {
  readonly cold: Visit;
  readonly warm: Visit;
  readonly coldRequests: Requests;
  readonly warmRequests: Requests;
}

const QUERY = 'compact gaussian splatting';
/** A browser that has just started is busy with itself for about this long; that is not the site's. */
const SETTLE_MS = 500;
const VISIT_TIMEOUT_MS = 60_000;
/** A browser asks for a newer service worker about a second after the page has loaded. */
const LINGER_MS = 2_000;

/** A first visit with an empty profile, and a second with the same profile in a new browser. */
export async function visitTwice(host: Host): Promise<VisitPair> {
  const userDataDir = await mkdtemp(join(tmpdir(), 'sheaf-bench-'));
  try {
    const start = host.requests.length;
    const cold = await visit(host.url, userDataDir, 0);
    const between = host.requests.length;
    const warm = await visit(host.url, userDataDir, LINGER_MS);
    return {
      cold,
      warm,
      coldRequests: host.requests.slice(start, between),
      warmRequests: host.requests.slice(between),
    };
  } finally {
    await rm(userDataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function visit(url: string, userDataDir: string, linger: number): Promise<Visit> {
  const context = await launch({ userDataDir });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const given = JSON.stringify({ query: QUERY, says: SAYS });
    await page.addInitScript({ content: `(${installWatch})(); (${followVisit})(${given});` });
    await page.waitForTimeout(SETTLE_MS);
    await page.goto(url, { waitUntil: 'commit' });
    const done = await page.waitForFunction(
      () => (globalThis as unknown as { visit: Promise<Visit> | undefined }).visit,
      undefined,
      { timeout: VISIT_TIMEOUT_MS },
    );
    await page.waitForTimeout(linger);
    return (await done.jsonValue()) as Visit;
  } finally {
    await context.close();
  }
}

/** In the page. The query is typed as soon as the list is there: sooner no reader could. */
function followVisit({ query, says }: { query: string; says: typeof SAYS }): void {
  const { watch } = globalThis as Watched;
  const follow = async () => {
    const meaning = watch.until(() => watch.isAt(says.meaningOn));
    const better = watch.until(() => watch.isAt(says.betterAnswers));
    const offline = watch.until(() => watch.isAt(says.offlineReady));
    const list = await watch.until(watch.hasRow);
    const typed = performance.now();
    watch.type(query);
    const found = watch.until(() => (watch.says(says.byWords) || watch.says(says.byBoth)) && watch.hasRow());
    const joined = watch.until(() => watch.says(says.byBoth) && watch.hasRow());
    return {
      list,
      typed,
      found: await found,
      joined: await joined,
      meaning: await meaning,
      better: await better,
      offline: await offline,
      isolated: crossOriginIsolated,
    };
  };
  // Set when it is over: what waits for it would wait for a promise only once.
  void follow().then((visit) => Object.assign(globalThis, { visit }));
}

export function tabulateVisits(pairs: readonly VisitPair[]): Section {
  const row = (label: string, time: (visit: Visit) => number): [string, string, string] => [
    label,
    formatTime(median(pairs.map(({ cold }) => time(cold)))),
    formatTime(median(pairs.map(({ warm }) => time(warm)))),
  ];
  const isolated = (visits: readonly Visit[]) => (visits.every((visit) => visit.isolated) ? 'yes' : 'no');
  return {
    title: `Visits: medians of ${pairs.length}, since the navigation`,
    columns: ['cold', 'warm'],
    rows: [
      row('first paint of the list', ({ list }) => list),
      row('results by words, of a query typed then', ({ found }) => found),
      row('  of these, since it was typed', ({ found, typed }) => found - typed),
      row('results by meaning and words', ({ joined }) => joined),
      row('“Search by meaning is on”', ({ meaning }) => meaning),
      row('the better model answers', ({ better }) => better),
      row('“Works offline”', ({ offline }) => offline),
      [
        'isolated, so that threads are possible',
        isolated(pairs.map(({ cold }) => cold)),
        isolated(pairs.map(({ warm }) => warm)),
      ],
    ],
    notes: [
      'cold: an empty profile; warm: the same profile, a new browser. The host is this machine, without a network.',
    ],
  };
}
