import { Show } from 'solid-js';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { megabytes, timeLeft } from './quantities.ts';

/** Which model answers, and how far the better one is on its way. */
export function BetterModel() {
  const { meaning } = useSheaf();
  const status = () => meaning.climb.status();
  const underWay = () => {
    const now = status();
    const going = now?.phase === 'downloading' || now?.phase === 'reading';
    // Until the first byte there is nothing to show.
    return going && now.total > 0 ? now : undefined;
  };
  const sentence = () => {
    const now = status();
    switch (now?.phase) {
      case 'downloading':
        return now.done >= now.total
          ? laterTexts.status.better.starting(now.name)
          : laterTexts.status.better.loading(now.name, megabytes(now.done), megabytes(now.total));
      case 'reading':
        return laterTexts.status.better.reading(now.name, now.done, now.total, timeLeft(now.secondsLeft));
      case 'stopped':
        return laterTexts.status.better.stopped(now.name);
      case 'failed':
        return laterTexts.status.better.failed(now.name, now.sentence);
    }
  };
  /** One button for all phases: who has pressed it by the keyboard still stands on it. */
  const action = () => {
    const phase = status()?.phase;
    if (phase === 'stopped') return { label: laterTexts.status.goOn, run: () => meaning.climb.again() };
    if (phase === 'failed') return { label: laterTexts.status.tryAgain, run: () => meaning.climb.again() };
    return phase && { label: laterTexts.status.stop, run: () => meaning.climb.stop() };
  };
  return (
    <>
      <Show when={meaning.contract()}>
        {(model) => (
          <p data-model={model().id.split('#')[0]}>
            {meaning.settled()
              ? laterTexts.status.better.answers(model().name)
              : laterTexts.status.better.answersForNow(model().name)}
          </p>
        )}
      </Show>
      <Show when={underWay()}>
        {(step) => (
          <progress
            max={step().total}
            value={step().done}
            aria-label={
              step().phase === 'reading'
                ? laterTexts.status.better.readingName(step().name)
                : laterTexts.status.better.loadingName(step().name)
            }
          />
        )}
      </Show>
      <Show when={action()}>
        {(button) => (
          <p class="number">
            {`${sentence()} `}
            <button type="button" class="link" onClick={() => button().run()}>
              {button().label}
            </button>
          </p>
        )}
      </Show>
    </>
  );
}
