import { createSignal, For, Index, Show } from 'solid-js';
import { plain } from '../paper/latex.ts';
import type { Part } from '../ranking/learned.ts';
import { LONGEST_NAME } from '../state/topicChanges.ts';
import type { Topic } from '../state/topics.ts';
import { laterTexts } from '../texts/later.ts';
import { tellChange } from './changed.ts';
import { useSheaf } from './context.ts';
import { keepFocus } from './keepFocus.ts';

const said = laterTexts.topics;

/** Of the page, which is another topic's now. */
const toHeading = () => keepFocus(() => document.querySelector<HTMLElement>('.pages h1'));

/** Another topic takes what was said in this one. */
export function MergeTopic(props: { topic: Topic }) {
  const { bar, topics, notices } = useSheaf();
  const [chosen, setChosen] = createSignal('');
  const [both, setBoth] = createSignal(false);
  const others = () => topics.list().filter(({ id }) => id !== props.topic.id);
  const into = () => others().find(({ id }) => id === chosen());
  const joined = (other: Topic) => `${other.sentence.replace(/[.\s]+$/, '')}. ${props.topic.sentence}`;
  const merge = async (event: SubmitEvent) => {
    event.preventDefault();
    const [from, other] = [props.topic, into()];
    if (!other) return;
    await tellChange(notices, async () => {
      const undo = await topics.change.merge(from.id, other.id, both() ? joined(other) : other.sentence);
      bar.go({ place: { kind: 'topic', id: other.id } }, { replace: true });
      toHeading();
      return { text: said.merged(from.name, other.name), undo };
    });
  };
  return (
    <Show when={others().length > 0}>
      <h2>{said.merge}</h2>
      <p>{said.mergeWhy}</p>
      <form onSubmit={merge}>
        <p class="actions">
          <select
            aria-label={said.mergeInto}
            value={chosen()}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            <option value="">{said.mergeChoose}</option>
            <For each={others()}>{(topic) => <option value={topic.id}>{topic.name}</option>}</For>
          </select>
        </p>
        <Show when={into()}>
          {(other) => (
            <>
              <fieldset class="choices">
                <legend>{said.mergeSentence}</legend>
                <label>
                  <input type="radio" name="merge" checked={!both()} onChange={() => setBoth(false)} />
                  <span>
                    {said.mergeKeep} <span class="quiet">{other().sentence}</span>
                  </span>
                </label>
                <label>
                  <input type="radio" name="merge" checked={both()} onChange={() => setBoth(true)} />
                  <span>
                    {said.mergeBoth} <span class="quiet">{joined(other())}</span>
                  </span>
                </label>
              </fieldset>
              <button type="submit" class="button">
                {said.mergeDo}
              </button>
            </>
          )}
        </Show>
      </form>
    </Show>
  );
}

/** One seed for everybody: the same papers are parted in the same way again. */
const SEED = 47;
/** Papers of a part that are shown, and those that it learns from at first. */
const SHOWN = 4;
const CENTRAL = 5;

/** The papers of a topic parted in two: first as a proposal. */
export function SplitTopic(props: { topic: Topic }) {
  const { bar, topics, ranker, meaning, notices } = useSheaf();
  const [parts, setParts] = createSignal<readonly Part[]>();
  const [names, setNames] = createSignal<readonly string[]>([]);
  const look = async () => {
    const ids = (topics.scores(props.topic.id)?.belonging ?? []).map(({ id }) => id);
    try {
      const found = await ranker.partInTwo(ids, SEED);
      const { name: whole } = props.topic;
      setNames(found.map(({ name, words }, at) => (words.length > 0 ? name : said.splitPart(whole, at + 1))));
      setParts(found);
      keepFocus(() => document.querySelector<HTMLElement>('.split input, .split-cannot'));
    } catch (error) {
      notices.fail(error);
    }
  };
  const cancel = () => {
    setParts(undefined);
    keepFocus(() => document.querySelector<HTMLElement>('.split-look'));
  };
  const split = async (event: SubmitEvent) => {
    event.preventDefault();
    const { id, name } = props.topic;
    const { liked, disliked } = topics.examples(id);
    const wanted = (parts() ?? []).map((part, at) => ({
      name: names()[at] || part.name,
      sentence: said.splitSentence(part.words.length > 0 ? part.words : [part.name], name),
      liked: [
        ...new Set([
          ...liked.filter((paper) => part.paperIds.includes(paper)),
          ...part.paperIds.slice(0, CENTRAL),
        ]),
      ],
      disliked,
    }));
    await tellChange(notices, async () => {
      const { made, undo } = await topics.change.split(id, wanted);
      const [first, second] = made.map((one) => topics.byId(one));
      bar.go({ place: { kind: 'topic', id: made[0] as string } }, { replace: true });
      toHeading();
      return { text: said.splitDone(name, first?.name ?? '', second?.name ?? ''), undo };
    });
  };
  return (
    <>
      <h2>{said.split}</h2>
      <p>{said.splitWhy}</p>
      <Show
        when={parts()}
        fallback={
          <p class="actions">
            <button
              type="button"
              class="button split-look"
              disabled={!meaning.complete()}
              onClick={() => void look()}
            >
              {said.splitLook}
            </button>
            <Show when={!meaning.complete()}>
              <span class="quiet" role="status">
                {said.splitWaits}
              </span>
            </Show>
          </p>
        }
      >
        {(found) => (
          <Show
            when={found().length === 2}
            fallback={
              <p class="split-cannot" role="status" tabindex="-1">
                {said.splitCannot}
              </p>
            }
          >
            <form class="split" onSubmit={split}>
              <div class="parts">
                <Index each={found()}>
                  {(part, at) => (
                    <PartOf
                      part={part()}
                      label={said.splitName(at + 1)}
                      name={names()[at] ?? ''}
                      onName={(name) => setNames((before) => before.with(at, name))}
                    />
                  )}
                </Index>
              </div>
              <p class="quiet">{said.splitGoes(props.topic.name)}</p>
              <p class="actions">
                <button type="submit" class="button main">
                  {said.splitDo}
                </button>
                <button type="button" class="button" onClick={cancel}>
                  {said.cancel}
                </button>
              </p>
            </form>
          </Show>
        )}
      </Show>
    </>
  );
}

function PartOf(props: { part: Part; label: string; name: string; onName: (name: string) => void }) {
  const { library } = useSheaf();
  const titles = () =>
    props.part.paperIds.slice(0, SHOWN).map((id) => plain(library.byId(id)?.title ?? said.missing));
  return (
    <div>
      <input
        type="text"
        aria-label={props.label}
        maxlength={LONGEST_NAME}
        value={props.name}
        onInput={(event) => props.onName(event.currentTarget.value)}
      />
      <p class="quiet">
        {laterTexts.found.papers(props.part.paperIds.length)}: {props.part.words.join(', ')}
      </p>
      <ul class="topic-papers">
        <For each={titles()}>{(title) => <li>{title}</li>}</For>
      </ul>
      <Show when={props.part.paperIds.length > SHOWN}>
        <p class="quiet">{said.more(props.part.paperIds.length - SHOWN)}</p>
      </Show>
    </div>
  );
}
