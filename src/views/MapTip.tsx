import { Show } from 'solid-js';
import { dateOf } from '../paper/calendar.ts';
import { formatDate } from '../paper/date.ts';
import { plain } from '../paper/latex.ts';
import { useSheaf } from './context.ts';
import type { Place, Size } from './mapCamera.ts';

/** From the point to the tip, and the tip's greatest width, pixels. */
const AWAY = 14;
const WIDTH = 280;

/** Title and date of a point, beside it; of one that was tapped the way to the paper. */
export function MapTip(props: { id: string; at: Place; size: Size; link: boolean }) {
  const { bar, library, mapView, topics } = useSheaf();
  const paper = () => library.byId(props.id);
  const width = () => Math.min(WIDTH, props.size.width - 16);
  const place = () => {
    const left = Math.min(props.size.width - width() - 8, Math.max(8, props.at.x - width() / 2));
    // Below where there is no room above.
    const below = props.at.y < props.size.height / 2;
    const vertical = below
      ? { top: `${props.at.y + AWAY}px` }
      : { bottom: `${props.size.height - props.at.y + AWAY}px` };
    return { left: `${left}px`, width: `${width()}px`, ...vertical };
  };
  const dated = () => {
    const date = dateOf(paper() ?? {});
    return date && formatDate(date);
  };
  const facts = () => [dated(), ...topics.of(props.id).map(({ name }) => name)].filter(Boolean).join(' · ');
  return (
    <Show when={paper()}>
      {(found) => (
        <a
          class="map-tip"
          classList={{ link: props.link }}
          style={place()}
          href={bar.link({ paper: props.id, page: undefined })}
          tabindex="-1"
          onClick={() => mapView.setCurrent(props.id)}
        >
          <span class="map-tip-title">{plain(found().title)}</span>
          <Show when={facts()}>
            <span class="quiet">{facts()}</span>
          </Show>
        </a>
      )}
    </Show>
  );
}
