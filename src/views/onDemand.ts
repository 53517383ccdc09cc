import { type Component, createMemo, createSignal, type JSX, untrack } from 'solid-js';
import { loadSecond } from '../state/loadSecond.ts';
import type { Notices } from '../state/notices.ts';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';

type SecondViews = typeof import('./secondViews.ts');
const [views, setViews] = createSignal<SecondViews>();
let coming: Promise<void> | undefined;
let told = false;

/** Whether their code is here. */
export const hasSecondViews = (): boolean => views() !== undefined;

/** Fetches the code of the views that the first list does not need, once; they show what the second file of code makes. */
export function fetchSecondViews(): Promise<void> {
  coming ??= Promise.all([import('./secondViews.ts'), loadSecond()]).then(([found]) => void setViews(found));
  return coming;
}

/** Fetches it, and tells where it does not come: once, since browsers remember that, and only a reload tries again. */
export function needSecondViews(notices: Notices): void {
  fetchSecondViews().catch((error) => {
    if (told) return;
    told = true;
    const reload = { label: texts.shell.pageFailed.reload, run: () => location.reload() };
    notices.fail(error, { kind: 'page', text: texts.shell.notLoaded, action: reload });
  });
}

/** One of those views: drawn at once where their code is here, else as soon as it is. */
export function onDemand<K extends keyof SecondViews>(name: K): SecondViews[K] {
  const draw: Component = (props) => {
    const { notices } = useFirst();
    needSecondViews(notices);
    const found = createMemo(() => {
      const View = views()?.[name] as Component | undefined;
      return View && untrack(() => View(props));
    });
    return found as unknown as JSX.Element;
  };
  return draw as SecondViews[K];
}

let latest = 0;

/** Runs once a view of them can be in the page; not any more where the reader has gone on to something else. */
export function afterSecondViews(run: () => void): void {
  const turn = ++latest;
  const { activeElement: from } = document;
  const { href } = location;
  const stays = () => {
    const { activeElement: now, body } = document;
    return turn === latest && location.href === href && (now === from || now === body);
  };
  void fetchSecondViews().then(
    () => requestAnimationFrame(() => stays() && run()),
    // Whoever draws such a view tells it.
    () => undefined,
  );
}
