import { For } from 'solid-js';
import { useSheaf } from './context.ts';
import { TRY } from './Welcome.tsx';

/** On a phone nothing stands beside the list: what this is stands above it, until it is put away. */
export function Intro(props: { onDismiss: () => void }) {
  const { bar } = useSheaf();
  return (
    <section class="intro" aria-label="What this is">
      <p>
        A paper reader that thinks inside your browser. Ask in your own words and get the papers that mean
        that; nothing you read or ask is sent.
      </p>
      <ul>
        <For each={TRY}>
          {(question) => (
            <li>
              <a class="link" href={bar.link({ place: { kind: 'all' }, query: question })}>
                {question}
              </a>
            </li>
          )}
        </For>
      </ul>
      <button type="button" class="button" onClick={() => props.onDismiss()}>
        Got it
      </button>
    </section>
  );
}
