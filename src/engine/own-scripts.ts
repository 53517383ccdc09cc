/** The part of the Trusted Types API that is used; TypeScript's own library has none yet. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
}

/** In a worker: the runtime may start its threads from files beside this script, and from nowhere else. */
export function allowOwnScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createScriptURL(address) {
      const beside = new URL('./', self.location.href).href;
      const { href } = new URL(address, beside);
      if (href.startsWith(beside)) return href;
      throw new TypeError(`Sheaf starts no script from ${href}`);
    },
  });
}
