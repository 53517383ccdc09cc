/** Models from a server: what is offered, and what can be wrong on the way. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readOffer } from '../../../src/engine/describe.ts';
import { readModelFile } from '../../../src/engine/download.ts';
import type { HubOrigin } from '../../../src/engine/origin.ts';
import { modelFolder, pickFolder, readBytes, readContractFile } from './fixtures.ts';

const GRAPH = 'onnx/model_quantized.onnx';
const contract = readContractFile();
const graph = contract.files.find((file) => file.path === GRAPH) as (typeof contract.files)[number];

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(answer: (path: string, request: IncomingMessage, response: ServerResponse) => void) {
  server = createServer((request, response) => answer(request.url ?? '', request, response));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const hubAt = (endpoint: string): HubOrigin => ({
  kind: 'hub',
  endpoint,
  repository: 'a/b',
  revision: 'main',
});
const siteAt = (base: string) => ({ kind: 'site' as const, base });

/** Serves the real folder in the hub's scheme. */
function serveHub(asked: string[], { tree = true, more = {} as Record<string, unknown> } = {}) {
  return (path: string, request: IncomingMessage, response: ServerResponse) => {
    asked.push(`${request.method} ${path}`);
    if (path === '/api/models/a/b/tree/main?recursive=true' && tree) {
      const entries = contract.files.map(({ path, bytes, sha256 }) => ({
        type: 'file',
        path,
        size: bytes,
        ...(path.endsWith('.onnx') && { lfs: { oid: sha256, size: bytes } }),
      }));
      const extra = Object.entries(more).map(([path, json]) => ({
        type: 'file',
        path,
        size: JSON.stringify(json).length,
      }));
      return response.end(JSON.stringify([{ type: 'directory', path: 'onnx' }, ...entries, ...extra]));
    }
    const file = path.replace('/a/b/resolve/main/', '');
    if (file in more) return response.end(JSON.stringify(more[file]));
    if (!contract.files.some((known) => known.path === file)) {
      response.statusCode = 404;
      return response.end('Entry not found');
    }
    const bytes = Buffer.from(readBytes(file));
    response.setHeader('Content-Length', bytes.length);
    return response.end(request.method === 'HEAD' ? undefined : bytes);
  };
}

