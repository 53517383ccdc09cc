import { createEffect } from 'solid-js';
import { Introduction } from './AboutPage.tsx';
import { useSheaf } from './context.ts';

/** Questions to try: things that the words of the shipped papers do not say in this form. */
export const TRY = [
  'shrink a language model for a phone',
  'vision without attention',
  'reduce storage of splat scenes with small networks',
];

/** What stands in the paper's place before one is open: within ten seconds, what this is. */
export function Welcome() {
  const { bar, site } = useSheaf();
  createEffect(() => {
    document.title = site.name;
  });
  return (
    <div class="pages welcome">
      <h1>Papers, found by what they mean</h1>
      <Introduction />
      <h2>Try</h2>
      <ul>
        {TRY.map((question) => (
          <li>
            <a class="link" href={bar.link({ place: { kind: 'all' }, query: question })}>
              {question}
            </a>
          </li>
        ))}
      </ul>
      <p class="quiet">
        <kbd>/</kbd> searches, <kbd>j</kbd> and <kbd>k</kbd> walk the list, <kbd>?</kbd> shows all keys.
      </p>
    </div>
  );
}
