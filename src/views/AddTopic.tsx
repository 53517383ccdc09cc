import { createSignal, Show } from 'solid-js';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';

/** A topic is made by typing a sentence. */
export function AddTopic() {
  const { bar, topics, notices } = useSheaf();
  const [open, setOpen] = createSignal(false);
  const [sentence, setSentence] = createSignal('');
  const [empty, setEmpty] = createSignal(false);
  let opener: HTMLButtonElement | undefined;
  let field: HTMLInputElement | undefined;
  const close = () => {
    setOpen(false);
    setEmpty(false);
    opener?.focus();
  };
  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!sentence().trim()) {
      setEmpty(true);
      field?.focus();
      return;
    }
    try {
      const topic = await topics.add(sentence());
      setSentence('');
      setOpen(false);
      bar.go({ place: { kind: 'topic', id: topic.id }, query: '', page: undefined });
    } catch (error) {
      notices.fail(error);
    }
  };
  return (
    <Show
      when={open()}
      fallback={
        <button
          ref={(element) => (opener = element)}
          type="button"
          class="place soft"
          onClick={() => setOpen(true)}
        >
          <span class="name">{laterTexts.places.addTopic.open}</span>
        </button>
      }
    >
      <form
        class="add-topic"
        onSubmit={add}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          close();
        }}
      >
        <input
          ref={(element) => {
            field = element;
            queueMicrotask(() => element.focus());
          }}
          type="text"
          aria-label={laterTexts.places.addTopic.field}
          placeholder={laterTexts.places.addTopic.placeholder}
          maxlength={400}
          value={sentence()}
          aria-describedby="add-topic-help"
          onInput={(event) => {
            setSentence(event.currentTarget.value);
            setEmpty(false);
          }}
        />
        <div class="line-up">
          <button type="submit" class="button">
            {laterTexts.places.addTopic.add}
          </button>
          <p class="quiet" id="add-topic-help" role="status">
            {empty() ? laterTexts.places.addTopic.empty : laterTexts.places.addTopic.help}
          </p>
        </div>
      </form>
    </Show>
  );
}
