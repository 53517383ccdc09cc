import { For } from 'solid-js';
import { texts } from '../texts/texts.ts';

/** What this is. */
export function Introduction() {
  return (
    <>
      <p class="lead">{texts.about.lead}</p>
      <ul class="plain">
        <For each={texts.about.points}>{(point) => <li>{point}</li>}</For>
      </ul>
    </>
  );
}
