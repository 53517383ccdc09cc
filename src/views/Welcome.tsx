import { createEffect } from 'solid-js';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';
import { Introduction } from './Introduction.tsx';

/** What stands in the paper's place before one is open: within ten seconds, what this is. */
export function Welcome() {
  const { bar, site } = useFirst();
  createEffect(() => {
    document.title = site.name;
  });
  return (
    <div class="pages welcome">
      <h1>{texts.about.welcome.title}</h1>
      <Introduction />
      {site.questions.length > 0 && (
        <>
          <h2>{texts.about.welcome.try}</h2>
          <ul>
            {site.questions.map((question) => (
              <li>
                <a class="link" href={bar.link({ place: { kind: 'all' }, query: question })}>
                  {question}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="quiet">
        <kbd>/</kbd>
        {texts.about.welcome.keys.search}
        <kbd>j</kbd>
        {texts.about.welcome.keys.and}
        <kbd>k</kbd>
        {texts.about.welcome.keys.walk}
        <kbd>?</kbd>
        {texts.about.welcome.keys.all}
      </p>
    </div>
  );
}
