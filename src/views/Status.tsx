import { Match, Show, Switch } from 'solid-js';
import { laterTexts } from '../texts/later.ts';
import { texts } from '../texts/texts.ts';
import { BetterModel } from './BetterModel.tsx';
import { useSheaf } from './context.ts';
import { ModelDownload } from './ModelDownload.tsx';
import { megabytes, timeLeft } from './quantities.ts';

/** What is on, what is kept, that it works offline, that nothing is sent; the progress while something loads. */
export function Status() {
  const { meaning, library, largeList, offline } = useSheaf();
  const status = () => meaning.status();
  const at = <P extends string>(phase: P) => {
    const now = status();
    return now.phase === phase ? (now as Extract<ReturnType<typeof status>, { phase: P }>) : undefined;
  };
  const kept = () =>
    !library.kept()
      ? laterTexts.status.notKept(library.papers().length)
      : laterTexts.status.kept(library.papers().length);
  const works = () => {
    const now = offline.status();
    if (now.phase === 'preparing') return laterTexts.status.offline.preparing;
    if (now.phase === 'unavailable') return laterTexts.status.offline.unavailable(now.reason);
    return meaning.filesKept() && library.kept()
      ? laterTexts.status.offline.works
      : laterTexts.status.offline.notAll;
  };
  const sent = () => {
    const list = largeList.session()?.opened();
    // The host of the site learns as much from a list of its own as another host would.
    return list ? laterTexts.status.asks(list.host ?? location.host) : laterTexts.status.nothingSent;
  };
  return (
    <div class="status">
      <div role="status">
        <Switch>
          <Match when={at('starting')}>
            <p class="status-line">
              <span class="dot off" />
              {laterTexts.status.byWords}
            </p>
            <p>{laterTexts.status.starting}</p>
          </Match>
          <Match when={at('on')}>
            <p class="status-line">
              <span class="dot hue-0" />
              {laterTexts.status.byMeaning}
            </p>
          </Match>
          <Match when={at('failed')}>
            {(failed) => (
              <>
                <p class="status-line">
                  <span class="dot off" />
                  {laterTexts.status.wordsOnly}
                </p>
                <p>{failed().sentence}</p>
                <p>
                  <Show
                    when={failed().reload}
                    fallback={
                      <button type="button" class="link" onClick={() => void meaning.start()}>
                        {laterTexts.status.tryAgain}
                      </button>
                    }
                  >
                    <button type="button" class="link" onClick={() => location.reload()}>
                      {texts.shell.pageFailed.reload}
                    </button>
                  </Show>
                </p>
              </>
            )}
          </Match>
          <Match when={at('stopped')}>
            {(stopped) => (
              <>
                <p class="status-line">
                  <span class="dot off" />
                  {laterTexts.status.stopped}
                </p>
                <p>
                  {`${laterTexts.status.stoppedAt(stopped().done, stopped().total)} `}
                  <button type="button" class="link" onClick={() => meaning.resume()}>
                    {laterTexts.status.goOn}
                  </button>
                </p>
              </>
            )}
          </Match>
        </Switch>
      </div>
      <Show when={at('downloading')}>
        {(step) => (
          <>
            <p class="status-line">
              <span class="dot off" />
              {laterTexts.status.byWords}
            </p>
            <progress max={step().total} value={step().done} aria-label={laterTexts.status.modelName} />
            <p class="number">
              {step().done >= step().total
                ? laterTexts.status.modelStarting
                : laterTexts.status.modelLoading(megabytes(step().done), megabytes(step().total))}
            </p>
          </>
        )}
      </Show>
      <Show when={at('embedding')}>
        {(step) => (
          <>
            <p class="status-line">
              <span class="dot off" />
              {laterTexts.status.reading}
            </p>
            <progress max={step().total} value={step().done} aria-label={laterTexts.status.readingName} />
            <p class="number">
              {`${laterTexts.status.readingAt(step().done, step().total, Math.round(step().perSecond), timeLeft(step().secondsLeft))} `}
              <button type="button" class="link" onClick={() => meaning.stop()}>
                {laterTexts.status.stop}
              </button>
            </p>
          </>
        )}
      </Show>
      <Show when={at('on') ?? meaning.climb.status()}>
        <BetterModel />
      </Show>
      <ModelDownload />
      <Show when={library.phase() === 'ready'}>
        <p>{kept()}</p>
      </Show>
      <p>{`${works()} ${sent()}`}</p>
    </div>
  );
}
