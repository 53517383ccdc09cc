import { Show } from 'solid-js';
import { texts } from '../texts/texts.ts';
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
          ? texts.status.better.starting(now.name)
          : texts.status.better.loading(now.name, megabytes(now.done), megabytes(now.total));
      case 'reading':
        return texts.status.better.reading(now.name, now.done, now.total, timeLeft(now.secondsLeft));
      case 'stopped':
        return texts.status.better.stopped(now.name);
      case 'failed':
        return texts.status.better.failed(now.name, now.sentence);
    }
  };
  /** One button for all phases: who has pressed it by the keyboard still stands on it. */
  const action = () => {
    const phase = status()?.phase;
    if (phase === 'stopped') return { label: texts.status.goOn, run: () => meaning.climb.again() };
    if (phase === 'failed') return { label: texts.status.tryAgain, run: () => meaning.climb.again() };
    return phase && { label: texts.status.stop, run: () => meaning.climb.stop() };
  };
  return (
    <>
      <Show when={meaning.contract()}>
        {(model) => (
          <p data-model={model().id.split('#')[0]}>
            {meaning.settled()
              ? texts.status.better.answers(model().name)
              : texts.status.better.answersForNow(model().name)}
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
                ? texts.status.better.readingName(step().name)
                : texts.status.better.loadingName(step().name)
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
