import {
  createEffect,
  createMemo,
  createSignal,
  ErrorBoundary,
  Match,
  onCleanup,
  onMount,
  Show,
  Suspense,
  Switch,
} from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { failureOf } from '../state/failure.ts';
import { listsOf } from '../state/files.ts';
import { sentenceOf } from '../state/notices.ts';
import type { Sheaf } from '../state/sheaf.ts';
import { texts } from '../texts/texts.ts';
import type { Desk } from './commands.ts';
import { useSheaf } from './context.ts';
import { Filters } from './Filters.tsx';
import { KeyTable } from './KeyTable.tsx';
import { bindKeys } from './keys.ts';
import { FailureHelp, NoticeBar } from './NoticeBar.tsx';
import { fetchSecondViews, hasSecondViews, needSecondViews, onDemand } from './onDemand.ts';
import { PageFrame } from './PageFrame.tsx';
import type { Palette } from './Palette.tsx';
import { PaperList } from './PaperList.tsx';
import { PrintedList } from './PrintedList.tsx';
import { PAGE_TABLE } from './pageTable.ts';
import { SearchField } from './SearchField.tsx';
import { Sidebar } from './Sidebar.tsx';
import { ThumbBar } from './ThumbBar.tsx';
import { Welcome } from './Welcome.tsx';
import { createWalk } from './walk.ts';

const PaperView = onDemand('PaperView');

export function App() {
  const sheaf = useSheaf();
  const { bar, library } = sheaf;
  const [menu, setMenu] = createSignal(false);
  let field: HTMLInputElement | undefined;
  let keys: HTMLDialogElement | undefined;
  const paper = () => library.byId(bar.address().paper ?? '');
  /** Still told when it has just been closed: what is under way in it ends with it, and asks. */
  const shown = createMemo<Paper | undefined>((before) => paper() ?? before);
  const missing = () => bar.address().paper !== undefined && !paper() && library.phase() !== 'loading';

  onMount(() => {
    keys?.addEventListener('click', (event) => {
      const box = keys?.getBoundingClientRect();
      const { clientX: x, clientY: y } = event;
      // Enter on its button is a click too, at 0, 0; only the dialog itself reaches out over the page.
      if (event.target === keys && box && (x < box.left || x > box.right || y < box.top || y > box.bottom))
        keys?.close();
    });
  });
  const palette = createPaletteDoor(sheaf);
  const desk: Desk = {
    sheaf,
    walk: createWalk(sheaf),
    frame: {
      focusSearch: () => {
        // On a phone the paper lies over the list.
        if (getComputedStyle(field?.closest('.column-list') as Element).visibility === 'visible')
          field?.focus();
        field?.select();
      },
      showKeys: () => keys?.showModal(),
      showPalette: () => void palette.open(),
      closeTop: () => {
        if (!menu()) return false;
        setMenu(false);
        return true;
      },
    },
  };
  bindKeys(desk);
  onMount(sheaf.offline.cameUp);
  createEffect(() => {
    if (paper()) needSecondViews(sheaf.notices);
    // Whoever needs one tells what is wrong.
    else if (library.phase() !== 'loading') void fetchSecondViews().catch(() => undefined);
  });
  // The app's shortcut to the search: a link with a question that is still to be typed.
  onMount(() => /[?&]q=(?:&|$)/.test(location.hash) && desk.frame.focusSearch());

  return (
    <div class="app">
      <NoticeBar />
      <Sidebar open={menu()} onClose={() => setMenu(false)} onCommands={desk.frame.showPalette} />
      <button
        type="button"
        class="backdrop"
        aria-label={texts.shell.closeMenu}
        onClick={() => setMenu(false)}
      />
      <main class="column-list" aria-label={texts.shell.list}>
        <h1 class="visually-hidden narrow-only">{texts.shell.list}</h1>
        <div class="find">
          <SearchField onMenu={() => setMenu(!menu())} field={(element) => (field = element)} />
          <Filters />
        </div>
        <PaperList />
        <ThumbBar onMenu={() => setMenu(!menu())} desk={desk} />
      </main>
      {/* biome-ignore lint/a11y/useSemanticElements: its parts are the sections. */}
      <div
        class="column-paper"
        role="region"
        aria-label={texts.shell.beside}
        classList={{ open: bar.address().paper !== undefined || bar.address().page !== undefined }}
      >
        <Switch fallback={<Welcome />}>
          <Match when={bar.address().page}>
            {(page) => (
              <ErrorBoundary fallback={(error) => <PageFailed error={error} />}>
                <Suspense fallback={<p class="empty">{texts.shell.opening}</p>}>
                  <Dynamic component={PAGE_TABLE[page()]} />
                </Suspense>
              </ErrorBoundary>
            )}
          </Match>
          <Match when={paper()}>
            <Show
              when={hasSecondViews()}
              fallback={
                <PageFrame title={plain(shown()?.title ?? '')} onClose={() => bar.go({ paper: undefined })}>
                  <p class="quiet">{texts.shell.opening}</p>
                </PageFrame>
              }
            >
              <PaperView paper={shown() as Paper} />
            </Show>
          </Match>
          <Match when={missing()}>
            <div class="empty">
              <h1>{texts.shell.missing.title}</h1>
              <p>{texts.shell.missing.why}</p>
              <button type="button" class="button" onClick={() => bar.go({ paper: undefined })}>
                {texts.shell.close}
              </button>
            </div>
          </Match>
        </Switch>
      </div>
      <dialog ref={(element) => (keys = element)} aria-labelledby="keys-heading">
        <h2 id="keys-heading">{texts.palette.keysTitle}</h2>
        <KeyTable />
        <form method="dialog">
          <button type="submit" class="button">
            {texts.shell.close}
          </button>
        </form>
      </dialog>
      <Show when={palette.loaded()}>
        {(Palette) => <Dynamic component={Palette()} desk={desk} onClose={palette.close} />}
      </Show>
      <PrintedList />
      <DropTarget />
    </div>
  );
}

