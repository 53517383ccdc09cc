import { createSignal, Match, Show, Switch } from 'solid-js';
import { cleanTag, LONGEST_TAG } from '../state/tags.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { keepFocus } from './keepFocus.ts';
import { undoable } from './undoable.ts';

/** Below the heading of a place of one's own: what it is, and what can be done with it as a whole. */
export function PlaceActions() {
  const { bar, tags, readingList } = useSheaf();
  const tag = () => {
    const { place } = bar.address();
    return place.kind === 'tag' ? tags.byName(place.id) : undefined;
  };
  const inList = () => bar.address().place.kind === 'later' && readingList.ids().length > 0;
  return (
    <Switch>
      <Match when={inList()}>
        <p class="topic-sentence">{laterTexts.reading.listOffline}</p>
      </Match>
      <Match when={tag()}>{(found) => <TagActions name={found().name} />}</Match>
    </Switch>
  );
}

function TagActions(props: { name: string }) {
  const sheaf = useSheaf();
  const { bar, tags } = sheaf;
  const [renaming, setRenaming] = createSignal(false);
  const [typed, setTyped] = createSignal('');
  /** Asked for anew: another name may have made all this anew. */
  const toOpener = () => keepFocus(() => document.querySelector<HTMLElement>('.tag-actions button'));
  const close = () => {
    setRenaming(false);
    toOpener();
  };
  const rename = async (event: SubmitEvent) => {
    event.preventDefault();
    const [from, to] = [props.name, cleanTag(typed())];
    close();
    if (to === '' || to === from) return;
    const told = (papers: number) => laterTexts.reading.tagRenamed(from, to, papers);
    if (await undoable(sheaf, () => tags.rename(from, to), told)) {
      bar.go({ place: { kind: 'tag', id: to } }, { replace: true });
      toOpener();
    }
  };
  const remove = async () => {
    const { name } = props;
    await undoable(
      sheaf,
      () => tags.removeEverywhere(name),
      (papers) => laterTexts.reading.tagGone(name, papers),
    );
    keepFocus(() => document.querySelector<HTMLElement>('.empty .button'));
  };
  return (
    <div class="topic-sentence tag-actions">
      <Show
        when={renaming()}
        fallback={
          <>
            <button
              type="button"
              class="link"
              onClick={() => {
                setTyped(props.name);
                setRenaming(true);
              }}
            >
              {laterTexts.reading.renameTag}
            </button>
            <button type="button" class="link" onClick={() => void remove()}>
              {laterTexts.reading.removeTagEverywhere}
            </button>
          </>
        }
      >
        <form
          onSubmit={rename}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            close();
          }}
        >
          <input
            ref={(element) => queueMicrotask(() => element.select())}
            type="text"
            dir="auto"
            maxlength={LONGEST_TAG}
            aria-label={laterTexts.reading.renameTo}
            value={typed()}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <button type="submit" class="link">
            {laterTexts.reading.rename}
          </button>
          <button type="button" class="link" onClick={close}>
            {laterTexts.reading.cancel}
          </button>
        </form>
      </Show>
    </div>
  );
}

/** What stands in such a place while it is empty. */
export function EmptyReading() {
  const { bar } = useSheaf();
  const said = () =>
    bar.address().place.kind === 'later' ? laterTexts.reading.emptyList : laterTexts.reading.noTagHere;
  return (
    <div class="empty">
      <h2>{said().title}</h2>
      <p>{said().what}</p>
      <button type="button" class="button" onClick={() => bar.go({ place: { kind: 'all' } })}>
        {laterTexts.reading.showAll}
      </button>
    </div>
  );
}