describe('what a hub offers', () => {
  it('is read without the weights', async () => {
    const asked: string[] = [];
    const endpoint = await listen(serveHub(asked));
    const offer = await readOffer(hubAt(endpoint));
    expect(offer.host).toBe(new URL(endpoint).host);
    expect(offer.bytes).toBe(
      // What only our own contract tells of is not the hub's.
      contract.files.reduce((sum, { path, bytes }) => sum + (/\.(bin|graph)$/.test(path) ? 0 : bytes), 0),
    );
    expect(offer.contract.id).toMatch(/^a\/b@main\/onnx\/model_quantized\.onnx#[\da-f]{16}$/);
    expect(offer.contract).toMatchObject({
      dimensions: 256,
      maximumTokens: 512,
      pooling: 'mean',
      queryPrefix: '',
    });
    // A hub states no sums of parts.
    expect(offer.contract.files).toContainEqual({ path: GRAPH, bytes: graph.bytes, sha256: graph.sha256 });
    expect(asked.filter((line) => line.includes('.onnx'))).toEqual([]);
  });

  it('takes pooling and prompts from where sentence-transformers keeps them', async () => {
    const more = {
      '1_Pooling/config.json': { pooling_mode_cls_token: true },
      'config_sentence_transformers.json': { prompts: { query: 'query: ', document: 'passage: ' } },
    };
    const endpoint = await listen(serveHub([], { more }));
    const offer = await readOffer(hubAt(endpoint));
    expect(offer.contract).toMatchObject({
      pooling: 'cls',
      queryPrefix: 'query: ',
      documentPrefix: 'passage: ',
    });
  });

  it('is found file by file where there is no list', async () => {
    const asked: string[] = [];
    const endpoint = await listen(serveHub(asked, { tree: false }));
    const offer = await readOffer(hubAt(endpoint));
    expect(offer.contract.files).toContainEqual({ path: GRAPH, bytes: graph.bytes });
    expect(asked.filter((line) => line.startsWith('GET') && line.includes('.onnx'))).toEqual([]);
  });

  it('is refused where it is not public, and where nobody answers', async () => {
    const endpoint = await listen((_path, _request, response) => {
      response.statusCode = 401;
      response.end();
    });
    await expect(readOffer(hubAt(endpoint))).rejects.toThrow('does not give a/b to everyone (status 401)');
    server?.closeAllConnections();
    await new Promise((resolve) => server?.close(resolve));
    await expect(readOffer(hubAt(endpoint))).rejects.toThrow(
      `${new URL(endpoint).host} does not answer. Check the connection and try again.`,
    );
  });
});

describe('what picked files offer', () => {
  it('is told by their content: the same weights are the same model', async () => {
    const one = await readOffer({ kind: 'files', files: pickFolder('first') });
    const other = await readOffer({ kind: 'files', files: pickFolder('second') });
    expect(one.contract.name).toBe('first');
    expect(one.contract.id).toBe(other.contract.id);
    expect(one.host).toBe(null);
  });

  it('is another model with another tokenizer, whatever its weights', async () => {
    const tokenizer = { 'tokenizer.json': '{"model":{"type":"Unigram"}}' };
    const one = await readOffer({ kind: 'files', files: pickFolder('same') });
    const other = await readOffer({ kind: 'files', files: pickFolder('same', tokenizer) });
    expect(one.contract.id).not.toBe(other.contract.id);
  });

  it('names what is missing', async () => {
    const files = pickFolder().filter((file) => file.name !== 'config.json');
    await expect(readOffer({ kind: 'files', files })).rejects.toThrow(
      'The picked files hold no config.json.',
    );
    await expect(readOffer({ kind: 'files', files: [] })).rejects.toThrow(
      'The picked files hold no ONNX weights',
    );
  });
});

describe('the site’s own model', () => {
  it('names a web page in the place of its contract', async () => {
    const base = await listen((_path, _request, response) => response.end('<!doctype html><p>The app</p>'));
    await expect(readOffer(siteAt(base))).rejects.toThrow('sheaf.json is a web page, not the file itself.');
  });

  it('names a contract that is missing', async () => {
    const base = await listen((_path, _request, response) => {
      response.statusCode = 404;
      response.end();
    });
    await expect(readOffer(siteAt(base))).rejects.toThrow(/has no sheaf\.json for this model/);
  });
});

describe('the description of a model of the site', () => {
  const said = readFileSync(`${modelFolder}sheaf.json`);
  const sha256 = createHash('sha256').update(said).digest('hex');
  const offerFrom = async (answers: readonly (string | Buffer)[]) => {
    let asked = 0;
    const base = await listen((_path, _request, response) =>
      response.end(answers[Math.min(asked++, answers.length - 1)]),
    );
    const offer = await readOffer({ kind: 'site', base, sha256 }).catch((error) => error as Error);
    return { said: 'contract' in offer ? offer.contract.maximumTokens : offer.message, asked };
  };
  const longer = (tokens: number) =>
    said.toString().replace('"maximumTokens":512', `"maximumTokens":${tokens}`);

  it('that came wrong is fetched again', async () => {
    expect(await offerFrom([longer(513), said])).toEqual({ said: 512, asked: 2 });
  });

  it('that the site has anew is taken', async () => {
    expect(await offerFrom([longer(256)])).toEqual({ said: 256, asked: 2 });
  });

  it('that comes otherwise each time is refused', async () => {
    const found = await offerFrom([1, 2, 3, 4, 5, 6].map(longer));
    expect(found.said).toMatch(/^sheaf\.json is not the file that was promised/);
    expect(found.asked).toBe(4);
  });
});

describe('a download', () => {
  const bytes = Buffer.from(readBytes(GRAPH));

  it('tells its bytes as they come', async () => {
    const base = await listen((_path, _request, response) => response.end(bytes));
    const told: number[] = [];
    const read = await readModelFile(siteAt(base), graph, { onBytes: (done) => told.push(done) });
    expect(read.byteLength).toBe(graph.bytes);
    expect(told.at(-1)).toBe(graph.bytes);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it('that breaks off is told with what came', async () => {
    const base = await listen((_path, _request, response) => {
      response.setHeader('Content-Length', bytes.length);
      response.write(bytes.subarray(0, 2_000_000), () => setTimeout(() => response.destroy(), 50));
    });
    await expect(readModelFile(siteAt(base), graph)).rejects.toThrow(
      /^onnx\/model_quantized\.onnx ended after [\d.]+ (?:bytes|kB|MB) of [\d.]+ MB\. Check the connection and try again\.$/,
    );
  });

  it('of unknown size that breaks off is told too', async () => {
    const base = await listen((_path, _request, response) => {
      response.setHeader('Content-Length', 1000);
      response.write(bytes.subarray(0, 10), () => setTimeout(() => response.destroy(), 50));
    });
    await expect(readModelFile(siteAt(base), { path: GRAPH, bytes: 0 })).rejects.toMatchObject({
      code: 'cut-short',
    });
  });

  it('can be stopped, and begun again', async () => {
    let slow = true;
    const base = await listen((_path, _request, response) => {
      if (slow) response.write(bytes.subarray(0, 100_000));
      else response.end(bytes);
    });
    const stop = new AbortController();
    const running = readModelFile(siteAt(base), graph, { signal: stop.signal, onBytes: () => stop.abort() });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    slow = false;
    expect((await readModelFile(siteAt(base), graph)).byteLength).toBe(graph.bytes);
  });

  it('that is too long gives what was promised, where that is right, and is refused where nothing tells', async () => {
    const base = await listen((_path, _request, response) =>
      response.end(Buffer.concat([bytes, Buffer.alloc(3)])),
    );
    expect(Buffer.from(await readModelFile(siteAt(base), graph)).equals(bytes)).toBe(true);
    await expect(readModelFile(siteAt(base), { path: GRAPH, bytes: graph.bytes })).rejects.toThrow(
      `${GRAPH} has ${graph.bytes + 3} bytes and should have ${graph.bytes}.`,
    );
  });
});
