import { createEffect, onCleanup, onMount, untrack } from 'solid-js';
import type { Sheaf } from '../state/sheaf.ts';

interface Actions {
  focusSearch(): void;
  showKeys(): void;
  /** Closes what lies on top; true if something did. */
  closeTop(): boolean;
}

/** The whole site by keyboard. Ctrl/Cmd-F is the browser's and is left alone. */
export function bindKeys({ bar, listing, search }: Sheaf, actions: Actions): void {
  let prefix = '';
  /** Enter was pressed before the answer came: this question's best paper is opened when it does. */
  let awaited: string | undefined;

  const move = (by: number) => {
    const ids = listing.rows().flatMap((row) => (row.kind === 'paper' ? [row.paper.id] : []));
    if (ids.length === 0) return;
    const at = ids.indexOf(bar.address().paper ?? '');
    const next = ids[at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by))];
    // Walking down the list is one step of the history, not one a paper.
    bar.go({ paper: next, page: undefined }, { replace: bar.address().paper !== undefined });
  };
  const answered = () => {
    const wanted = bar.address().query.trimStart();
    return !wanted || search.ranking()?.query === wanted || !search.pending();
  };
  const toFirst = () => {
    awaited = answered() ? undefined : bar.address().query;
    if (awaited !== undefined) return;
    const first = listing.rows().find((row) => row.kind === 'paper');
    if (first?.kind === 'paper') bar.go({ paper: first.paper.id, page: undefined });
  };
  createEffect(() => {
    const ready = answered();
    const { query } = bar.address();
    if (awaited === undefined) return;
    // Another question since: whoever typed on has not asked for this one's best.
    if (awaited !== query) awaited = undefined;
    else if (ready) untrack(toFirst);
  });
  const open = () => {
    if (!bar.address().paper) move(1);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.paper h1')?.focus());
  };
  const leave = () => {
    if (actions.closeTop()) return;
    const { paper, page } = bar.address();
    if (paper || page) bar.go({ paper: undefined, page: undefined });
  };
  const plainKeys: Record<string, () => void> = {
    '/': actions.focusSearch,
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    o: open,
    Enter: open,
    Escape: leave,
    '?': actions.showKeys,
  };

  const onKey = (event: KeyboardEvent) => {
    awaited = undefined;
    // What lies over the page has its own keys: taking Esc from a dialog would keep it open.
    if (document.querySelector('dialog[open]')) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      actions.focusSearch();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    const target = event.target as HTMLElement;
    const typing = target.matches('input:not([type="radio"]), textarea, select');
    if (typing) {
      // From the field the arrows go on into the list.
      const intoList =
        target.matches('[type="search"]') && (event.key === 'ArrowDown' || event.key === 'Enter');
      if (!intoList) return;
      target.blur();
      // Enter asks for the best answer, whatever is open from before.
      if (event.key === 'Enter') toFirst();
    } else if (event.key === 'Enter' && target.closest('a, button, label')) {
      return;
    } else if (event.key.startsWith('Arrow') && target.closest('.column-paper, [type="radio"]')) {
      return;
    }
    if (prefix === 'g' && event.key === 'a') bar.go({ place: { kind: 'all' }, query: '', paper: undefined });
    else if (plainKeys[event.key]) {
      event.preventDefault();
      plainKeys[event.key]?.();
    }
    prefix = event.key === 'g' ? 'g' : '';
  };
  onMount(() => addEventListener('keydown', onKey));
  onCleanup(() => removeEventListener('keydown', onKey));
}
