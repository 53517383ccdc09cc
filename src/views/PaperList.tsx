import { createEffect, createMemo, createSignal, Match, on, Show, Switch } from 'solid-js';
import { Virtualizer, type VirtualizerHandle } from 'virtua/solid';
import { plain } from '../paper/latex.ts';
import { count } from '../state/library.ts';
import type { Row } from '../state/listing.ts';
import { sentenceOf } from '../state/notices.ts';
import { useSheaf } from './context.ts';
import { glideRows } from './glide.ts';
import { PaperRow } from './PaperRow.tsx';

/** A row not yet measured, pixels: a title of two lines, facts, three lines of text. */
const ROW_HEIGHT = 145;

export function PaperList() {
  const { bar, listing, library } = useSheaf();
  const [container, setContainer] = createSignal<HTMLElement>();
  let list: VirtualizerHandle | undefined;
  let scroller: HTMLElement | undefined;
  glideRows(container, listing.rows);

  // Memos, since each step changes the address: opening a paper is no new question, nor the other way round.
  const question = createMemo(() => JSON.stringify([bar.address().place, bar.address().query]));
  const openPaper = createMemo(() => bar.address().paper);
  /**
   * A new question starts at the top; a newly opened paper is brought into sight. Not by `scrollToIndex(0)`,
   * which goes on pulling back to the top while rows are being measured: a reader who scrolls at once is
   * thrown back.
   */
  createEffect(on(question, () => scroller?.scrollTo({ top: 0 }), { defer: true }));
  createEffect(
    on(openPaper, (id) => {
      const at = listing.rows().findIndex((row) => row.kind === 'paper' && row.paper.id === id);
      if (at < 0 || !list) return;
      const top = list.getItemOffset(at) - list.scrollOffset;
      if (top < 0 || top + list.getItemSize(at) > list.viewportSize)
        list.scrollToIndex(at, { align: 'nearest' });
    }),
  );
  const lineAt = () => listing.rows().findIndex((row) => row.kind === 'line');

  return (
    <>
      <ListHeading />
      <div class="rows" ref={setContainer}>
        <Show when={listing.rows().length > 0} fallback={<Empty />}>
          <div class="scroller" ref={(element) => (scroller = element)}>
            <Virtualizer ref={(handle) => (list = handle)} data={listing.rows()} itemSize={ROW_HEIGHT}>
              {(row, index) => <ListItem row={row} below={lineAt() >= 0 && index() > lineAt()} />}
            </Virtualizer>
          </div>
        </Show>
        <Show when={library.phase() === 'loading'}>
          <p class="visually-hidden" role="status">
            Loading the papers.
          </p>
        </Show>
      </div>
    </>
  );
}

function ListItem(props: { row: Row; below: boolean }) {
  return (
    <Show
      when={props.row.kind === 'paper' ? props.row : undefined}
      fallback={<p class="line">{props.row.kind === 'line' ? props.row.text : ''}</p>}
    >
      {(row) => <PaperRow row={row()} below={props.below} />}
    </Show>
  );
}

const ORDERS = {
  newest: 'Newest first',
  best: 'Best match first',
  topic: 'Surest first',
  similar: 'Nearest first',
};
const MODES = { keyword: 'by words', hybrid: 'by meaning and words', semantic: 'by meaning' };

