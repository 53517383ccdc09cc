import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';

/** Smaller and larger text, everywhere. */
export function TextSizeControl() {
  const { notices, textSize } = useSheaf();
  const step = (by: 1 | -1) => void textSize.step(by).catch((error) => notices.fail(error));
  return (
    <>
      <h2 id="text-size">{laterTexts.reading.textSize}</h2>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
      <div class="actions" role="group" aria-labelledby="text-size">
        <button
          type="button"
          class="button"
          aria-label={laterTexts.reading.smaller}
          disabled={!textSize.canStep(-1)}
          onClick={() => step(-1)}
        >
          {laterTexts.reading.smallerSign}
        </button>
        <button
          type="button"
          class="button"
          aria-label={laterTexts.reading.larger}
          disabled={!textSize.canStep(1)}
          onClick={() => step(1)}
        >
          {laterTexts.reading.largerSign}
        </button>
        <span role="status" class="quiet">
          {laterTexts.reading.textSizeNow(textSize.percent())}
        </span>
      </div>
    </>
  );
}
