import { transfer } from './call.ts';
import type { GoldenVectors, ModelContract } from './contract.ts';
import type { DeviceKind } from './device.ts';
import { checkModelFile, type DownloadProgress, readModelFile } from './download.ts';
import type { ModelOrigin } from './origin.ts';
import { PART_BYTES } from './parts.ts';

export interface OpenRequest {
  readonly origin: ModelOrigin;
  readonly contract: ModelContract;
  readonly device: DeviceKind;
  readonly threads: number;
  /** Files that are here already, by path. */
  readonly cached: ReadonlyMap<string, ArrayBuffer>;
  /** Parts of files that an earlier try has left, by path and number. */
  readonly parts?: ReadonlyMap<string, ReadonlyMap<number, ArrayBuffer>>;
  /** What another device gave, for a model that ships no golden vectors. */
  readonly golden?: GoldenVectors;
}

/** What the page wants to be told while a model is opened. */
export interface OpenEvents {
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** A part of a file that has come, to be kept. */
  readonly onPart?: ((path: string, part: number, bytes: ArrayBuffer) => void) | undefined;
  /** It goes on. */
  readonly alive?: (() => void) | undefined;
}

/** Every file of a model: cached ones where they still are what the contract says, the others fetched. */
export async function readFiles(
  { origin, contract, cached, parts }: OpenRequest,
  { onProgress, onPart, alive }: OpenEvents,
  signal: AbortSignal | undefined,
): Promise<{ files: Map<string, ArrayBuffer>; fetched: Map<string, ArrayBuffer> }> {
  const files = new Map<string, ArrayBuffer>();
  const fetched = new Map<string, ArrayBuffer>();
  const total = contract.files.reduce((sum, file) => sum + file.bytes, 0);
  let before = 0;
  // One after the other: together they would be no faster, and progress could not name the file.
  for (const file of contract.files) {
    const kept = cached.get(file.path);
    const good =
      kept &&
      (await checkModelFile(kept, file).then(
        () => true,
        () => false,
      ));
    const onBytes = (loaded: number): void => {
      alive?.();
      onProgress?.({ done: before + loaded, total, file: file.path });
    };
    const fetchIt = () =>
      readModelFile(origin, file, {
        signal,
        onBytes,
        kept: parts?.get(file.path),
        // What comes in one part is as soon fetched as kept.
        onPart:
          file.bytes > PART_BYTES
            ? (part, bytes) => onPart?.(file.path, part, transfer(bytes, [bytes]))
            : undefined,
      });
    const bytes = good ? kept : await fetchIt();
    if (!good) fetched.set(file.path, bytes);
    files.set(file.path, bytes);
    before += bytes.byteLength;
    onBytes(0);
  }
  return { files, fetched };
}
