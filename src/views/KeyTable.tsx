import { For } from 'solid-js';
import { COMMANDS, showKey } from './commands.ts';

/** Whether this keyboard has a Command key. */
export const onMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

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

export function Keys(props: { of: readonly string[] }) {
  return (
    <For each={props.of}>
      {(key, at) => (
        <>
          {at() > 0 ? ' ' : ''}
          <kbd>{showKey(key, onMac())}</kbd>
        </>
      )}
    </For>
  );
}
