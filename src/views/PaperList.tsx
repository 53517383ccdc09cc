import {
  createEffect,
  createMemo,
  createSignal,
  lazy,
  Match,
  on,
  onCleanup,
  Show,
  Suspense,
  Switch,
} from 'solid-js';
import { Virtualizer, type VirtualizerHandle } from 'virtua/solid';
import { createIntro } from '../state/intro.ts';
import type { Row } from '../state/listing.ts';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';
import { draggedPaper } from './dragged.ts';
import { Empty } from './Empty.tsx';
import { glideRows } from './glide.ts';
import { Intro } from './Intro.tsx';
import { ListHeading } from './ListHeading.tsx';
import { onDemand } from './onDemand.ts';
import { PaperRow } from './PaperRow.tsx';
import { paperOf } from './selecting.ts';
import { keepWhereLeft } from './whereLeft.ts';

const SelectBar = onDemand('SelectBar');
const Versions = onDemand('Versions');

/** A row not yet measured, pixels: a title of two lines, facts, three lines of text. */
const ROW_HEIGHT = 145;

const LargeList = lazy(async () => ({ default: (await import('./LargeList.tsx')).LargeList }));

/** What the list draws: its rows and, on a phone's first visits, what this is above them. */
type Item = Row | { readonly kind: 'intro' };
const INTRO: Item = { kind: 'intro' };
const idOf = (item: Item) => (item.kind === 'paper' ? item.paper.id : undefined);

export function PaperList() {
  const { bar, listing, library, question, second, selection, store } = useFirst();
  const [container, setContainer] = createSignal<HTMLElement>();
  let list: VirtualizerHandle | undefined;
  let scroller: HTMLElement | undefined;
  glideRows(container, listing.rows);

  const intro = createIntro(store);
  const narrow = useMedia('(max-width: 720px)');
  const items = createMemo<readonly Item[]>(() => {
    const { place, query } = bar.address();
    const introduced = !narrow() || intro.seen() || place.kind !== 'all' || query.trim();
    return introduced || listing.rows().length === 0 ? listing.rows() : [INTRO, ...listing.rows()];
  });

  // Memos, since each step changes the address: opening a paper is no new question, nor the other way round.
  const asked = createMemo(() => JSON.stringify([bar.address().place, bar.address().query]));
  const openPaper = createMemo(() => bar.address().paper);
  const left = keepWhereLeft({
    question: asked,
    ids: createMemo(() => items().map(idOf)),
    settled: createMemo(() => {
      const wanted = question().text.trimStart();
      const search = second()?.search;
      const answered = !wanted || (search?.ranking()?.query === wanted && !search.pending());
      return answered && !listing.waiting();
    }),
    returned: bar.returned,
    handle: () => list,
    scroller: () => scroller,
  });
  /** A newly opened paper is brought into sight. */
  createEffect(
    on(openPaper, (id) => {
      const at = items().findIndex((item) => item.kind === 'paper' && item.paper.id === id);
      if (at < 0 || !list || left.returning()) return;
      const top = list.getItemOffset(at) - list.scrollOffset;
      if (top < 0 || top + list.getItemSize(at) > list.viewportSize)
        list.scrollToIndex(at, { align: 'nearest' });
    }),
  );
  const lineAt = createMemo(() => items().findIndex((item) => item.kind === 'line' && !item.section));
  const size = createMemo(() => items().filter((item) => item.kind === 'paper').length);
  /** Where an item stands among the papers, from 1. */
  const places = createMemo(() => {
    let papers = 0;
    return items().map((item) => (item.kind === 'paper' ? ++papers : papers));
  });
  const [focused, setFocused] = createSignal<string>();
  /** Drawn however far the list scrolls: with its row the drag would end, and the focus be lost. */
  const kept = createMemo(() => {
    const ids = new Set([draggedPaper(), focused()]);
    ids.delete(undefined);
    return ids.size === 0 ? [] : items().flatMap((item, at) => (ids.has(idOf(item)) ? [at] : []));
  });
  const below = (index: number) => lineAt() >= 0 && index > lineAt();

  return (
    <>
      <ListHeading />
      <Suspense>
        <Show when={second()?.largeList.session()}>{(session) => <LargeList session={session()} />}</Show>
      </Suspense>
      <div class="rows" ref={setContainer}>
        <Show when={items().length > 0} fallback={<Empty />}>
          {/* biome-ignore lint/a11y/useSemanticElements: the virtualizer's own elements stand between list and items. */}
          <div
            class="scroller"
            role="list"
            aria-label={texts.shell.list}
            ref={(element) => (scroller = element)}
            onFocusIn={(event) => setFocused(paperOf(event.target))}
            onFocusOut={() => setFocused(undefined)}
            onWheel={() => left.release()}
            onPointerDown={() => left.release()}
            onKeyDown={() => left.release()}
          >
            <Virtualizer
              ref={(handle) => (list = handle)}
              data={items()}
              itemSize={ROW_HEIGHT}
              keepMounted={kept()}
            >
              {(item, index) => (
                // biome-ignore lint/a11y/useSemanticElements: as above.
                <div
                  role="listitem"
                  aria-setsize={item.kind === 'paper' ? size() : undefined}
                  aria-posinset={item.kind === 'paper' ? places()[index()] : undefined}
                >
                  <Switch>
                    <Match when={item.kind === 'paper' && item}>
                      {(row) => (
                        <>
                          <PaperRow row={row()} below={below(index())} />
                          <Show when={listing.foldedUnder(row().paper.id) > 0}>
                            <Versions paper={row().paper} />
                          </Show>
                        </>
                      )}
                    </Match>
                    <Match when={item.kind === 'line' && item}>
                      {(line) => (
                        <p class="line" classList={{ section: line().section === true }}>
                          {line().text}
                        </p>
                      )}
                    </Match>
                    <Match when={item.kind === 'intro'}>
                      <Intro onDismiss={() => void intro.dismiss()} />
                    </Match>
                  </Switch>
                </div>
              )}
            </Virtualizer>
          </div>
        </Show>
        <Show when={library.phase() === 'loading'}>
          <p class="visually-hidden" role="status">
            {texts.list.loadingPapers}
          </p>
        </Show>
        <Show when={selection.papers().length > 0}>
          <SelectBar />
        </Show>
      </div>
    </>
  );
}

function useMedia(query: string): () => boolean {
  const media = matchMedia(query);
  const [matches, setMatches] = createSignal(media.matches);
  const follow = () => setMatches(media.matches);
  media.addEventListener('change', follow);
  onCleanup(() => media.removeEventListener('change', follow));
  return matches;
}
