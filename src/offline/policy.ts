/*
 * What pages and workers of Sheaf may do, in one place: the build writes the
 * page's policy into index.html, the local server and the service worker send
 * all of it as headers.
 */

/** What pages and workers have in common. */
const COMMON = [
  "default-src 'none'",
  // WebAssembly is compiled, nothing is evaluated.
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  // No text becomes HTML or the address of a script but by the policies that are named.
  "require-trusted-types-for 'script'",
];

const PAGE = [
  ...COMMON,
  // views/dom.ts makes the one, own-scripts.ts the other.
  'trusted-types sheaf-templates default',
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  // A page asks nobody but the site it came from, and the host of Daily Papers when a button is pressed that names it.
  "connect-src 'self' https://huggingface.co",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "object-src 'none'",
];

/**
 * Three workers may fetch from a host that the reader has said yes to, or from their own machine: the model's, and
 * those that fetch a list or parts of a large one. They have no page to read and nothing of the library to tell.
 */
const NAMED_HOSTS = [
  ...COMMON,
  // engine/own-scripts.ts makes it.
  'trusted-types default',
  "connect-src 'self' https: http://127.0.0.1:* http://localhost:*",
];
/** All others ask nobody else. */
const WORKER = [...COMMON, "trusted-types 'none'", "connect-src 'self'"];

/** For the meta tag of index.html, where `frame-ancestors` means nothing. */
export const PAGE_POLICY = PAGE.join('; ');

/** Threads need shared memory, which browsers give to isolated pages only. */
export const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const EVERYWHERE = {
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Headers for a file of the site, by its path inside it. Scripts get the workers'
 * policy: a page takes no notice of the headers of its scripts, a worker of no others.
 */
export function headersFor(path: string): Readonly<Record<string, string>> {
  if (path === '' || path.endsWith('/') || path.endsWith('.html')) {
    const policy = `${PAGE_POLICY}; frame-ancestors 'none'`;
    return {
      ...EVERYWHERE,
      ...ISOLATION,
      'Content-Security-Policy': policy,
      'Referrer-Policy': 'no-referrer',
    };
  }
  if (/\.m?js$/.test(path)) {
    const policy = /(?:^|\/)(?:model|list|corpus)\.worker[\w.-]*$/.test(path) ? NAMED_HOSTS : WORKER;
    return { ...EVERYWHERE, ...ISOLATION, 'Content-Security-Policy': policy.join('; ') };
  }
  return EVERYWHERE;
}
