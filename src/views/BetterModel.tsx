import { Match, Show, Switch } from 'solid-js';
import { count } from '../state/library.ts';
import type { ClimbStatus } from '../state/meaning.ts';
import { useSheaf } from './context.ts';
import { megabytes, timeLeft } from './quantities.ts';

/** Which model answers, and how far the better one is on its way. */
export function BetterModel() {
  const { meaning } = useSheaf();
  const status = () => meaning.climb.status();
  const at = <P extends ClimbStatus['phase']>(phase: P) => {
    const now = status();
    return now?.phase === phase ? (now as Extract<ClimbStatus, { phase: P }>) : undefined;
  };
  const stop = () => (
    <button type="button" class="link" onClick={() => meaning.climb.stop()}>
      Stop
    </button>
  );
  return (
    <>
      <Show when={meaning.contract()}>
        {(model) => (
          <p data-model={model().id.split('#')[0]}>
            {meaning.settled() ? `${model().name} answers.` : `${model().name} answers for now.`}
          </p>
        )}
      </Show>
      <Switch>
        <Match when={at('downloading')}>
          {(step) => (
            <>
              <progress max={step().total} value={step().done} aria-label={`Loading ${step().name}`} />
              <p class="number">
                {step().done >= step().total
                  ? `Starting ${step().name}, which knows more. `
                  : `Loading ${step().name}, which knows more: ${megabytes(step().done)} of ${megabytes(step().total)}. `}
                {stop()}
              </p>
            </>
          )}
        </Match>
        <Match when={at('reading')}>
          {(step) => (
            <>
              <progress
                max={step().total}
                value={step().done}
                aria-label={`${step().name} reads the papers`}
              />
              <p class="number">
                {`${step().name} reads: ${step().done.toLocaleString('en')} of ${count(step().total, 'paper')}, ${timeLeft(step().secondsLeft)}. `}
                {stop()}
              </p>
            </>
          )}
        </Match>
        <Match when={at('stopped')}>
          {(stopped) => (
            <p>
              {`${stopped().name} was stopped. `}
              <button type="button" class="link" onClick={() => meaning.climb.again()}>
                Go on
              </button>
            </p>
          )}
        </Match>
        <Match when={at('failed')}>
          {(failed) => (
            <p>
              {`${failed().name} is not in use: ${failed().sentence} `}
              <button type="button" class="link" onClick={() => meaning.climb.again()}>
                Try again
              </button>
            </p>
          )}
        </Match>
      </Switch>
    </>
  );
}