/** The palette's code comes when it is first asked for. */
function createPaletteDoor({ notices }: Sheaf) {
  const [loaded, setLoaded] = createSignal<typeof Palette>();
  return {
    loaded,
    open: async () => {
      try {
        const { Palette } = await import('./Palette.tsx');
        // One that is just closing is gone before another comes: Esc and Ctrl-K may follow at once.
        setLoaded(undefined);
        setLoaded(() => Palette);
      } catch (error) {
        notices.fail(error, { kind: 'page', text: texts.palette.notLoaded });
      }
    },
    close: () => setLoaded(undefined),
  };
}

/** A page whose code did not come, or that failed: the list beside it goes on. */
function PageFailed(props: { error: unknown }) {
  return (
    <PageFrame title={texts.shell.pageFailed.title}>
      <p>{sentenceOf(props.error)}</p>
      <FailureHelp failure={failureOf(props.error, 'page')} />
      <p class="actions">
        <button type="button" class="button main" onClick={() => location.reload()}>
          {texts.shell.pageFailed.reload}
        </button>
      </p>
    </PageFrame>
  );
}

/** A file or text dropped anywhere joins the library. */
function DropTarget() {
  const { imports } = useSheaf();
  const [over, setOver] = createSignal(false);
  /** Links and text of this very page are dragged by accident, or to somewhere else. */
  let ours = false;
  const wanted = (event: DragEvent) => {
    const types = event.dataTransfer?.types ?? [];
    const field = (event.target as Element | null)?.closest?.('input, textarea');
    return !ours && (types.includes('Files') || (types.includes('text/plain') && !field));
  };
  const onStart = () => {
    ours = true;
  };
  const onEnd = () => {
    ours = false;
  };
  const onOver = (event: DragEvent) => {
    if (!wanted(event)) return;
    event.preventDefault();
    setOver(true);
  };
  const onLeave = (event: DragEvent) => {
    if (!event.relatedTarget) setOver(false);
  };
  const onDrop = async (event: DragEvent) => {
    setOver(false);
    if (!wanted(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    const text = event.dataTransfer?.getData('text/plain');
    if (files.length > 0) await imports.drop(listsOf(files));
    else if (text) await imports.drop([{ name: '', read: async () => text }]);
  };
  onMount(() => {
    addEventListener('dragstart', onStart);
    addEventListener('dragend', onEnd);
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
  });
  onCleanup(() => {
    removeEventListener('dragstart', onStart);
    removeEventListener('dragend', onEnd);
    removeEventListener('dragover', onOver);
    removeEventListener('dragleave', onLeave);
    removeEventListener('drop', onDrop);
  });
  return (
    <Show when={over()}>
      <div class="dropping" data-drop={texts.shell.drop} aria-hidden="true" />
    </Show>
  );
}
