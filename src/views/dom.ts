/*
 * What the built site has in the place of `solid-js/web` (see vite.config.ts): the same, where browsers enforce
 * Trusted Types. The page's policy (offline/policy.ts) then refuses every string that would be read as HTML, but
 * what passes through here.
 */
import { template as plainTemplate } from 'solid-js/web';

export * from 'solid-js/web';

/** The part of the Trusted Types API that is used; TypeScript's DOM has none yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(text: string): string },
  ): { createHTML(text: string): string };
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

/** Known to this module alone: only what the compiler wrote, and no text of a paper, becomes HTML. */
const templates = trustedTypes?.createPolicy('sheaf-templates', { createHTML: (text) => text });

/** Solid's own, for the constant HTML that its compiler takes out of JSX. */
export const template: typeof plainTemplate = (html, ...rest) =>
  plainTemplate(templates ? templates.createHTML(html) : html, ...rest);
