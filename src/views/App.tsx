import {
  type Accessor,
  createEffect,
  createMemo,
  createSignal,
  ErrorBoundary,
  Match,
  onMount,
  Show,
  Suspense,
  Switch,
} from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { failureOf } from '../state/failure.ts';
import { sentenceOf } from '../state/notices.ts';
import type { FirstSheaf } from '../state/sheaf.ts';
import { texts } from '../texts/texts.ts';
import type { Desk, Frame } from './commands.ts';
import { useFirst } from './context.ts';
import { DropTarget } from './DropTarget.tsx';
import { FailureHelp, NoticeBar } from './NoticeBar.tsx';
import { fetchSecondViews, hasSecondViews, needSecondViews, onDemand } from './onDemand.ts';
import { PageFrame } from './PageFrame.tsx';
import type { Palette } from './Palette.tsx';
import { PaperList } from './PaperList.tsx';
import { PAGE_TABLE } from './pageTable.ts';
import { SearchField } from './SearchField.tsx';
import { Sidebar } from './Sidebar.tsx';
import { ThumbBar } from './ThumbBar.tsx';
import { Welcome } from './Welcome.tsx';

const Filters = onDemand('Filters');
const KeyTable = onDemand('KeyTable');
const PaperView = onDemand('PaperView');
const PrintedList = onDemand('PrintedList');

export function App() {
  const sheaf = useFirst();
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
  const frame: Frame = {
    focusSearch: () => {
      // On a phone the paper lies over the list.
      if (getComputedStyle(field?.closest('.column-list') as Element).visibility === 'visible')
        field?.focus();
      field?.select();
    },
    showKeys: () => keys?.showModal(),
    showPalette: () => void palette.open(),
    ahead: palette.ahead,
    closeTop: () => {
      if (!menu()) return false;
      setMenu(false);
      return true;
    },
  };
  const desk = createDesk(frame);
  createEffect(() => sheaf.second()?.offline.cameUp());
  createEffect(() => {
    if (paper()) needSecondViews(sheaf.notices);
    // Whoever needs one tells what is wrong.
    else if (library.phase() !== 'loading') void fetchSecondViews().catch(() => undefined);
  });
  // The app's shortcut to the search: a link with a question that is still to be typed.
  onMount(() => /[?&]q=(?:&|$)/.test(location.hash) && frame.focusSearch());

  return (
    <div class="app">
      <NoticeBar />
      <Sidebar open={menu()} onClose={() => setMenu(false)} onCommands={frame.showPalette} />
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
          <Show when={bar.address().query}>
            <Filters />
          </Show>
        </div>
        <PaperList />
        <ThumbBar
          onMenu={() => setMenu(!menu())}
          onSearch={frame.focusSearch}
          onCommands={frame.showPalette}
        />
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
        {/* Else the button below takes the focus, and the window opens at its end. */}
        <h2 id="keys-heading" tabindex="-1" autofocus>
          {texts.shell.keysTitle}
        </h2>
        <Show when={hasSecondViews()}>
          <KeyTable />
        </Show>
        <form method="dialog">
          <button type="submit" class="button">
            {texts.shell.close}
          </button>
        </form>
      </dialog>
      <Show when={palette.loaded()}>
        {(Palette) => (
          <Show when={desk()}>
            {(here) => (
              <Dynamic
                component={Palette()}
                desk={here()}
                typed={palette.ahead.typed ?? ''}
                onClose={palette.close}
              />
            )}
          </Show>
        )}
      </Show>
      <Show when={library.phase() !== 'loading'}>
        <PrintedList />
      </Show>
      <DropTarget />
    </div>
  );
}

/** What keys and commands work on. Its code comes with that of what they do. */
function createDesk(frame: Frame): Accessor<Desk | undefined> {
  const { second, ...first } = useFirst();
  const [keyboard, setKeyboard] = createSignal<typeof import('./keyboard.ts')>();
  // Whoever needs the file first tells where it does not come.
  import('./keyboard.ts').then(setKeyboard, () => undefined);
  return createMemo(() => {
    const work = second();
    return work && keyboard()?.createDesk({ ...first, ...work }, frame);
  });
}

/** The palette's code comes when it is first asked for. */
function createPaletteDoor({ notices }: FirstSheaf) {
  const [loaded, setLoaded] = createSignal<typeof Palette>();
  const ahead: Frame['ahead'] = {};
  return {
    loaded,
    ahead,
    open: async () => {
      if (ahead.typed !== undefined) return;
      ahead.typed = '';
      try {
        const { Palette } = await import('./Palette.tsx');
        if (ahead.typed === undefined) return;
        // One that is just closing is gone before another comes: Esc and Ctrl-K may follow at once.
        setLoaded(undefined);
        setLoaded(() => Palette);
      } catch (error) {
        notices.fail(error, { kind: 'page', text: texts.shell.noCommands });
      } finally {
        ahead.typed = undefined;
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