function ListHeading() {
  const { bar, listing, topics, groups, library, meaning } = useSheaf();
  const where = () => {
    const { place } = bar.address();
    if (place.kind === 'topic') return `in ${topics.byId(place.id)?.name ?? 'a topic that is not here'}`;
    if (place.kind === 'group') return `in ${groups.byId(place.id)?.name ?? 'a group'}`;
    if (place.kind === 'similar')
      return `near “${plain(library.byId(place.id)?.title ?? 'a paper that is not here')}”`;
    return '';
  };
  const how = () => {
    const mode = listing.mode();
    return mode ? MODES[mode] : '';
  };
  const sentence = () => {
    const { place, query } = bar.address();
    return place.kind === 'topic' && !query ? topics.byId(place.id)?.sentence : undefined;
  };
  return (
    <>
      <div class="heading" role="status">
        <Show
          when={!listing.waiting() && library.phase() !== 'loading'}
          fallback={<span>{listing.waiting() ? 'Ranking the papers…' : 'Loading…'}</span>}
        >
          <span>
            <strong>{count(listing.papers().length, 'paper')}</strong> {how()} {where()}
          </span>
        </Show>
        <span class="end">{ORDERS[listing.order()]}</span>
      </div>
      <Show when={sentence()}>
        <p class="topic-sentence">
          {sentence()}
          <Show when={!meaning.ready()}> For now by words alone: meaning is not ready.</Show>
          <TopicActions />
        </p>
      </Show>
    </>
  );
}

function Empty() {
  const { bar, library, search, meaning, listing } = useSheaf();
  return (
    <Switch>
      <Match when={library.phase() === 'loading'}>
        <div class="empty" aria-hidden="true">
          <p>Loading the papers…</p>
        </div>
      </Match>
      <Match when={library.phase() === 'failed'}>
        <div class="empty" role="alert">
          <h2>The list could not be loaded</h2>
          <p>{library.problem()}</p>
          <button type="button" class="button" onClick={() => void library.load()}>
            Try again
          </button>
        </div>
      </Match>
      <Match when={listing.waiting()}>
        <div class="empty">
          <p>Ranking the papers…</p>
        </div>
      </Match>
      <Match when={search.pending()}>
        <div class="empty">
          <p>Searching…</p>
        </div>
      </Match>
      <Match when={bar.address().query.trim()}>
        <div class="empty">
          <h2>No paper fits “{bar.address().query.trim()}”</h2>
          <p>
            {meaning.ready()
              ? 'No paper here has these words, or means something near. Other words may find more.'
              : 'No paper has these words. Search by meaning is not ready yet; the list fills by itself when it is.'}
          </p>
          <Show
            when={bar.address().place.kind !== 'all'}
            fallback={
              <button type="button" class="button" onClick={() => bar.go({ query: '' })}>
                Show all papers
              </button>
            }
          >
            <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
              Search all papers
            </button>
          </Show>
        </div>
      </Match>
      <Match when={library.papers().length === 0}>
        <div class="empty">
          <h2>No papers yet</h2>
          <p>Paste or drop the text of a Daily Papers page, or a JSON list, and its papers appear here.</p>
          <button type="button" class="button" onClick={() => bar.go({ page: 'add' })}>
            Add papers
          </button>
        </div>
      </Match>
      <Match when={true}>
        <div class="empty">
          <h2>Nothing here</h2>
          <p>No paper is in this place now. It may have been renamed, or its papers are still being read.</p>
          <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
            Show all papers
          </button>
        </div>
      </Match>
    </Switch>
  );
}

/** The reader's own topics can be removed; the site's are the site's. */
function TopicActions() {
  const { bar, topics, notices } = useSheaf();
  const topic = () => {
    const { place } = bar.address();
    const found = place.kind === 'topic' ? topics.byId(place.id) : undefined;
    return found?.own ? found : undefined;
  };
  const remove = async () => {
    const gone = topic();
    if (!gone) return;
    try {
      await topics.remove(gone.id);
    } catch (error) {
      notices.warn(sentenceOf(error));
      return;
    }
    bar.go({ place: { kind: 'all' } }, { replace: true });
    notices.tell(`The topic “${gone.name}” was removed.`, {
      label: 'Undo',
      run: () => topics.add(gone.sentence, gone.name).catch((error) => notices.warn(sentenceOf(error))),
    });
  };
  return (
    <Show when={topic()}>
      {' '}
      <button type="button" class="link" onClick={() => void remove()}>
        Remove this topic
      </button>
    </Show>
  );
}
