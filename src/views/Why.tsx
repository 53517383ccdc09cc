import { For, Show } from 'solid-js';
import type { Paper } from '../paper/paper.ts';
import { texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';

function ordinal(n: number): string {
  const rest = n % 100;
  const ending = rest > 10 && rest < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

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
          <h2>Why this paper</h2>
          <ul class="why">
            <Show when={found().exact}>
              {(exact) => (
                <li>
                  {exact() === 'title' ? 'Your words are its title.' : 'Your words are its identifier.'}
                </li>
              )}
            </Show>
            <Show
              when={found().meaning}
              fallback={
                <Show when={!named()}>
                  <li class="said">Meaning has not been compared yet.</li>
                </Show>
              }
            >
              {(meaning) => (
                <li>
                  <span class="meter" aria-hidden="true">
                    <span style={{ width: width(meaning().strength) }} />
                  </span>
                  <span class="said">{`${ordinal(meaning().rank)} by meaning${meaning().byNote ? texts.reading.ofYourNote : ''}`}</span>
                </li>
              )}
            </Show>
            <Show
              when={found().keyword}
              fallback={
                <Show when={!named() && !similar()}>
                  <li class="said">None of your words stand in it.</li>
                </Show>
              }
            >
              {(keyword) => (
                <li>
                  <span class="meter words" aria-hidden="true">
                    <span style={{ width: width(keyword().strength) }} />
                  </span>
                  <span class="said">
                    {`${ordinal(keyword().rank)} by ${similar() ? 'shared words' : 'words'}${keyword().words.length > 0 ? ': ' : ''}`}
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
