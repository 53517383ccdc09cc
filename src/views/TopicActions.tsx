import { Show } from 'solid-js';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { removeTopic } from './removeTopic.ts';
import { ABOUT_OPINIONS } from './say.ts';

/** The reader's own topics can be removed; the site's are the site's. */
export function TopicActions() {
  const sheaf = useSheaf();
  const { bar, topics } = sheaf;
  const topic = () => {
    const { place } = bar.address();
    const found = place.kind === 'topic' ? topics.byId(place.id) : undefined;
    return found?.own ? found : undefined;
  };
  return (
    <>
      <Learned />{' '}
      <a class="link" href={bar.link({ page: 'topic' })}>
        {laterTexts.topics.edit}
      </a>
      <Show when={topic()}>
        {(own) => (
          <>
            {' '}
            <button type="button" class="link" onClick={() => void removeTopic(sheaf, own())}>
              {laterTexts.topics.remove}
            </button>
          </>
        )}
      </Show>
    </>
  );
}

/** What the topic has learned from, and how to take it back. */
function Learned() {
  const { bar, topics, library, notices } = useSheaf();
  const id = () => {
    const { place } = bar.address();
    return place.kind === 'topic' ? place.id : '';
  };
  const sentence = () => {
    const { liked, disliked } = topics.examples(id());
    // What was said of a paper that was removed comes back with it.
    const here = (ids: readonly string[]) => ids.filter((paper) => library.byId(paper)).length;
    const [yes, no] = [here(liked), here(disliked)];
    return yes || no ? laterTexts.list.said.youSaid(yes, no) : undefined;
  };
  const forget = async () => {
    try {
      const said = await topics.forget(id());
      const undo = () => topics.sayAgain(said).catch((error) => notices.fail(error));
      notices.tell(
        laterTexts.list.said.forgotten,
        { label: laterTexts.topics.undo, run: undo },
        ABOUT_OPINIONS,
      );
    } catch (error) {
      notices.fail(error);
    }
  };
  return (
    <Show when={sentence()}>
      {(text) => (
        <>
          {` ${text()} `}
          <button type="button" class="link" onClick={() => void forget()}>
            {laterTexts.list.said.forget}
          </button>
        </>
      )}
    </Show>
  );
}
