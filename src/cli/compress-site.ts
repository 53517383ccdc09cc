import { createHash } from 'node:crypto';
import { access, copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What hosts look for beside a file: nginx, Caddy and others send it to whoever takes it. */
export const ENCODINGS = { br: '.br', gzip: '.gz' } as const;
export type Encoding = keyof typeof ENCODINGS;

export const isCompressed = (path: string): boolean => /\.(?:br|gz)$/.test(path);

/** Weights, vectors, fonts and pictures have no more to give: a quantized model loses 6 % of its size. */
const WORTH_IT = /\.(?:html|m?js|css|json|svg|webmanifest|wasm|xml|atom)$/;
/** Smaller ones fit into a packet or two anyway. */
const LEAST_BYTES = 1_024;
/** From here on Brotli's last levels take minutes: the ninth leaves 19 % of the runtime, the tenth 17 % at five times the time. */
const LARGE_BYTES = 2_000_000;
const LARGE_QUALITY = 9;
/** Large files are compressed once, and again only when they are others. */
const CACHE = process.env.SHEAF_CACHE ?? join(import.meta.dirname, '../../node_modules/.cache/sheaf');

/** Writes beside each file of a site that is worth it what it is in fewer bytes. The same bytes each time, with one version of Node. */
export async function compressSite(directory: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    if (!WORTH_IT.test(path)) continue;
    const bytes = await readFile(join(directory, path));
    for (const encoding of Object.keys(ENCODINGS) as Encoding[]) {
      const target = join(directory, path + ENCODINGS[encoding]);
      // What was copied from another site may be of another list.
      await rm(target, { force: true });
      if (bytes.length < LEAST_BYTES) continue;
      if (bytes.length < LARGE_BYTES) await writeFile(target, await compress(bytes, encoding));
      else await copyFile(await compressOnce(bytes, encoding), target);
    }
  }
}

/** The file in the cache that holds it. */
async function compressOnce(bytes: Buffer, encoding: Encoding): Promise<string> {
  // Another version of the compressor may find other bytes for the same.
  const { brotli, zlib } = process.versions;
  const how = JSON.stringify([brotli, zlib, LARGE_QUALITY]);
  const sum = createHash('sha256').update(how).update(bytes).digest('hex');
  const kept = join(CACHE, sum + ENCODINGS[encoding]);
  const isKept = await access(kept).then(
    () => true,
    () => false,
  );
  if (isKept) return kept;
  await mkdir(CACHE, { recursive: true });
  // Two builds may run at once: neither sees half of it.
  const draft = `${kept}.${process.pid}`;
  await writeFile(draft, await compress(bytes, encoding));
  await rename(draft, kept);
  return kept;
}

function compress(bytes: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION });
  const quality = bytes.length < LARGE_BYTES ? constants.BROTLI_MAX_QUALITY : LARGE_QUALITY;
  return promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      // A browser gives a stream no larger window.
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    },
  });
}
