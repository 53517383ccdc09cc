import { Match, Show, Switch } from 'solid-js';
import { count } from '../texts/texts.ts';
import { BetterModel } from './BetterModel.tsx';
import { useSheaf } from './context.ts';
import { ModelDownload } from './OtherModel.tsx';
import { megabytes, timeLeft } from './quantities.ts';

/** What is on, what is kept, that it works offline, that nothing is sent; the progress while something loads. */
export function Status() {
  const { meaning, library, offline } = useSheaf();
  const status = () => meaning.status();
  const at = <P extends string>(phase: P) => {
    const now = status();
    return now.phase === phase ? (now as Extract<ReturnType<typeof status>, { phase: P }>) : undefined;
  };
  const kept = () =>
    !library.kept()
      ? `${count(library.papers().length, 'paper')} here until you close the page.`
      : `${count(library.papers().length, 'paper')} kept on this device.`;
  const works = () => {
    const now = offline.status();
    if (now.phase === 'preparing') return 'Getting ready for offline. Nothing you read or ask is sent.';
    if (now.phase === 'unavailable') return `${now.reason} Nothing you read or ask is sent.`;
    return meaning.filesKept() && library.kept()
      ? 'Works offline. Nothing you read or ask is sent.'
      : 'Opens offline, but not all of it could be kept. Nothing you read or ask is sent.';
  };
  return (
    <div class="status">
      <div role="status">
        <Switch>
          <Match when={at('starting')}>
            <p class="status-line">
              <span class="dot off" />
              Search by words is on
            </p>
            <p>Meaning is starting.</p>
          </Match>
          <Match when={at('on')}>
            <p class="status-line">
              <span class="dot hue-0" />
              Search by meaning is on
            </p>
          </Match>
          <Match when={at('failed')}>
            {(failed) => (
              <>
                <p class="status-line">
                  <span class="dot off" />
                  Search by words only
                </p>
                <p>{failed().sentence}</p>
                <p>
                  <button type="button" class="link" onClick={() => void meaning.start()}>
                    Try again
                  </button>
                </p>
              </>
            )}
          </Match>
          <Match when={at('stopped')}>
            {(stopped) => (
              <>
                <p class="status-line">
                  <span class="dot off" />
                  Reading stopped
                </p>
                <p>
                  {`${stopped().done.toLocaleString('en')} of ${count(stopped().total, 'paper')} read. `}
                  <button type="button" class="link" onClick={() => meaning.resume()}>
                    Go on
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
              Search by words is on
            </p>
            <progress max={step().total} value={step().done} aria-label="Loading the model" />
            <p class="number">
              {step().done >= step().total
                ? 'Starting the model…'
                : `Loading the model: ${megabytes(step().done)} of ${megabytes(step().total)}.`}
            </p>
          </>
        )}
      </Show>
      <Show when={at('embedding')}>
        {(step) => (
          <>
            <p class="status-line">
              <span class="dot off" />
              Reading for meaning
            </p>
            <progress max={step().total} value={step().done} aria-label="Reading papers for meaning" />
            <p class="number">
              {`${step().done.toLocaleString('en')} of ${count(step().total, 'paper')}, ${Math.round(step().perSecond).toLocaleString('en')} a second, ${timeLeft(step().secondsLeft)}. `}
              <button type="button" class="link" onClick={() => meaning.stop()}>
                Stop
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
      <p>{works()}</p>
    </div>
  );
}
