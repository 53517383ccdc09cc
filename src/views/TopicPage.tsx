import { createEffect, createMemo, createSignal, For, on, Show, untrack } from 'solid-js';
import { LONGEST_NAME, LONGEST_SENTENCE } from '../state/topicChanges.ts';
import type { Topic } from '../state/topics.ts';
import { createTyped } from '../state/typed.ts';
import { laterTexts } from '../texts/later.ts';
import { tellChange } from './changed.ts';
import { useSheaf } from './context.ts';
import { moveTopic } from './moveTopic.ts';
import { PageFrame } from './PageFrame.tsx';
import { removeTopic } from './removeTopic.ts';
import { TopicLearned } from './TopicLearned.tsx';
import { MergeTopic, SplitTopic } from './TopicParts.tsx';
import { ShareTopic } from './TopicShare.tsx';
import './topics.css';

const said = laterTexts.topics;

/** The open topic: its words, what it has learned, and what can be done with it. */
export function TopicPage() {
  const { bar, topics } = useSheaf();
  const id = () => {
    const { place } = bar.address();
    return place.kind === 'topic' ? place.id : undefined;
  };
  const topic = createMemo(() => topics.byId(id() ?? ''));
  return (
    <PageFrame title={topic()?.name ?? (id() && topics.loaded() ? said.none : said.all)}>
      <Show when={topic()} fallback={<AllTopics missing={id() !== undefined && topics.loaded()} />}>
        {(found) => (
          // Another topic is another page: nothing half typed goes over to it.
          <Show when={found().id} keyed>
            {(_id) => <OneTopic topic={found()} />}
          </Show>
        )}
      </Show>
    </PageFrame>
  );
}

function OneTopic(props: { topic: Topic }) {
  return (
    <div class="topic-page">
      <Words topic={props.topic} />
      <h2>{said.learned}</h2>
      <TopicLearned topic={props.topic} />
      <Order topic={props.topic} />
      <ShareTopic topic={props.topic} />
      <MergeTopic topic={props.topic} />
      <SplitTopic topic={props.topic} />
      <Away topic={props.topic} />
    </div>
  );
}

function Words(props: { topic: Topic }) {
  const { topics, notices } = useSheaf();
  // Another tab, or Undo, may change the words under the page. Memos, since a change of any topic makes all anew.
  const keptName = createMemo(() => props.topic.name);
  const keptSentence = createMemo(() => props.topic.sentence);
  // The page is of one topic for as long as it is there.
  const [name, setName] = createTyped(`name of ${untrack(() => props.topic.id)}`, keptName);
  const [sentence, setSentence] = createTyped(`sentence of ${untrack(() => props.topic.id)}`, keptSentence);
  const [empty, setEmpty] = createSignal(false);
  createEffect(on(keptName, setName, { defer: true }));
  createEffect(on(keptSentence, setSentence, { defer: true }));
  const changed = () => name().trim() !== props.topic.name || sentence().trim() !== props.topic.sentence;
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    setEmpty(!name().trim() || !sentence().trim());
    if (empty() || !changed()) return;
    await tellChange(notices, async () => {
      const undo = await topics.change.reword(props.topic.id, name(), sentence());
      return { text: said.saved(name().trim()), undo };
    });
  };
  const asOfSite = () =>
    tellChange(notices, async () => {
      const undo = await topics.change.asOfSite(props.topic.id);
      return { text: said.siteWordsDone(props.topic.name), undo };
    });
  return (
    <form class="topic-words" onSubmit={save}>
      <label>
        <span>{said.name}</span>
        <input
          type="text"
          maxlength={LONGEST_NAME}
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        <span>{said.sentence}</span>
        <textarea
          rows={3}
          maxlength={LONGEST_SENTENCE}
          value={sentence()}
          onInput={(event) => setSentence(event.currentTarget.value)}
        />
      </label>
      <p class="quiet" role="status">
        {empty() ? said.needsWords : said.sentenceWhy}
      </p>
      <p class="actions">
        <button type="submit" class="button" disabled={!changed()}>
          {said.save}
        </button>
        <Show when={props.topic.reworded}>
          <button type="button" class="link" onClick={() => void asOfSite()}>
            {said.siteWords}
          </button>
        </Show>
      </p>
    </form>
  );
}

function Order(props: { topic: Topic }) {
  const { topics, notices } = useSheaf();
  const at = () => topics.list().findIndex(({ id }) => id === props.topic.id);
  const move = (by: number) => moveTopic({ topics, notices }, props.topic, by);
  return (
    <>
      <h2>{said.order}</h2>
      <p class="actions">
        <button type="button" class="button" disabled={at() <= 0} onClick={() => void move(-1)}>
          {said.up}
        </button>
        <button
          type="button"
          class="button"
          disabled={at() >= topics.list().length - 1}
          onClick={() => void move(1)}
        >
          {said.down}
        </button>
        <span class="quiet keys-hint">{said.upKeys}</span>
      </p>
    </>
  );
}

function Away(props: { topic: Topic }) {
  const sheaf = useSheaf();
  const { bar, topics, notices } = sheaf;
  const away = async () => {
    const { id, name, own } = props.topic;
    if (own) return removeTopic(sheaf, props.topic);
    await tellChange(notices, async () => {
      const undo = await topics.change.hide(id);
      bar.go({ place: { kind: 'all' }, page: 'topic' }, { replace: true });
      return { text: said.hidden(name), undo };
    });
  };
  return (
    <>
      <h2>{props.topic.own ? said.remove : said.hide}</h2>
      <Show when={!props.topic.own}>
        <p>{said.hideWhy}</p>
      </Show>
      <p class="actions">
        <button type="button" class="button" onClick={() => void away()}>
          {props.topic.own ? said.remove : said.hide}
        </button>
      </p>
    </>
  );
}

/** Every topic, and those that are hidden, with the way back. */
function AllTopics(props: { missing: boolean }) {
  const { bar, topics, notices } = useSheaf();
  const bringBack = (topic: Topic) =>
    tellChange(notices, async () => {
      const undo = await topics.change.show(topic.id);
      return { text: said.broughtBack(topic.name), undo };
    });
  return (
    <div class="topic-page">
      <p>{props.missing ? said.noneWhy : said.allWhy}</p>
      <ul class="topic-list">
        <For each={topics.list()}>
          {(topic) => (
            <li>
              <a href={bar.link({ place: { kind: 'topic', id: topic.id }, page: 'topic' })}>
                <span class={`dot hue-${topic.color}`} />
                {topic.name}
              </a>
            </li>
          )}
        </For>
      </ul>
      <Show when={topics.hidden().length > 0}>
        <h2>{said.hiddenHeading}</h2>
        <ul class="topic-list">
          <For each={topics.hidden()}>
            {(topic) => (
              <li>
                <span class={`dot hue-${topic.color}`} />
                {topic.name}
                <button
                  type="button"
                  class="link"
                  aria-label={`${said.bringBack}: ${topic.name}`}
                  onClick={() => void bringBack(topic)}
                >
                  {said.bringBack}
                </button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
