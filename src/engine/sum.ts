/** Lower-case hex SHA-256, or undefined where the page is not secure and cannot sum. */
export async function sumOf(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  if (!globalThis.crypto?.subtle) return undefined;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
