/**
 * The page without its views: everything that `createSheaf` joins, over the real list, topics and model, served
 * by a server of this process. A worker is a channel to the very table that it would serve. The test that
 * imports this has to take Solid's browser build, since the one for servers has no effects.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createRoot } from 'solid-js';
import { vi } from 'vitest';
import { type Port, serve } from '../../../src/engine/call.ts';
import { createRankingTable } from '../../../src/engine/ranking.ts';
import type { Address } from '../../../src/state/address.ts';
import { createSheaf, type Sheaf } from '../../../src/state/sheaf.ts';
import { startChannelWorker } from '../engine/fixtures.ts';
import { ROOT } from './command.ts';

/** Everything here is waited for, so this is only how long a failure takes: long, for machines under load. */
export const PATIENCE_MS = 100_000;

export interface Page {
  readonly sheaf: Sheaf;
  /** Ids of the papers as the list shows them, once `settled` says that it is the answer to this. */
  show(address: Partial<Address>, settled: () => boolean): Promise<readonly string[]>;
  close(): void;
}

/** Starts the page and waits until it searches by meaning with the model that it climbs to. */
export async function openPage(): Promise<Page> {
  const { base, close } = await serveSite();
  vi.stubGlobal('location', { hash: '', reload() {} });
  vi.stubGlobal('history', { state: null, pushState() {}, replaceState() {} });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  function startWorker(url: URL) {
    return url.pathname.includes('ranking') ? startRanking() : startChannelWorker();
  }
  // In Node the runtime sets a Worker of its own when it starts: the second model would get that one.
  Object.defineProperty(globalThis, 'Worker', { configurable: true, get: () => startWorker, set() {} });
  const [first, dispose] = createRoot((dispose) => [createSheaf(base), dispose] as const);
  const second = await vi.waitUntil(() => first.second(), { timeout: PATIENCE_MS });
  const sheaf: Sheaf = { ...first, ...second };
  await vi.waitFor(
    () => {
      const { phase } = sheaf.meaning.status();
      if (
        phase !== 'on' ||
        !sheaf.meaning.settled() ||
        !sheaf.topics.list().every(({ id }) => sheaf.topics.scores(id)?.evidence === 'both')
      )
        throw new Error(`${phase}: ${sheaf.notices.shown().map(({ text }) => text)}`);
    },
    { timeout: PATIENCE_MS, interval: 20 },
  );
  // Answers come in the order of the questions: behind these the topics too are those of the last model.
  await sheaf.meaning.embedQuery('anything');
  await sheaf.ranker.paperCount();
  return {
    sheaf,
    async show(address, settled) {
      sheaf.bar.go({ place: { kind: 'all' }, query: '', ...address });
      await vi.waitFor(() => {
        if (!settled()) throw new Error('the list is still of another question');
      }, PATIENCE_MS);
      return sheaf.listing.rows().flatMap((row) => (row.kind === 'paper' ? [row.paper.id] : []));
    },
    close() {
      dispose();
      close();
      vi.unstubAllGlobals();
      Reflect.deleteProperty(globalThis, 'Worker');
    },
  };
}

function startRanking(): Port & { terminate(): void } {
  const { port1, port2 } = new MessageChannel();
  serve(port2 as unknown as Port, createRankingTable());
  return Object.assign(port1 as unknown as Port, { terminate: () => port1.close() });
}

/** `public/` at the root, as a build has it, and the models beside it. */
async function serveSite(): Promise<{ base: string; close(): void }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    try {
      response.end(readFileSync(join(ROOT, path.startsWith('/models/') ? '' : 'public', path)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close };
}
