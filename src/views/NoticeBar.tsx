import './notices.css';
import { createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import { type Failure, reportOf } from '../state/failure.ts';
import { isStop, type Notices } from '../state/notices.ts';
import { texts } from '../texts/texts.ts';
import { useFirst } from './context.ts';

export function NoticeBar() {
  const { notices } = useFirst();
  tellUnexpected(notices);
  return (
    <div class="notices" role="status">
      <For each={notices.shown()}>
        {(notice) => (
          <div class="notice" classList={{ warning: notice.kind === 'warning' }}>
            <div class="told">
              <p>{notice.text}</p>
              <Show when={notice.failure}>{(failure) => <FailureHelp failure={failure()} />}</Show>
            </div>
            <Show when={notice.action}>
              {(action) => (
                <button
                  type="button"
                  class="button main"
                  onClick={() => {
                    // First away, so that it cannot be done twice.
                    notices.dismiss(notice.id);
                    action().run();
                  }}
                >
                  {action().label}
                </button>
              )}
            </Show>
            <button type="button" class="link" onClick={() => notices.dismiss(notice.id)}>
              {texts.shell.dismiss}
            </button>
          </div>
        )}
      </For>
    </div>
  );
}

/** What nobody was there for to catch is told too: a page that has stopped doing something says so. */
function tellUnexpected(notices: Notices): void {
  const fail = (error: unknown) => {
    if (!isStop(error)) notices.fail(error);
  };
  const onRejection = ({ reason }: PromiseRejectionEvent) => fail(reason);
  // Without an error it is the browser's own remark, such as that a ResizeObserver was late.
  const onError = ({ error }: ErrorEvent) => error && fail(error);
  onMount(() => {
    addEventListener('unhandledrejection', onRejection);
    addEventListener('error', onError);
  });
  onCleanup(() => {
    removeEventListener('unhandledrejection', onRejection);
    removeEventListener('error', onError);
  });
}

/** What is safe, one next step, and a report that can be sent. */
export function FailureHelp(props: { failure: Failure }) {
  const { bar } = useFirst();
  const [copied, setCopied] = createSignal<'copied' | 'not'>();
  const report = () =>
    reportOf(props.failure, {
      now: new Date(),
      browser: navigator.userAgent,
      place: bar.address().place.kind,
      page: bar.address().page,
    });
  const copy = () =>
    navigator.clipboard.writeText(report()).then(
      () => setCopied('copied'),
      () => setCopied('not'),
    );
  return (
    <>
      <p class="quiet">
        {props.failure.safe} {props.failure.next}{' '}
        <button type="button" class="link" onClick={() => void copy()}>
          {texts.failures.reportButton}
        </button>
      </p>
      <Show when={copied() === 'copied'}>
        <p class="quiet">{texts.failures.reportCopied}</p>
      </Show>
      <Show when={copied() === 'not'}>
        <p class="quiet">{texts.failures.reportNotCopied}</p>
        <pre>{report()}</pre>
      </Show>
    </>
  );
}
