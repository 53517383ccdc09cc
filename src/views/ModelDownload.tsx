import { Show } from 'solid-js';
import { texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';
import { megabytes } from './quantities.ts';

/** How far another model is on its way, and a way to stop it. Nothing while none is. */
export function ModelDownload() {
  const { models } = useSheaf();
  const opening = () => {
    const step = models.step();
    return step?.phase === 'opening' ? step : undefined;
  };
  const total = ({ total }: { total: number }) => (total > 0 ? megabytes(total) : undefined);
  return (
    <Show when={opening()}>
      {(step) => (
        <div class="download">
          <progress
            max={step().total || 1}
            value={step().total > 0 ? step().done : undefined}
            aria-label={texts.status.download.name(step().name)}
          />
          <p class="number">
            {`${texts.status.download.at(step().name, megabytes(step().done), total(step()))} `}
            <button type="button" class="link" onClick={() => models.stop()}>
              {texts.status.stop}
            </button>
          </p>
        </div>
      )}
    </Show>
  );
}
