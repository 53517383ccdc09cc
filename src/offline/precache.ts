/** A file of the site and the checksum that it must have. */
export interface CachedFile {
  /** Inside the site: `assets/index-B2x.js`. */
  readonly path: string;
  /** `sha256-…` as in the `integrity` of a script: a body cut short is refused, not kept. */
  readonly integrity: string;
}

/** What a build tells its service worker. */
export interface Precache {
  /** Names the build: another list is another build. */
  readonly build: string;
  /** Kept at installation: everything that Sheaf needs without a network. */
  readonly files: readonly CachedFile[];
  /** Kept at first use: fonts of other scripts, the runtime for a GPU. */
  readonly later: readonly CachedFile[];
}

/** Letters that most papers are written in; other subsets of the fonts come when a paper needs them. */
const FONT_AT_ONCE = /-latin-(?!ext)[\w-]*\.woff2$/;

/** The runtimes that need a GPU or a newer browser: some 17 MB that most visits never load. */
const RUNTIME_LATER = /\/ort[\w-]*\.(?:asyncify|jsep|jspi|webgpu)[\w.-]*$/;

/**
 * When the service worker keeps a file of the built site.
 * `never`: the worker itself, the sums and the compressed files that are made after it, pictures for the browser's install dialogue, feeds, which others fetch, and vectors and models,
 * whose bytes the store holds. A model's contract is kept: it says at each start, without a network too, which bytes those are.
 */
export function whenToCache(path: string): 'at once' | 'later' | 'never' {
  if (/^models\/[^/]+\/sheaf\.json$/.test(path)) return 'at once';
  if (
    path === 'sw.js' ||
    path === 'SHA256SUMS' ||
    path.startsWith('models/') ||
    path.startsWith('screenshots/') ||
    path.startsWith('feeds/') ||
    path.startsWith('vectors/') ||
    path.startsWith('.') ||
    /\.(?:br|gz)$/.test(path)
  )
    return 'never';
  if (RUNTIME_LATER.test(path)) return 'later';
  if (path.endsWith('.woff2')) return FONT_AT_ONCE.test(path) ? 'at once' : 'later';
  return 'at once';
}

/** Names of files under `assets/` hold a hash of their content, so that a copy once checked is good for ever. */
export function isHashed(path: string): boolean {
  return path.startsWith('assets/');
}
