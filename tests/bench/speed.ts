/** Texts embedded a second, against transformers.js with the same model, texts and page, in turns. */
import type { Page } from 'playwright-core';
import { cosine } from '../browser/cosine.ts';
import { type Host, launch } from '../browser/harness.ts';
import type { Embedding, Speed } from './pages/speed.ts';
import { formatCount, median, type Section } from './table.ts';
import { makeTexts, meanTokens } from './texts.ts';

type SpeedPage = typeof globalThis & { speed: Speed };

/** Texts a call that transformers.js is tried with; it gets the one that suits it best. */
const PEER_SIZES = [1, 8, 32] as const;
const CALIBRATION_TEXTS = 64;
const ROUNDS = 5;
/** The slower of the two has about this long for a round, within these numbers of texts. */
const ROUND_MS = 1_500;
const FEWEST_TEXTS = 32;
const MOST_TEXTS = 2_048;

export interface SpeedResult {
  readonly model: string;
  readonly threads: number;
  readonly isolated: boolean;
  /** Texts in a round, and their mean length. */
  readonly texts: number;
  readonly tokens: number;
  readonly peerSize: number;
  /** Share of its time that transformers.js spends on cutting texts into tokens. */
  readonly peerTokenizing: number;
  /** Texts a second, one value a round. */
  readonly sheaf: readonly number[];
  readonly peer: readonly number[];
  /** The least cosine of the two's vectors. */
  readonly cosine: number;
}

export async function measureSpeed(host: Host, model: string): Promise<SpeedResult> {
  const context = await launch();
  try {
    const page = await context.newPage();
    const threads = await openBoth(page, host, model);
    const { count, peerSize } = await calibrate(page);
    const texts = makeTexts(count, 1);
    const sheaf: number[] = [];
    const peer: number[] = [];
    let leastCosine = 1;
    for (let round = 0; round < ROUNDS; round++) {
      const turns = [() => embedSheaf(page, texts), () => embedPeer(page, texts, peerSize)];
      // Who goes first changes, so that neither always finds the caches as the other left them.
      if (round % 2 === 1) turns.reverse();
      const results = [await turns[0]?.(), await turns[1]?.()] as Embedding[];
      if (round % 2 === 1) results.reverse();
      const [ours, theirs] = results as [Embedding, Embedding];
      sheaf.push(rate(ours));
      peer.push(rate(theirs));
      leastCosine = Math.min(
        leastCosine,
        ...ours.first.map((row, at) => cosine(row, theirs.first[at] ?? [])),
      );
    }
    const tokenizing = await page.evaluate(
      ({ texts, size }) => (globalThis as SpeedPage).speed.tokenizeWithPeer(texts, size),
      { texts, size: peerSize },
    );
    return {
      model,
      threads,
      isolated: await page.evaluate(() => crossOriginIsolated),
      texts: count,
      tokens: meanTokens(texts),
      peerSize,
      peerTokenizing: (tokenizing / count / 1000) * median(peer),
      sheaf,
      peer,
      cosine: leastCosine,
    };
  } finally {
    await context.close();
  }
}

/** Opens the model in both, the peer with as many threads as the page may have; gives their number. */
export async function openBoth(page: Page, host: Host, model: string): Promise<number> {
  await page.goto(`${host.url}parts.html`);
  await page.waitForFunction(() => 'speed' in globalThis);
  await page.evaluate((model) => (globalThis as SpeedPage).speed.openSheaf(model), model);
  const threads = await page.evaluate(() => (crossOriginIsolated ? navigator.hardwareConcurrency : 1));
  await page.evaluate(({ model, threads }) => (globalThis as SpeedPage).speed.openPeer(model, threads), {
    model,
    threads,
  });
  return threads;
}

/** Warms both up, finds the call size that suits the peer, and how many texts a round can have. */
export async function calibrate(page: Page): Promise<{ count: number; peerSize: number }> {
  const texts = makeTexts(CALIBRATION_TEXTS, 2);
  let [peerSize, best] = [1, 0];
  await embedPeer(page, texts.slice(0, FEWEST_TEXTS), 1);
  for (const size of PEER_SIZES) {
    const found = rate(await embedPeer(page, texts, size));
    if (found > best) [peerSize, best] = [size, found];
  }
  await embedSheaf(page, texts);
  const slower = Math.min(best, rate(await embedSheaf(page, texts)));
  const wanted = Math.round((slower * ROUND_MS) / 1000);
  return { count: Math.min(MOST_TEXTS, Math.max(FEWEST_TEXTS, wanted)), peerSize };
}

export const embedSheaf = (page: Page, texts: string[]) =>
  page.evaluate((texts) => (globalThis as SpeedPage).speed.embedSheaf(texts), texts);

export const embedPeer = (page: Page, texts: string[], size: number) =>
  page.evaluate(({ texts, size }) => (globalThis as SpeedPage).speed.embedPeer(texts, size), { texts, size });

/** Texts a second; only rows that came count. */
export function rate({ rows, milliseconds }: Embedding): number {
  return (rows / milliseconds) * 1000;
}

/** Sheaf takes one with the quick model, which it reads without a runtime. */
export const labelThreads = (threads: number): string =>
  threads === 1 ? 'one thread' : `${threads} threads possible (isolated)`;

export function tabulateSpeed(results: readonly SpeedResult[]): Section {
  const one = results[0];
  return {
    title: `Texts a second: ${Math.round(one?.tokens ?? 0)} tokens each, medians of ${ROUNDS} rounds in turns`,
    columns: ['Sheaf', 'transformers.js', 'ratio'],
    rows: results.map(({ model, threads, sheaf, peer }) => [
      `${model}, ${labelThreads(threads)}`,
      formatCount(median(sheaf)),
      formatCount(median(peer)),
      median(sheaf.map((value, round) => value / (peer[round] ?? Number.NaN))).toFixed(2),
    ]),
    notes: [
      `WASM. ${results.map(({ texts }) => formatCount(texts)).join(' and ')} texts a round; transformers.js at its best of ${PEER_SIZES.join(', ')} texts a call: ${results.map(({ peerSize }) => peerSize).join(' and ')}.`,
      `Of its time transformers.js spends ${results.map(({ peerTokenizing }) => `${Math.round(peerTokenizing * 100)} %`).join(' and ')} on cutting texts into tokens.`,
      'Words repeat more in these texts than in a large list, and Sheaf remembers words: see “embed all” below.',
    ],
  };
}
