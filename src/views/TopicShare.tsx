import { createMemo, createSignal, Show } from 'solid-js';
import { sharedId, writeShared } from '../state/sharedTopic.ts';
import type { Topic } from '../state/topics.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';

const said = laterTexts.topics;

/** A link that carries the topic and its examples. */
export function ShareTopic(props: { topic: Topic }) {
  const { bar, topics, library } = useSheaf();
  const [told, setTold] = createSignal('');
  let field: HTMLInputElement | undefined;
  const shared = createMemo(() => {
    const { liked, disliked } = topics.examples(props.topic.id);
    const named = (ids: readonly string[]) =>
      ids.flatMap((id) => {
        const paper = library.byId(id);
        return paper ? [sharedId(paper)] : [];
      });
    const { name, sentence } = props.topic;
    return writeShared({ name, sentence, liked: named(liked), disliked: named(disliked) });
  });
  const link = () =>
    new URL(
      bar.link({
        place: { kind: 'all' },
        query: '',
        paper: undefined,
        page: 'shared',
        shared: shared().text,
      }),
      location.href,
    ).href;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link());
      setTold(said.copied);
    } catch {
      // Refused, or a page without the right: the link is there to be taken by hand.
      field?.focus();
      field?.select();
      setTold(said.copyByHand);
    }
  };
  const canShare = typeof navigator.share === 'function';
  const share = () =>
    // A reader who closes the system's sheet has changed their mind: that is no failure.
    navigator.share({ title: props.topic.name, url: link() }).catch(() => undefined);
  return (
    <>
      <h2>{said.share}</h2>
      <p>{said.shareWhy}</p>
      <p class="actions">
        <input
          ref={(element) => (field = element)}
          type="text"
          class="share-link"
          readonly
          aria-label={said.link}
          value={link()}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" class="button" onClick={() => void copy()}>
          {said.copy}
        </button>
        <Show when={canShare}>
          <button type="button" class="button" onClick={() => void share()}>
            {said.shareBy}
          </button>
        </Show>
      </p>
      <p class="quiet" role="status">
        {told()} {shared().leftOut > 0 ? said.shareCut(shared().leftOut) : ''}
      </p>
    </>
  );
}
