import { sentenceOf } from '../state/notices.ts';
import type { Sheaf } from '../state/sheaf.ts';
import type { Topic } from '../state/topics.ts';

/** What the reader says of papers in topics: the latest is told, with the way back. */
export const ABOUT_OPINIONS = 'opinions';

type Said = 'liked' | 'disliked';

/** Says of a paper whether it belongs to a topic, or takes it back where that was said already. */
export async function sayOf(
  { topics, notices }: Pick<Sheaf, 'topics' | 'notices'>,
  topic: Topic,
  paperId: string,
  said: Said,
): Promise<void> {
  const warn = (error: unknown) => notices.warn(sentenceOf(error));
  try {
    const { before, now } = await topics.toggle(topic.id, paperId, said);
    const undo = () => void topics.say(topic.id, paperId, before).catch(warn);
    notices.tell(sentenceFor(topic.name, now), { label: 'Undo', run: undo }, ABOUT_OPINIONS);
  } catch (error) {
    warn(error);
  }
}

function sentenceFor(topic: string, said: Said | undefined): string {
  if (said === undefined) return `Taken back: what you said of this paper in ${topic}.`;
  return said === 'liked'
    ? `You said that it belongs to ${topic}.`
    : `You said that it does not belong to ${topic}.`;
}
