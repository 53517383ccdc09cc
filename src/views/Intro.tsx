import { For } from 'solid-js';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';

/** On a phone nothing stands beside the list: what this is stands above it, until it is put away. */
export function Intro(props: { onDismiss: () => void }) {
  const { bar, site } = useFirst();
  return (
    <section class="intro" aria-label={texts.about.intro.name}>
      <p>{texts.about.intro.lead}</p>
      <ul hidden={site.questions.length === 0}>
        <For each={site.questions}>
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
        {texts.about.intro.dismiss}
      </button>
    </section>
  );
}
