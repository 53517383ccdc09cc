import { createMemo, For, Show } from 'solid-js';
import type { Paper } from '../paper/paper.ts';
import { sentenceOf } from '../state/notices.ts';
import type { Topic } from '../state/topics.ts';
import { useSheaf } from './context.ts';

/** Whether the paper belongs to its topics, as the reader says: each answer teaches the topic. */
export function Opinions(props: { paper: Paper }) {
  const { bar, topics } = useSheaf();
  const here = () => {
    const { place } = bar.address();
    return place.kind === 'topic' ? place.id : undefined;
  };
  const isAsked = ({ id }: Topic) =>
    id === here() ||
    topics.saidOf(id, props.paper.id) !== undefined ||
    topics.of(props.paper.id).some((topic) => topic.id === id);
  const asked = createMemo(() => topics.list().filter(isAsked));
  const others = createMemo(() => topics.list().filter((topic) => !isAsked(topic)));
  return (
    <Show when={topics.list().length > 0}>
      <section class="opinions">
        <h2>Does it belong?</h2>
        <ul>
          <For each={asked()}>{(topic) => <Question topic={topic} paper={props.paper} />}</For>
          <Show when={others().length > 0}>
            <li>
              <Another topics={others()} paper={props.paper} />
            </li>
          </Show>
        </ul>
      </section>
    </Show>
  );
}

function Question(props: { topic: Topic; paper: Paper }) {
  const { topics } = useSheaf();
  const say = useSay();
  const said = () => topics.saidOf(props.topic.id, props.paper.id);
  const Answer = (answer: { value: 'liked' | 'disliked'; label: string; name: string }) => (
    <button
      type="button"
      aria-pressed={said() === answer.value}
      aria-label={`${answer.name} ${props.topic.name}`}
      onClick={() => void say(props.topic, props.paper, said() === answer.value ? undefined : answer.value)}
    >
      {answer.label}
    </button>
  );
  return (
    <li>
      <span class="name">
        <span class={`dot hue-${props.topic.color}`} />
        {props.topic.name}
      </span>
      <Answer value="liked" label="Yes" name="It belongs to" />
      <Answer value="disliked" label="No" name="It does not belong to" />
    </li>
  );
}

function Another(props: { topics: readonly Topic[]; paper: Paper }) {
  const say = useSay();
  return (
    <select
      aria-label="It belongs to another topic"
      onChange={(event) => {
        const chosen = props.topics.find(({ id }) => id === event.currentTarget.value);
        event.currentTarget.value = '';
        if (chosen) void say(chosen, props.paper, 'liked');
      }}
    >
      <option value="">It belongs to another topic…</option>
      <For each={props.topics}>{(topic) => <option value={topic.id}>{topic.name}</option>}</For>
    </select>
  );
}

function useSay() {
  const { topics, notices } = useSheaf();
  return async (topic: Topic, paper: Paper, said: 'liked' | 'disliked' | undefined) => {
    try {
      await topics.say(topic.id, paper.id, said);
    } catch (error) {
      notices.warn(sentenceOf(error));
    }
  };
}
