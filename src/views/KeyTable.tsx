import { For } from 'solid-js';
import { COMMANDS } from './commands.ts';
import { Keys } from './Keys.tsx';

/** Every command that has a key. */
export function KeyTable() {
  return (
    <dl>
      <For each={COMMANDS.filter(({ keys }) => keys.length > 0)}>
        {(command) => (
          <>
            <dt>
              <Keys of={command.keys} />
            </dt>
            <dd>{command.name}</dd>
          </>
        )}
      </For>
    </dl>
  );
}
