import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import type { Paper } from '../paper/paper.ts';
import type { Topic } from '../state/topics.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { sayOf } from './say.ts';

/** Whether the paper belongs to its topics, as the reader says: each answer teaches the topic. */
export function Opinions(props: { paper: Paper }) {
  const { bar, topics } = useSheaf();
  const here = () => {
    const { place } = bar.address();
    return place.kind === 'topic' ? place.id : undefined;
  };
  /** An answered topic stays while this paper is open: its buttons must not vanish under a finger. */
  const [answered, setAnswered] = createSignal<ReadonlySet<string>>(new Set());
  createEffect(
    on(
      () => props.paper.id,
      () => setAnswered(new Set<string>()),
      { defer: true },
    ),
  );
  const isAsked = ({ id }: Topic) =>
    id === here() ||
    answered().has(id) ||
    topics.saidOf(id, props.paper.id) !== undefined ||
    topics.of(props.paper.id).some((topic) => topic.id === id);
  const onAnswer = (topic: Topic) => setAnswered((before) => new Set([...before, topic.id]));
  const asked = createMemo(() => topics.list().filter(isAsked));
  const others = createMemo(() => topics.list().filter((topic) => !isAsked(topic)));
  return (
    <Show when={topics.list().length > 0}>
      <section class="opinions">
        <h2>{laterTexts.paper.opinions.heading}</h2>
        <ul>
          <For each={asked()}>
            {(topic) => <Question topic={topic} paper={props.paper} onAnswer={onAnswer} />}
          </For>
          <Show when={others().length > 0}>
            <li>
              <Another topics={others()} paper={props.paper} onAnswer={onAnswer} />
            </li>
          </Show>
        </ul>
      </section>
    </Show>
  );
}

function Question(props: { topic: Topic; paper: Paper; onAnswer: (topic: Topic) => void }) {
  const { topics, notices } = useSheaf();
  const said = () => topics.saidOf(props.topic.id, props.paper.id);
  const Answer = (answer: { value: 'liked' | 'disliked'; label: string; name: string }) => (
    <button
      type="button"
      aria-pressed={said() === answer.value}
      aria-label={answer.name}
      onClick={() => {
        props.onAnswer(props.topic);
        void sayOf({ topics, notices }, props.topic, props.paper.id, answer.value);
      }}
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
      <Answer
        value="liked"
        label={laterTexts.paper.opinions.yes}
        name={laterTexts.paper.opinions.yesTo(props.topic.name)}
      />
      <Answer
        value="disliked"
        label={laterTexts.paper.opinions.no}
        name={laterTexts.paper.opinions.noTo(props.topic.name)}
      />
    </li>
  );
}

/** Chosen first and said then: in some browsers a list changes with each arrow key. */
function Another(props: { topics: readonly Topic[]; paper: Paper; onAnswer: (topic: Topic) => void }) {
  const { topics, notices } = useSheaf();
  const [chosen, setChosen] = createSignal('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const topic = props.topics.find(({ id }) => id === chosen());
        if (!topic) return;
        props.onAnswer(topic);
        void sayOf({ topics, notices }, topic, props.paper.id, 'liked');
      }}
    >
      <select
        aria-label={laterTexts.paper.opinions.another}
        value={chosen()}
        onChange={(event) => setChosen(event.currentTarget.value)}
      >
        <option value="">{laterTexts.paper.opinions.choose}</option>
        <For each={props.topics}>{(topic) => <option value={topic.id}>{topic.name}</option>}</For>
      </select>
      <Show when={props.topics.some(({ id }) => id === chosen())}>
        <button type="submit">{laterTexts.paper.opinions.belongs}</button>
      </Show>
    </form>
  );
}
