import { createResource, createSignal, For, Show } from 'solid-js';
import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import type { Group } from '../ranking/grouping.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';

/** Papers listed in a region; the list has the others. */
const SHOWN = 25;
/** Papers near to one. */
const NEAR = 6;

/** The map in words, for a screen reader and whoever would rather read: regions, their papers, what is near to each. */
export function MapRegions() {
  const { groups } = useSheaf();
  return (
    <section class="map-regions" aria-labelledby="map-regions">
      <h2 id="map-regions">{laterTexts.map.regions.heading}</h2>
      <p class="quiet">
        {groups.list().length > 0 ? laterTexts.map.regions.lead : laterTexts.map.regions.none}
      </p>
      <ul>
        <For each={groups.list()}>{(group) => <Region group={group} />}</For>
      </ul>
    </section>
  );
}

function Region(props: { group: Group }) {
  const { bar, library } = useSheaf();
  const [open, setOpen] = createSignal(false);
  const papers = () => props.group.paperIds.slice(0, SHOWN).flatMap((id) => library.byId(id) ?? []);
  const size = () => props.group.paperIds.length;
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {props.group.name} <span class="quiet">{laterTexts.found.papers(size())}</span>
        </summary>
        <Show when={open()}>
          <ul>
            <For each={papers()}>{(paper) => <PaperOfRegion paper={paper} />}</For>
          </ul>
          <Show when={size() > SHOWN}>
            <a
              class="link"
              href={bar.link({ place: { kind: 'group', id: props.group.id }, query: '', page: undefined })}
            >
              {laterTexts.map.regions.rest(size(), props.group.name)}
            </a>
          </Show>
        </Show>
      </details>
    </li>
  );
}

function PaperOfRegion(props: { paper: Paper }) {
  const { library, ranker } = useSheaf();
  const [open, setOpen] = createSignal(false);
  // Asked when it is opened: for all papers at once it would be a search each.
  const [near] = createResource(
    () => open() && props.paper.id,
    async (id) =>
      // A ranker that is gone has been told of already.
      (await ranker.similar([id], NEAR).catch(() => [])).flatMap((hit) => library.byId(hit.id) ?? []),
  );
  const title = () => plain(props.paper.title);
  return (
    <li>
      <PaperLink paper={props.paper} />{' '}
      <button
        type="button"
        class="link quiet"
        aria-expanded={open()}
        aria-label={laterTexts.map.regions.near(title())}
        onClick={() => setOpen(!open())}
      >
        {laterTexts.map.regions.nearShort}
      </button>
      <Show when={open() && near.state === 'ready'}>
        <ul aria-label={laterTexts.map.regions.near(title())}>
          <For each={near()} fallback={<li class="quiet">{laterTexts.map.regions.alone}</li>}>
            {(paper) => (
              <li>
                <PaperLink paper={paper} />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </li>
  );
}

function PaperLink(props: { paper: Paper }) {
  const { bar, mapView } = useSheaf();
  return (
    <a
      href={bar.link({ paper: props.paper.id, page: undefined })}
      onClick={() => mapView.setCurrent(props.paper.id)}
    >
      {plain(props.paper.title)}
    </a>
  );
}
