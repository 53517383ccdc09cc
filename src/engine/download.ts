import type { ModelFile } from './contract.ts';
import { EngineError, formatBytes } from './error.ts';
import { type FetchOptions, fetchParts } from './fetch-parts.ts';
import { findFile, type ModelOrigin, urlOf } from './origin.ts';
import { badStatus, request } from './request.ts';
import { sumOf } from './sum.ts';

/** Bytes of a model so far, over all its files. */
export interface DownloadProgress {
  readonly done: number;
  /** 0 where no size is known. */
  readonly total: number;
  readonly file: string;
}

/**
 * Reads one file of a model whole and checks it: nothing that is not what was promised comes back. One whose size
 * and sum are known goes on after a cut.
 * @throws {EngineError} naming the file, what is wrong and what to do; the signal's reason when stopped.
 */
export async function readModelFile(
  origin: ModelOrigin,
  file: ModelFile,
  options: FetchOptions = {},
): Promise<ArrayBuffer> {
  const fetched = origin.kind === 'site' || origin.kind === 'hub';
  if (fetched && file.bytes > 0 && file.sha256)
    return await readInParts(urlOf(origin, file.path), file, options);
  const { signal, onBytes = () => {} } = options;
  const { stream, bytes: announced } = await openModelFile(origin, file.path, signal);
  const promised = file.bytes > 0 ? file.bytes : announced;
  const bytes = await readStream(stream, file.path, promised, signal, onBytes);
  await checkModelFile(bytes, { ...file, bytes: promised }, origin.kind === 'files' ? 'picked' : 'fetched');
  return bytes;
}

/** Also for what else has a size and a sum, such as the runtime. */
export async function readInParts(url: string, file: ModelFile, options: FetchOptions): Promise<ArrayBuffer> {
  try {
    const { bytes, failure } = await fetchParts(url, file, options);
    if (failure) throw failure;
    await checkModelFile(bytes, file);
    return bytes;
  } catch (error) {
    throw error instanceof RangeError ? outOfMemory(file.path) : error;
  }
}

interface Opened {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** 0 where it is not told. */
  readonly bytes: number;
}

async function openModelFile(origin: ModelOrigin, path: string, signal?: AbortSignal): Promise<Opened> {
  if (origin.kind === 'files') return openPicked(origin.files, path);
  if (origin.kind !== 'kept') return await openUrl(urlOf(origin, path), path, signal);
  throw new EngineError('missing', `${path} is no longer kept on this device. Pick the model's files again.`);
}

function openPicked(files: readonly File[], path: string): Opened {
  const file = findFile(files, path);
  if (!file) {
    throw new EngineError('missing', `${path} is not among the picked files. Pick the whole model folder.`);
  }
  return { stream: file.stream(), bytes: file.size };
}

async function openUrl(url: string, path: string, signal?: AbortSignal): Promise<Opened> {
  const response = await request(url, signal);
  if (!response.ok || !response.body) throw badStatus(response.status, path, url);
  // Of a packed answer the length is that of the package; and of another host the header that tells is hidden.
  const plain = !response.headers.has('content-encoding') && response.type !== 'cors';
  const bytes = plain ? Number(response.headers.get('content-length') ?? 0) : 0;
  return { stream: response.body, bytes };
}

async function readStream(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  path: string,
  promised: number,
  signal: AbortSignal | undefined,
  onBytes: (loaded: number) => void,
): Promise<ArrayBuffer> {
  const reader = stream.getReader();
  const stop = (): void => void reader.cancel(signal?.reason).catch(() => {});
  signal?.addEventListener('abort', stop);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let loaded = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) break;
      chunks.push(value);
      loaded += value.length;
      onBytes(loaded);
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof RangeError) throw outOfMemory(path);
    throw cutShort(path, loaded, promised);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  return join(chunks, loaded, path);
}

function join(chunks: readonly Uint8Array[], length: number, path: string): ArrayBuffer {
  try {
    const whole = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole.buffer;
  } catch {
    throw outOfMemory(path);
  }
}

function outOfMemory(path: string): EngineError {
  return new EngineError(
    'memory',
    `${path} does not fit into memory. Close other tabs, or choose a smaller model.`,
  );
}

function cutShort(path: string, loaded: number, promised: number): EngineError {
  const of = promised > 0 ? ` of ${formatBytes(promised)}` : '';
  return new EngineError(
    'cut-short',
    `${path} ended after ${formatBytes(loaded)}${of}. Check the connection and try again.`,
  );
}

/**
 * Checks bytes against what the contract says. A size or sum that is wrong is explained by what came
 * instead, since a runtime would only say that it cannot parse it.
 * @throws {EngineError}
 */
export async function checkModelFile(
  bytes: ArrayBuffer,
  { path, bytes: promised, sha256 }: ModelFile,
  from: 'fetched' | 'picked' = 'fetched',
): Promise<void> {
  const again =
    from === 'picked'
      ? 'Pick the files again from a whole download.'
      : 'Try again; if it stays so, choose another model.';
  const rightSize = promised <= 0 || bytes.byteLength === promised;
  const sum = rightSize && sha256 ? await sumOf(bytes) : undefined;
  // Where the page is not secure there is no crypto.subtle, and the size has to do.
  if (rightSize && sum !== undefined && sum === sha256) return;
  const impostor = nameImpostor(bytes, path);
  if (impostor) {
    const code = impostor === 'a web page' ? 'web-page' : 'pointer';
    throw new EngineError(code, `${path} is ${impostor}, not the file itself. ${again}`);
  }
  if (bytes.byteLength < promised) throw cutShort(path, bytes.byteLength, promised);
  if (!rightSize) {
    throw new EngineError(
      'checksum',
      `${path} has ${bytes.byteLength} bytes and should have ${promised}. ${again}`,
    );
  }
  if (bytes.byteLength === 0) throw new EngineError('cut-short', `${path} is empty. ${again}`);
  if (sum !== undefined) {
    throw new EngineError(
      'checksum',
      `${path} is not the file that was promised: its checksum differs. ${again}`,
    );
  }
}

const IMPOSTOR_BYTES = 256;

/** What came in a file's place, when its first bytes tell. */
function nameImpostor(bytes: ArrayBuffer, path: string): string | undefined {
  const start = new Uint8Array(bytes, 0, Math.min(IMPOSTOR_BYTES, bytes.byteLength));
  const text = new TextDecoder().decode(start).trimStart();
  if (/^<(!doctype|html|head|body|\?xml|!--)/i.test(text)) return 'a web page';
  if (text.startsWith('version https://git-lfs')) return 'a Git LFS pointer';
  // No JSON file and no ONNX graph begins with these; a file of plain numbers might.
  if (text.startsWith('<') && /\.(json|onnx)$/.test(path)) return 'a web page';
  if (text.startsWith('{') && path.endsWith('.onnx')) return 'a JSON text';
  return undefined;
}

/**
 * JSON of a small file of a model.
 * @throws {EngineError} `unreadable` naming the file.
 */
export function parseJson(bytes: ArrayBuffer, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new EngineError('unreadable', `${path} is not JSON. Choose another model.`);
  }
}
