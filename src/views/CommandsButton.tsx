import { texts } from '../texts/texts.ts';
import { Keys } from './Keys.tsx';

/** Opens the palette for a hand without a keyboard, and tells the key to one with. */
export function CommandsButton(props: { onPress: () => void }) {
  return (
    <button
      type="button"
      class="place soft"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => props.onPress()}
    >
      <span class="name">{texts.shell.commands}</span>
      <span class="key" aria-hidden="true">
        <Keys of={['Mod+k']} />
      </span>
    </button>
  );
}
