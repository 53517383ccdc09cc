/** The part of the Trusted Types API that is used; TypeScript's DOM has none yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
}

let allowed = false;

/**
 * Where browsers enforce Trusted Types: lets workers and the service worker start from files of this site, and from
 * nowhere else. Once a page; the model's worker has the like for its threads (engine/own-scripts.ts).
 */
export function allowOwnScripts(): void {
  if (allowed) return;
  allowed = true;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createScriptURL(address) {
      const site = new URL('./', document.baseURI).href;
      const { href } = new URL(address, site);
      if (href.startsWith(site)) return href;
      throw new TypeError(`Sheaf starts no script from ${href}`);
    },
  });
}
