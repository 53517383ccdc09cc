import type { Sheaf } from '../state/sheaf.ts';
import type { Topic } from '../state/topics.ts';
import { texts } from '../texts/texts.ts';
import { tellChange } from './changed.ts';

type Parts = Pick<Sheaf, 'topics' | 'notices'>;

/** Moves a topic in the list and says where it is now. */
export function moveTopic({ topics, notices }: Parts, topic: Topic, by: number): Promise<boolean> {
  return tellChange(notices, async () => {
    const undo = await topics.change.move(topic.id, by);
    const at = topics.list().findIndex(({ id }) => id === topic.id) + 1;
    return undo && { text: texts.places.topicMoved(topic.name, at, topics.list().length), undo };
  });
}

/** Alt with the arrows moves a topic of the sidebar. Its row is made anew: the focus goes along. */
export async function moveTopicByKey(parts: Parts, topic: Topic, event: KeyboardEvent): Promise<void> {
  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  if (!event.altKey || event.ctrlKey || event.metaKey || by === 0) return;
  event.preventDefault();
  if (await moveTopic(parts, topic, by))
    document.querySelector<HTMLElement>(`[data-topic="${CSS.escape(topic.id)}"] a`)?.focus();
}
