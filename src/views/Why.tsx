import { For, Show } from 'solid-js';
import type { Paper } from '../paper/paper.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';

/** "Why this paper": what each of the two rankings said, and the words that matched. */
export function Why(props: { paper: Paper }) {
  const { listing, bar } = useSheaf();
  const similar = () => bar.address().place.kind === 'similar';
  const hit = () => (bar.address().query.trim() || similar() ? listing.hitOf(props.paper.id) : undefined);
  /** An identifier asks for its paper alone: nothing else was compared. */
  const named = () => hit()?.exact === 'identifier';
  const width = (strength: number) => `${Math.round(strength * 100)}%`;
  return (
    <Show when={hit()}>
      {(found) => (
        <section class="reasons">
          <h2>{laterTexts.paper.why.heading}</h2>
          <ul class="why">
            <Show when={found().exact}>
              {(exact) => (
                <li>
                  {exact() === 'title' ? laterTexts.paper.why.isTitle : laterTexts.paper.why.isIdentifier}
                </li>
              )}
            </Show>
            <Show
              when={found().meaning}
              fallback={
                <Show when={!named()}>
                  <li class="said">{laterTexts.paper.why.noMeaning}</li>
                </Show>
              }
            >
              {(meaning) => (
                <li>
                  <span class="meter" aria-hidden="true">
                    <span style={{ width: width(meaning().strength) }} />
                  </span>
                  <span class="said">{`${laterTexts.paper.why.byMeaning(meaning().rank)}${meaning().byNote ? laterTexts.reading.ofYourNote : ''}`}</span>
                </li>
              )}
            </Show>
            <Show
              when={found().keyword}
              fallback={
                <Show when={!named() && !similar()}>
                  <li class="said">{laterTexts.paper.why.noWords}</li>
                </Show>
              }
            >
              {(keyword) => (
                <li>
                  <span class="meter words" aria-hidden="true">
                    <span style={{ width: width(keyword().strength) }} />
                  </span>
                  <span class="said">
                    {laterTexts.paper.why.byWords(keyword().rank, similar(), keyword().words.length > 0)}
                  </span>
                  <span>
                    <For each={keyword().words}>
                      {(word) => (
                        <>
                          <q>{word}</q>{' '}
                        </>
                      )}
                    </For>
                  </span>
                </li>
              )}
            </Show>
          </ul>
        </section>
      )}
    </Show>
  );
}
