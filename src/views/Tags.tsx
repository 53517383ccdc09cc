import './tags.css';
import { createSignal, createUniqueId, For } from 'solid-js';
import { plain } from '../paper/latex.ts';
import type { Paper } from '../paper/paper.ts';
import { cleanTag, LONGEST_TAG, tagKey } from '../state/tags.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { undoable } from './undoable.ts';

/** The reader's own words for a paper, in one quiet line. */
export function Tags(props: { paper: Paper }) {
  const sheaf = useSheaf();
  const { bar, tags } = sheaf;
  const known = createUniqueId();
  const [typed, setTyped] = createSignal('');
  const mine = () => tags.of(props.paper.id);
  const others = () => {
    const keys = new Set(mine().map(tagKey));
    return tags.list().filter(({ name }) => !keys.has(tagKey(name)));
  };
  const add = async () => {
    // As it is spelt already, where only accents or case differ.
    const name = tags.byName(typed())?.name ?? cleanTag(typed());
    setTyped('');
    if (name)
      await undoable(sheaf, () => tags.add(name, [props.paper.id]), laterTexts.reading.tagAdded(name));
  };
  const remove = (name: string) =>
    undoable(sheaf, () => tags.remove(name, [props.paper.id]), laterTexts.reading.tagRemoved(name));
  let input: HTMLInputElement | undefined;
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      void add();
    } else if (event.key === 'Backspace' && typed() === '' && !event.repeat) {
      const last = mine().at(-1);
      if (last) void remove(last);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      setTyped('');
      document.querySelector<HTMLElement>('.paper h1')?.focus();
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms.
    <div class="tags" role="group" aria-label={laterTexts.reading.tagsOf(plain(props.paper.title))}>
      <For each={mine()}>
        {(tag) => (
          <span class="tag">
            <a href={bar.link({ place: { kind: 'tag', id: tag }, query: '' })} dir="auto">
              {tag}
            </a>
            <button
              type="button"
              aria-label={laterTexts.reading.removeTag(tag)}
              onClick={() => {
                void remove(tag);
                // The button goes with its tag.
                input?.focus();
              }}
            >
              ×
            </button>
          </span>
        )}
      </For>
      <input
        ref={(element) => (input = element)}
        type="text"
        list={known}
        dir="auto"
        autocomplete="off"
        maxlength={LONGEST_TAG}
        enterkeyhint="done"
        placeholder={laterTexts.reading.addTag}
        aria-label={laterTexts.reading.addTag}
        aria-keyshortcuts="t"
        value={typed()}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKey}
        onBlur={() => {
          if (typed().trim()) void add();
        }}
      />
      <datalist id={known}>
        <For each={others()}>{({ name }) => <option value={name} />}</For>
      </datalist>
    </div>
  );
}
