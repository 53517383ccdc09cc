import { Show } from 'solid-js';
import type { Hit } from '../ranking/hit.ts';
import { laterTexts } from '../texts/later.ts';

/** Full height of a bar, pixels; list.css keeps the room. */
const FULL = 26;

/** Two small bars: dark for meaning, light for words. */
export function Bars(props: { hit: Hit }) {
  const height = (strength: number | undefined) => `${Math.round((strength ?? 0) * FULL)}px`;
  const spoken = () => {
    const { meaning, keyword } = props.hit;
    const parts = [
      meaning && laterTexts.list.bars.byMeaning(meaning.rank),
      keyword && laterTexts.list.bars.byWords(keyword.rank),
    ].filter(Boolean);
    return parts.join(', ') || laterTexts.list.bars.exact;
  };
  return (
    <span class="bars" role="img" aria-label={spoken()} title={spoken()}>
      <span
        // Its room is kept, so that the other stays where it is when meaning joins.
        classList={{ absent: !props.hit.exact && !props.hit.meaning }}
        style={{ height: height(props.hit.exact ? 1 : props.hit.meaning?.strength) }}
      />
      <Show when={props.hit.exact || props.hit.keyword}>
        <span class="words" style={{ height: height(props.hit.exact ? 1 : props.hit.keyword?.strength) }} />
      </Show>
    </span>
  );
}

/** One bar: how surely a paper belongs to the topic. */
export function BelongsBar(props: { probability: number; hue: number }) {
  const percent = () => laterTexts.list.bars.belongs(Math.round(props.probability * 100));
  return (
    <span class={`bars hue-${props.hue}`} role="img" aria-label={percent()} title={percent()}>
      <span class="belongs" style={{ height: `${Math.round(props.probability * FULL)}px` }} />
    </span>
  );
}
