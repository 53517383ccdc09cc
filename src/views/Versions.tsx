import { createMemo, For, Show } from 'solid-js';
import { formatDate } from '../paper/date.ts';
import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { laterTexts } from '../texts/later.ts';
import { tellChange } from './changed.ts';
import { useSheaf } from './context.ts';
import './versions.css';

const said = laterTexts.topics.twins;

/** Below a row that stands for several versions of one work: how many, and the way to see them. */
export function Versions(props: { paper: Paper }) {
  const { listing, twins } = useSheaf();
  const others = () => listing.foldedUnder(props.paper.id);
  const open = () => twins.isUnfolded(props.paper.id);
  const title = () => plain(props.paper.title);
  return (
    <p class="versions">
      <button
        type="button"
        class="link"
        aria-expanded={open()}
        aria-label={open() ? said.foldName(others() + 1, title()) : said.showName(others() + 1, title())}
        onClick={() => twins.unfold(props.paper.id, !open())}
      >
        {said.show(others() + 1)}
      </button>
    </p>
  );
}

/** In an open paper: its other versions, and the way to say that they are none. */
export function AlsoHere(props: { paper: Paper }) {
  const { bar, notices, twins } = useSheaf();
  const others = createMemo(() => twins.of(props.paper.id).filter(({ id }) => id !== props.paper.id));
  const part = (other: Paper) =>
    tellChange(notices, async () => ({
      text: said.parted,
      undo: await twins.part(props.paper.id, other.id),
    }));
  return (
    <Show when={others().length > 0}>
      <div class="also-here">
        <p>{said.also}</p>
        <ul>
          <For each={others()}>
            {(other) => (
              <li>
                <a href={bar.link({ paper: other.id })}>{plain(other.title)}</a>
                <span class="quiet">
                  {other.date ? ` ${formatDate(other.date)} ` : ' '}
                  <button
                    type="button"
                    class="link"
                    aria-label={said.notSameName(plain(other.title))}
                    onClick={() => void part(other)}
                  >
                    {said.notSame}
                  </button>
                </span>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Show>
  );
}
