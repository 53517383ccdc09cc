import { Show } from 'solid-js';
import { laterTexts } from '../texts/later.ts';
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
            aria-label={laterTexts.status.download.name(step().name)}
          />
          <p class="number">
            {`${laterTexts.status.download.at(step().name, megabytes(step().done), total(step()))} `}
            <button type="button" class="link" onClick={() => models.stop()}>
              {laterTexts.status.stop}
            </button>
          </p>
        </div>
      )}
    </Show>
  );
}
