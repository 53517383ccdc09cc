import './thumb.css';
import { texts } from '../texts/texts.ts';
import { CommandIcon, MenuIcon, SearchIcon } from './icons.tsx';

/** On a phone: what stands at the top of the screen elsewhere, at the bottom, where a thumb is. */
export function ThumbBar(props: { onMenu: () => void; onSearch: () => void; onCommands: () => void }) {
  const { thumb } = texts.shell;
  return (
    <nav class="thumb-bar" aria-label={thumb.name}>
      <button type="button" aria-label={thumb.menu} onClick={() => props.onMenu()}>
        <MenuIcon />
        <span aria-hidden="true">{thumb.menu.split(' ')[0]}</span>
      </button>
      <button type="button" onClick={() => props.onSearch()}>
        <SearchIcon />
        {thumb.search}
      </button>
      <button type="button" onClick={() => props.onCommands()}>
        <CommandIcon />
        {thumb.commands}
      </button>
    </nav>
  );
}
