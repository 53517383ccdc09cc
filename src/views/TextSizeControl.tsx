import { texts } from '../texts/texts.ts';
import { useSheaf } from './context.ts';

/** Smaller and larger text, everywhere. */
export function TextSizeControl() {
  const { notices, textSize } = useSheaf();
  const step = (by: 1 | -1) => void textSize.step(by).catch((error) => notices.fail(error));
  return (
    <>
      <h2 id="text-size">{texts.reading.textSize}</h2>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
      <div class="actions" role="group" aria-labelledby="text-size">
        <button
          type="button"
          class="button"
          aria-label={texts.reading.smaller}
          disabled={!textSize.canStep(-1)}
          onClick={() => step(-1)}
        >
          {texts.reading.smallerSign}
        </button>
        <button
          type="button"
          class="button"
          aria-label={texts.reading.larger}
          disabled={!textSize.canStep(1)}
          onClick={() => step(1)}
        >
          {texts.reading.largerSign}
        </button>
        <span role="status" class="quiet">
          {texts.reading.textSizeNow(textSize.percent())}
        </span>
      </div>
    </>
  );
}
