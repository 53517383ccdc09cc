import { createEffect, onCleanup } from 'solid-js';
import { citationMeta, coinsOf } from '../export/coins.ts';
import type { Paper } from '../paper/paper.ts';

/**
 * Tells reference managers in the browser, such as Zotero, of the open paper: as COinS in its place, and as
 * `citation_…` in the head of the page, which go when the paper is closed.
 */
export function Cited(props: { paper: Paper }) {
  createEffect(() => {
    const tags = citationMeta(props.paper).map(([name, content]) =>
      Object.assign(document.createElement('meta'), { name, content }),
    );
    document.head.append(...tags);
    // Zotero looks once when a page has loaded, and again when a page that changes itself says so.
    document.dispatchEvent(new Event('ZoteroItemUpdated', { bubbles: true, cancelable: true }));
    onCleanup(() => {
      for (const tag of tags) tag.remove();
    });
  });
  return <span class="Z3988" title={coinsOf(props.paper)} aria-hidden="true" />;
}
