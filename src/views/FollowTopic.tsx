import { Show } from 'solid-js';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';

/** Where the site has a feed of the topic: its address, for a feed reader. */
export function FollowTopic() {
  const { bar, site } = useSheaf();
  const feed = () => {
    const { place } = bar.address();
    return place.kind === 'topic' ? site.feedOf(place.id) : undefined;
  };
  return (
    <Show when={feed()}>
      {(address) => (
        <>
          {' '}
          <a class="link" href={address()} type="application/atom+xml">
            {laterTexts.out.follow}
          </a>
        </>
      )}
    </Show>
  );
}
