import { Show } from 'solid-js';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';

/** Notifications: asked for by a press, and why they do not come where they cannot. */
export function Tell() {
  const { telling, notices } = useSheaf();
  const said = laterTexts.days.digest.tell;
  const on = () => telling.wanted() && telling.permission() === 'granted';
  const press = async () => {
    try {
      await (on() ? telling.stop() : telling.ask());
    } catch (error) {
      notices.fail(error);
    }
  };
  return (
    <section class="tell" aria-labelledby="tell-heading">
      <h2 id="tell-heading">{said.title}</h2>
      <p>
        {said.on} {said.limits}
      </p>
      <Show when={telling.permission() !== 'unavailable'} fallback={<p>{said.unavailable}</p>}>
        <p class="actions">
          <button type="button" class="button" onClick={() => void press()}>
            {on() ? said.stop : said.button}
          </button>
        </p>
      </Show>
      <p role="status">{telling.permission() === 'denied' ? said.refused : ''}</p>
    </section>
  );
}
