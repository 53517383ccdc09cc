import { Show } from 'solid-js';
import { count } from '../texts/texts.ts';
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
          ? `${now.name}, which knows more, is starting.`
          : `${now.name}, which knows more, is loading: ${megabytes(now.done)} of ${megabytes(now.total)}.`;
      case 'reading':
        return `${now.name} reads: ${now.done.toLocaleString('en')} of ${count(now.total, 'paper')}, ${timeLeft(now.secondsLeft)}.`;
      case 'stopped':
        return `${now.name} was stopped.`;
      case 'failed':
        return `${now.name} is not in use: ${now.sentence}`;
    }
  };
  /** One button for all phases: who has pressed it by the keyboard still stands on it. */
  const action = () => {
    const phase = status()?.phase;
    if (phase === 'stopped') return { label: 'Go on', run: () => meaning.climb.again() };
    if (phase === 'failed') return { label: 'Try again', run: () => meaning.climb.again() };
    return phase && { label: 'Stop', run: () => meaning.climb.stop() };
  };
  return (
    <>
      <Show when={meaning.contract()}>
        {(model) => (
          <p data-model={model().id.split('#')[0]}>
            {meaning.settled() ? `${model().name} answers.` : `${model().name} answers for now.`}
          </p>
        )}
      </Show>
      <Show when={underWay()}>
        {(step) => (
          <progress
            max={step().total}
            value={step().done}
            aria-label={`${step().name} ${step().phase === 'reading' ? 'reads the papers' : 'is loading'}`}
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
