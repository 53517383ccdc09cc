import { createEffect, type JSX, onMount } from 'solid-js';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';

/** The frame of the pages that stand in the paper's place. */
/** @param props.onClose where it stands for something else than a page. */
export function PageFrame(props: { title: string; children: JSX.Element; onClose?: () => void }) {
  const { bar, site } = useFirst();
  let heading: HTMLHeadingElement | undefined;
  const close = (otherwise: () => void) => (props.onClose ?? otherwise)();
  // By keyboard the whole list would lie between the link that opened the page and the page.
  onMount(() => heading?.focus({ preventScroll: true }));
  createEffect(() => {
    document.title = `${props.title} · ${site.name}`;
  });
  return (
    <>
      <nav class="paper-bar" aria-label={texts.shell.page}>
        <button type="button" class="back" onClick={() => close(() => bar.back({ page: undefined }))}>
          {texts.shell.back}
        </button>
        <span class="end">
          <button type="button" onClick={() => close(() => bar.go({ page: undefined }))}>
            {texts.shell.close}
          </button>
        </span>
      </nav>
      <div class="pages">
        <h1 ref={(element) => (heading = element)} tabindex="-1">
          {props.title}
        </h1>
        {props.children}
      </div>
    </>
  );
}
