import { For } from 'solid-js';
import { onMac, showKey } from './showKey.ts';

/** Keys, as keyboards name them. */
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
