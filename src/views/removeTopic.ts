import type { Sheaf } from '../state/sheaf.ts';
import type { Topic } from '../state/topics.ts';
import { laterTexts } from '../texts/later.ts';
import { tellChange } from './changed.ts';

/** Removes a topic of the reader's own and leaves its place; Undo brings both back. */
export async function removeTopic(
  { bar, topics, notices }: Pick<Sheaf, 'bar' | 'topics' | 'notices'>,
  { id, name }: Topic,
): Promise<void> {
  await tellChange(notices, async () => {
    const removed = await topics.remove(id);
    // Its own page says nothing more.
    const page = bar.address().page === 'topic' ? { page: undefined } : {};
    bar.go({ place: { kind: 'all' }, ...page }, { replace: true });
    const undo = async () => {
      if (!removed) return;
      await topics.restore(removed);
      bar.go({ place: { kind: 'topic', id }, query: '' });
    };
    return removed && { text: laterTexts.topics.removed(name), undo };
  });
}
