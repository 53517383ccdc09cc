import { SourceError } from './result.ts';

/** The most that is read of one answer, bytes: a list of a hundred thousand papers has some 200 million. */
export const MOST_OF_OWN_SITE = 200_000_000;
/** Of a host that the reader or a link has named. */
export const MOST_OF_OTHERS = 100_000_000;

/** The text of an answer; undefined where it is longer than that, and the rest is not waited for. */
export async function readBody(response: Response, mostBytes: number): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let bytes = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    bytes += next.value.byteLength;
    if (bytes > mostBytes) {
      void reader.cancel().catch(() => {});
      return undefined;
    }
    parts.push(decoder.decode(next.value, { stream: true }));
  }
  return parts.join('') + decoder.decode();
}

/**
 * The text of a file that the reader has chosen.
 * @throws {SourceError} when there is more of it than a page can hold, or it is gone.
 */
export async function readFile(file: Blob): Promise<string> {
  if (file.size > MOST_OF_OWN_SITE)
    throw new SourceError(
      `This file has more than ${megabytes(MOST_OF_OWN_SITE)}: so much is not read at once.`,
    );
  try {
    return await file.text();
  } catch {
    throw new SourceError(
      'This file could not be read: it may have been moved or changed since it was chosen.',
    );
  }
}

/** `100 MB`, in sentences. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
