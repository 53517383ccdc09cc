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

/** `100 MB`, in sentences. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1_000_000)} MB`;
}
