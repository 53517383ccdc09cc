import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js';
import { plain } from '../paper/latex.ts';
import type { Effect, Learned, Moved } from '../ranking/learned.ts';
import type { TellingWord } from '../ranking/telling.ts';
import { isStop } from '../state/notices.ts';
import type { Topic } from '../state/topics.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { ABOUT_OPINIONS } from './say.ts';

const said = laterTexts.topics;

/** Papers shown of those that came in or went out. */
const MOVED_SHOWN = 5;
/** What each example does by itself is asked of so many: each costs a scoring of the whole library. */
const EXAMPLES_ASKED = 8;

/** What a topic has learned: its telling words, what moved, and its examples, each with a way to take it back. */
export function TopicLearned(props: { topic: Topic }) {
  const { topics, ranker, library, indexed, meaning, notices } = useSheaf();
  const [learned, setLearned] = createSignal<Learned>();
  const [failed, setFailed] = createSignal(false);
  const [effects, setEffects] = createSignal<ReadonlyMap<string, Effect>>(new Map());
  const examples = createMemo(() => topics.examples(props.topic.id));
  const here = (ids: readonly string[]) => ids.filter((id) => library.byId(id));
  const count = () => here(examples().liked).length + here(examples().disliked).length;

  const showFailure = () => {
    setLearned(undefined);
    setFailed(true);
  };
  /** The newest question wins; an answer to an older one is dropped. */
  let newest = 0;
  onCleanup(() => newest++);
  createEffect(
    on(
      [
        () => props.topic.sentence,
        () => props.topic.name,
        examples,
        indexed,
        meaning.version,
        meaning.contract,
      ],
      async () => {
        const mine = ++newest;
        const isOld = () => mine !== newest;
        let isFound = false;
        setFailed(false);
        try {
          const query = await topics.query(props.topic.id);
          if (isOld()) return;
          if (!query) return showFailure();
          if ((query.liked?.length ?? 0) + (query.disliked?.length ?? 0) === 0)
            return void setLearned(undefined);
          const found = await ranker.tellTopic(query);
          if (isOld()) return;
          isFound = true;
          setLearned(found);
          setEffects(new Map());
          for (const id of [...found.liked, ...found.disliked].slice(0, EXAMPLES_ASKED)) {
            const effect = await ranker.effectOfExample(query, id);
            if (isOld()) return;
            setEffects((before) => new Map([...before, [id, effect]]));
          }
        } catch (error) {
          if (isOld()) return;
          if (!isFound) showFailure();
          if (!isStop(error)) notices.fail(error);
        }
      },
    ),
  );

  return (
    <Show when={count() > 0} fallback={<p>{said.nothingLearned}</p>}>
      <Show when={learned()} fallback={<p role="status">{failed() ? said.notFound : said.looking}</p>}>
        {(found) => (
          <>
            <p>
              {said.examples(found().liked.length, found().disliked.length)}{' '}
              {found().liked.length === 0
                ? said.onlyNo
                : said.effect(found().cameIn.length, found().wentOut.length)}
            </p>
            <Words words={found().words} />
            <MovedPapers title={said.cameIn} moved={found().cameIn} />
            <MovedPapers title={said.wentOut} moved={found().wentOut} />
            <Examples title={said.yes} topic={props.topic} ids={found().liked} effects={effects()} />
            <Examples title={said.no} topic={props.topic} ids={found().disliked} effects={effects()} />
          </>
        )}
      </Show>
    </Show>
  );
}

function Words(props: { words: readonly TellingWord[] }) {
  const rows = () => {
    const of = (wanted: (word: TellingWord) => boolean) =>
      props.words
        .filter(wanted)
        .map(({ word }) => word)
        .join(', ');
    const steps = ([3, 2, 1] as const).map(
      (strength) =>
        [
          said.strengths[strength],
          of((word) => word.speaks === 'for' && word.strength === strength),
        ] as const,
    );
    return [...steps, [said.against, of(({ speaks }) => speaks === 'against')] as const].filter(
      ([, words]) => words,
    );
  };
  return (
    <Show when={rows().length > 0}>
      <h3>{said.wordsHeading}</h3>
      <dl class="telling">
        <For each={rows()}>
          {([name, words]) => (
            <>
              <dt>{name}</dt>
              <dd>{words}</dd>
            </>
          )}
        </For>
      </dl>
    </Show>
  );
}

function MovedPapers(props: { title: string; moved: readonly Moved[] }) {
  const { bar, library } = useSheaf();
  const titleOf = (id: string | undefined) => plain(library.byId(id ?? '')?.title ?? '');
  return (
    <Show when={props.moved.length > 0}>
      <h3>{props.title}</h3>
      <ul class="topic-papers">
        <For each={props.moved.slice(0, MOVED_SHOWN)}>
          {(moved) => (
            <li>
              <a href={bar.link({ paper: moved.id, page: undefined })}>{titleOf(moved.id)}</a>
              <Show when={titleOf(moved.because)}>
                <span class="quiet"> {said.because(titleOf(moved.because))}</span>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={props.moved.length > MOVED_SHOWN}>
        <p class="quiet">{said.more(props.moved.length - MOVED_SHOWN)}</p>
      </Show>
    </Show>
  );
}

function Examples(props: {
  title: string;
  topic: Topic;
  ids: readonly string[];
  effects: ReadonlyMap<string, Effect>;
}) {
  const { bar, library, topics, notices } = useSheaf();
  const titleOf = (id: string) => plain(library.byId(id)?.title ?? said.missing);
  const takeBack = async (id: string, button: HTMLElement) => {
    const warn = (error: unknown) => notices.fail(error);
    const before = topics.saidOf(props.topic.id, id);
    try {
      await topics.say(props.topic.id, id, undefined);
      focusBeside(button);
      notices.tell(
        said.takenBack(props.topic.name),
        { label: said.undo, run: () => void topics.say(props.topic.id, id, before).catch(warn) },
        ABOUT_OPINIONS,
      );
    } catch (error) {
      warn(error);
    }
  };
  return (
    <Show when={props.ids.length > 0}>
      <h3>{props.title}</h3>
      <ul class="topic-papers">
        <For each={props.ids}>
          {(id) => (
            <li>
              <a href={bar.link({ paper: id, page: undefined })}>{titleOf(id)}</a>
              <span class="quiet">
                <Show when={props.effects.get(id)}>
                  {(effect) => (
                    <>{` ${said.exampleEffect(effect().cameIn.length, effect().wentOut.length)} · `}</>
                  )}
                </Show>{' '}
                <button
                  type="button"
                  class="link"
                  aria-label={said.takeBackOf(titleOf(id))}
                  data-take-back
                  onClick={(event) => void takeBack(id, event.currentTarget)}
                >
                  {said.takeBack}
                </button>
              </span>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}

/** The button goes with its paper as soon as that is known: the focus goes to the next one, else to the page's heading. */
function focusBeside(button: HTMLElement): void {
  const { activeElement } = document;
  if (activeElement !== button && activeElement !== document.body) return;
  const all = [...document.querySelectorAll<HTMLElement>('.topic-page [data-take-back]')];
  const at = all.indexOf(button);
  const beside = at < 0 ? undefined : (all[at + 1] ?? all[at - 1]);
  (beside ?? document.querySelector<HTMLElement>('.pages h1'))?.focus();
}
