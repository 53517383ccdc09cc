import { Show } from 'solid-js';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';
import { MenuIcon, SearchIcon } from './icons.tsx';

/** One field that is always there; typing is one step of the history. */
export function SearchField(props: { onMenu: () => void; field: (element: HTMLInputElement) => void }) {
  const { bar, library, second } = useFirst();
  const query = () => bar.address().query;
  /** Also what waits for the code that searches. */
  const pending = () => second()?.search.pending() ?? query().trim() !== '';
  const type = (text: string) => {
    // The first letter is a step, so that Back leaves the search; further ones replace it.
    const { place, page } = bar.address();
    const within = place.kind === 'similar' ? ({ kind: 'all' } as const) : place;
    // The map shows what is found; other pages make room for it.
    bar.go(
      { place: within, query: text, page: page === 'map' ? page : undefined },
      { replace: query() !== '' },
    );
  };
  return (
    <search class="find-field">
      <button
        type="button"
        class="menu-button"
        aria-label={texts.shell.thumb.menu}
        onClick={() => props.onMenu()}
      >
        <MenuIcon />
      </button>
      <SearchIcon />
      <input
        ref={(element) => props.field(element)}
        type="search"
        name="q"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        dir="auto"
        placeholder={texts.list.search.placeholder}
        aria-label={texts.list.search.name}
        aria-busy={pending() && library.papers().length > 0}
        value={query()}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          if (query()) bar.go({ query: '' });
          // Keys pressed now are for the list.
          event.currentTarget.blur();
        }}
      />
      <Show when={query()} fallback={<kbd>/</kbd>}>
        <button
          type="button"
          class="clear-button"
          aria-label={texts.list.search.clear}
          onClick={(event) => {
            const field = event.currentTarget.parentElement?.querySelector('input');
            bar.go({ query: '' });
            field?.focus();
          }}
        >
          ×
        </button>
      </Show>
    </search>
  );
}
