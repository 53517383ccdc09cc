/*
 * Files in the origin-private file system, which damage to IndexedDB leaves alone. All of these functions throw where
 * the browser has no such files, or no room.
 */

export async function openFolder(name: string, create: boolean): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(name, { create });
}

/**
 * A folder that may not be there; undefined, too, where the browser has no such files at all.
 * @throws where it may be there and does not open now.
 */
export async function findFolder(name: string): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    return await openFolder(name, false);
  } catch (error) {
    // TypeError: an old browser; SecurityError: one that keeps nothing.
    if (['NotFoundError', 'TypeError', 'SecurityError'].includes((error as Error).name)) return undefined;
    throw error;
  }
}

/** Writes a text behind its own checksum. */
export async function writeWhole(
  folder: FileSystemDirectoryHandle,
  name: string,
  text: string,
): Promise<void> {
  const body = new TextEncoder().encode(text);
  try {
    const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
    // The file is replaced when it is closed, so half of it is never seen.
    await file.write(`${await sha256(body)}\n`);
    await file.write(body);
    await file.close();
  } catch (error) {
    // An empty one is there before it is written.
    await folder.removeEntry(name).catch(() => undefined);
    throw error;
  }
}

/** @throws when it is not as it was written. */
export async function readWhole(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  const bytes = await (await (await folder.getFileHandle(name)).getFile()).arrayBuffer();
  const end = new Uint8Array(bytes).indexOf(0x0a);
  const body = bytes.slice(end + 1);
  const promised = new TextDecoder().decode(bytes.slice(0, end));
  if ((await sha256(body)) !== promised) throw new Error('not whole');
  return new TextDecoder().decode(body);
}

/** Of bytes, hexadecimal. */
export async function sha256(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
