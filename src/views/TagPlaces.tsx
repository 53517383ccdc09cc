import { For, Show } from 'solid-js';
import { tagKey } from '../state/tags.ts';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';

/** Places of the sidebar: the reader's tags, where there are any. */
export function TagPlaces() {
  const { bar, tags } = useFirst();
  const isOpen = (name: string) => {
    const { place } = bar.address();
    return place.kind === 'tag' && tagKey(place.id) === tagKey(name);
  };
  return (
    <Show when={tags.list().length > 0}>
      <h2 id="tags-heading">{texts.reading.tags}</h2>
      <ul aria-labelledby="tags-heading">
        <For each={tags.list()}>
          {(tag) => (
            <li>
              <a
                class="place soft"
                href={bar.link({ place: { kind: 'tag', id: tag.name }, page: undefined })}
                aria-current={isOpen(tag.name) ? 'page' : undefined}
              >
                <span class="name">
                  <bdi>{tag.name}</bdi>
                </span>
                <span class="number">{tag.papers.size.toLocaleString('en')}</span>
              </a>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
