import { createSignal, Show } from 'solid-js';
import { OTHER } from '../ranking/lineage.ts';
import type { Group } from '../state/groups.ts';
import { LONGEST_NAME } from '../state/topicChanges.ts';
import { laterTexts } from '../texts/later.ts';
import { tellChange } from './changed.ts';
import { useSheaf } from './context.ts';
import './topics.css';

const said = laterTexts.topics.group;

/** Papers in the middle of a group that its topic learns from. */
const CENTRAL = 5;

/** Below the heading of a group: what it is, and what a reader can make of it. */
export function GroupActions() {
  const { bar, groups } = useSheaf();
  const group = () => {
    const { place, query } = bar.address();
    return place.kind === 'group' && !query ? groups.byId(place.id) : undefined;
  };
  return (
    <Show when={group()}>
      {(found) => (
        <div class="topic-sentence">
          <Show when={found().id !== OTHER} fallback={said.other}>
            {/* Another group is another form. */}
            <Show when={found().id} keyed>
              {(_id) => <Named group={found()} />}
            </Show>
          </Show>
        </div>
      )}
    </Show>
  );
}

function Named(props: { group: Group }) {
  const { bar, groups, topics, notices } = useSheaf();
  const [renaming, setRenaming] = createSignal(false);
  const [name, setName] = createSignal('');
  let opener: HTMLButtonElement | undefined;
  const close = () => {
    setRenaming(false);
    queueMicrotask(() => opener?.focus());
  };
  const rename = async (wanted: string) => {
    const { id } = props.group;
    await tellChange(notices, async () => {
      const before = await groups.rename(id, wanted);
      const now = groups.byId(id)?.name ?? wanted;
      const text = wanted.trim() ? said.named(now) : said.unnamed(now);
      return { text, undo: async () => void (await groups.rename(id, before)) };
    });
    close();
  };
  const makeTopic = () =>
    tellChange(notices, async () => {
      const { id: group, name, foundName, words, paperIds } = props.group;
      const { made, undo } = await topics.change.make([
        {
          name,
          sentence: said.sentence(words.length > 0 ? words : [foundName ?? name]),
          liked: paperIds.slice(0, CENTRAL),
        },
      ]);
      bar.go({ place: { kind: 'topic', id: made[0] as string } });
      const back = async () => {
        await undo();
        bar.go({ place: { kind: 'group', id: group } });
      };
      return { text: said.made(name), undo: back };
    });
  return (
    <Show
      when={renaming()}
      fallback={
        <>
          <button
            ref={(element) => (opener = element)}
            type="button"
            class="link"
            onClick={() => {
              setName(props.group.name);
              setRenaming(true);
            }}
          >
            {said.rename}
          </button>{' '}
          <Show when={props.group.foundName}>
            <button type="button" class="link" onClick={() => void rename('')}>
              {said.found}
            </button>{' '}
          </Show>
          <button type="button" class="link" onClick={() => void makeTopic()}>
            {said.makeTopic}
          </button>
        </>
      }
    >
      <form
        class="rename"
        onSubmit={(event) => {
          event.preventDefault();
          void rename(name());
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          close();
        }}
      >
        <input
          ref={(element) =>
            queueMicrotask(() => {
              element.focus();
              element.select();
            })
          }
          type="text"
          aria-label={said.name}
          maxlength={LONGEST_NAME}
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" class="button">
          {said.save}
        </button>
      </form>
    </Show>
  );
}
