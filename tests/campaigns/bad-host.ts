/** A host that fails as real ones do: it serves one file, and counts what it sends twice. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of one answer; `at` is a byte of the file. */
export type Fault =
  | { readonly kind: 'cut' | 'flipped' | 'stalled' | 'short'; readonly at: number }
  | { readonly kind: 'refused'; readonly status: 416 | 500 | 503 }
  | { readonly kind: 'elsewhere' };

export interface BadHost {
  readonly url: string;
  /** Bytes that went out more than once, since the last `prepare`. */
  again(): number;
  sent(): number;
  /** What becomes of the next answers, one each; then all are good. */
  prepare(file: Buffer, faults: readonly Fault[], ranges: boolean): void;
  close(): void;
}

export async function startBadHost(): Promise<BadHost> {
  let file: Buffer = Buffer.alloc(0);
  let ranges = true;
  let faults: Fault[] = [];
  let out: Uint8Array = new Uint8Array(0);
  let again = 0;
  let sent = 0;

  const write = async (response: ServerResponse, start: number, end: number, flipped?: number) => {
    const STEP = 65_536;
    for (let at = start; at < end; at += STEP) {
      const piece = Buffer.from(file.subarray(at, Math.min(end, at + STEP)));
      if (flipped !== undefined && flipped >= at && flipped < at + piece.length)
        piece[flipped - at] = (piece[flipped - at] as number) ^ 1;
      for (let byte = at; byte < at + piece.length; byte++) {
        if (out[byte]) again++;
        out[byte] = 1;
      }
      sent += piece.length;
      if (!(await new Promise((resolve) => response.write(piece, (error) => resolve(!error))))) return;
    }
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Expose-Headers', 'Content-Range');
    const range = ranges ? /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') : null;
    const start = Number(range?.[1] ?? 0);
    const end = Math.min(file.length, Number(range?.[2] ?? file.length - 1) + 1);
    // One that is of no use for this answer waits for the next.
    const fault = faults[0];
    const fits =
      fault &&
      (!('at' in fault) || (fault.at >= start && fault.at < end)) &&
      (fault.kind !== 'elsewhere' || range);
    if (fits) faults.shift();
    const now = fits ? fault : undefined;
    if (now?.kind === 'refused') return void response.writeHead(now.status).end('no');
    const claimed = now?.kind === 'elsewhere' ? start + 1 : start;
    const upTo = now && now.kind !== 'flipped' && 'at' in now ? now.at : end;
    response.writeHead(range ? 206 : 200, {
      'Content-Length': now?.kind === 'short' ? upTo - start : end - start,
      ...(range && { 'Content-Range': `bytes ${claimed}-${end - 1}/${file.length}` }),
    });
    response.flushHeaders();
    await write(response, start, upTo, now?.kind === 'flipped' ? now.at : undefined);
    if (now?.kind === 'stalled') return;
    // What was written is on its way before the cut.
    if (now?.kind === 'cut') setTimeout(() => response.destroy(), 20);
    else response.end();
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`,
    again: () => again,
    sent: () => sent,
    prepare(next, planned, withRanges) {
      file = next;
      faults = [...planned];
      ranges = withRanges;
      out = new Uint8Array(next.length);
      again = sent = 0;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
