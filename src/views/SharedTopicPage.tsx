import { createMemo, Show } from 'solid-js';
import { idsOf, readShared, type SharedTopic } from '../state/sharedTopic.ts';
import { laterTexts } from '../texts/later.ts';
import { tellChange } from './changed.ts';
import { useSheaf } from './context.ts';
import { PageFrame } from './PageFrame.tsx';
import './topics.css';

const said = laterTexts.topics;

/** What a link that carries a topic would add: asked before anything is changed. */
export function SharedTopicPage() {
  const { bar } = useSheaf();
  const read = createMemo(() => readShared(bar.address().shared ?? ''));
  const problem = () => {
    const found = read();
    return typeof found === 'string' ? found : undefined;
  };
  const topic = () => {
    const found = read();
    return typeof found === 'string' ? undefined : found;
  };
  return (
    <PageFrame title={problem() ? said.sharedBroken : said.sharedTitle}>
      <Show when={problem()}>
        {(name) => (
          <>
            <p class="problem">{said.problems[name()]}</p>
            <p>{said.sharedSafe}</p>
          </>
        )}
      </Show>
      <Show when={topic()}>{(found) => <Offer topic={found()} />}</Show>
    </PageFrame>
  );
}

function Offer(props: { topic: SharedTopic }) {
  const { bar, library, topics, notices } = useSheaf();
  const liked = createMemo(() => idsOf(props.topic.liked, library.papers()));
  const disliked = createMemo(() => idsOf(props.topic.disliked, library.papers()));
  const all = () => [...liked(), ...disliked()];
  const known = () =>
    topics
      .list()
      .find(({ name, sentence }) => name === props.topic.name && sentence === props.topic.sentence);
  const add = () =>
    tellChange(notices, async () => {
      const { name, sentence } = props.topic;
      const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);
      const { made, undo } = await topics.change.make([
        { name, sentence, liked: ids(liked()), disliked: ids(disliked()) },
      ]);
      bar.go(
        { place: { kind: 'topic', id: made[0] as string }, query: '', page: undefined },
        { replace: true },
      );
      const back = () => {
        bar.go({ place: { kind: 'all' } }, { replace: true });
        return undo();
      };
      return { text: said.sharedAdded(name), undo: back };
    });
  return (
    <>
      <p class="lead">
        <strong>{props.topic.name}</strong>
      </p>
      <p>{props.topic.sentence}</p>
      <p>{said.sharedExamples(all().length, all().filter(({ here }) => here).length)}</p>
      <Show when={known()}>{(same) => <p class="quiet">{said.sharedKnown(same().name)}</p>}</Show>
      <p class="actions">
        <button type="button" class="button main" onClick={() => void add()}>
          {said.sharedAdd}
        </button>
        <button type="button" class="button" onClick={() => bar.go({ page: undefined })}>
          {said.sharedNo}
        </button>
      </p>
    </>
  );
}
