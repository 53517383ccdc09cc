/** The real runtime and the real model, as Node has them. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { nodeRuntime } from '../../../src/cli/node-runtime.ts';
import type { Port } from '../../../src/engine/call.ts';
import { serve } from '../../../src/engine/call.ts';
import { checkContract } from '../../../src/engine/check-contract.ts';
import type { ModelContract } from '../../../src/engine/contract.ts';
import { createEncoder, type OpenRequest } from '../../../src/engine/encoder.ts';
import { EngineError } from '../../../src/engine/error.ts';
import { QUICK_MODEL, SITE_MODEL } from '../../../src/engine/origin.ts';
import { createRandom } from '../../../src/vector/random.ts';

export { nodeRuntime };

const folderOf = (model: string) => fileURLToPath(new URL(`../../../models/${model}/`, import.meta.url));
export const modelFolder = folderOf(SITE_MODEL);

export function readContractFile(model: string = SITE_MODEL): ModelContract {
  return checkContract(JSON.parse(readFileSync(`${folderOf(model)}sheaf.json`, 'utf8')), 'sheaf.json');
}

export function readBytes(path: string, model: string = SITE_MODEL): ArrayBuffer {
  return Uint8Array.from(readFileSync(folderOf(model) + path)).buffer;
}

const WORDS =
  'the a model of splatting gaussian compact 3D GPT-4o naïve Ωmega training, (fields) networks 0.5%'.split(
    ' ',
  );

/** Texts of words drawn at random, each of so many words more than the one before; the first has one. */
export function makeUpTexts(count: number, step: number): string[] {
  const random = createRandom(7);
  return Array.from({ length: count }, (_, at) =>
    Array.from({ length: 1 + at * step }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' '),
  );
}

/** What an EngineError says of its kind; `none` where nothing is thrown. */
export function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof EngineError) return error.code;
    throw error;
  }
  return 'none';
}

/** The model folder as the reader would pick it. */
export function pickFolder(name: string = SITE_MODEL, replaced: Record<string, BlobPart> = {}): File[] {
  const model = name === QUICK_MODEL ? QUICK_MODEL : SITE_MODEL;
  const paths = [...readContractFile(model).files.map((file) => file.path), 'sheaf.json'];
  return paths.map((path) => {
    const file = new File([replaced[path] ?? readBytes(path, model)], path.slice(path.lastIndexOf('/') + 1));
    Object.defineProperty(file, 'webkitRelativePath', { value: `${name}/${path}` });
    return file;
  });
}

/** Opens the real model from its files. */
export function requestOf(more: Partial<OpenRequest> = {}): OpenRequest {
  const contract = more.contract ?? readContractFile();
  return {
    origin: { kind: 'files', files: pickFolder() },
    contract,
    device: 'wasm',
    threads: 1,
    cached: new Map(),
    ...more,
  };
}

/** A worker in all but the thread: the real encoder behind a real channel. */
export function startChannelWorker(): Port & { terminate(): void } {
  const { port1, port2 } = new MessageChannel();
  serve(port2 as unknown as Port, createEncoder(nodeRuntime));
  const port = port1 as unknown as MessagePort;
  return Object.assign(port as unknown as Port, { terminate: () => port.close() });
}

export interface ServedFolder {
  readonly base: string;
  close(): void;
}

/** The model folder as a site serves it: Node cannot send a File through a channel. */
export async function serveFolder(replaced: Record<string, string> = {}): Promise<ServedFolder> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1);
    try {
      response.end(replaced[path] ?? readFileSync(modelFolder + path));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { base, close };
}
