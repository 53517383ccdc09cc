import { type Component, createMemo, createSignal, type JSX, untrack } from 'solid-js';
import { texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';

type SecondViews = typeof import('./secondViews.ts');
const [views, setViews] = createSignal<SecondViews>();
let coming: Promise<void> | undefined;

/** Fetches the code of the views that the first list does not need, once; after a failure anew. */
export function fetchSecondViews(): Promise<void> {
  coming ??= import('./secondViews.ts').then(
    (found) => void setViews(found),
    (error) => {
      coming = undefined;
      throw error;
    },
  );
  return coming;
}

/** One of those views: drawn at once where their code is here, else as soon as it is. */
export function onDemand<K extends keyof SecondViews>(name: K): SecondViews[K] {
  const draw: Component = (props) => {
    const { notices } = useSheaf();
    if (!untrack(views)) {
      const reload = { label: texts.shell.pageFailed.reload, run: () => location.reload() };
      fetchSecondViews().catch((error) =>
        notices.fail(error, { kind: 'page', text: texts.shell.notLoaded, action: reload }),
      );
    }
    const found = createMemo(() => {
      const View = views()?.[name] as Component | undefined;
      return View && untrack(() => View(props));
    });
    return found as unknown as JSX.Element;
  };
  return draw as SecondViews[K];
}

/** Runs once a view of them can be in the page. */
export function afterSecondViews(run: () => void): void {
  void fetchSecondViews().then(
    () => requestAnimationFrame(run),
    // Whoever draws such a view tells it.
    () => undefined,
  );
}
