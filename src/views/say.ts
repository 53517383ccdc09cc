import type { Sheaf } from '../state/sheaf.ts';
import type { Topic } from '../state/topics.ts';
import { laterTexts } from '../texts/later.ts';

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
  const warn = (error: unknown) => notices.fail(error);
  try {
    const { before, now } = await topics.toggle(topic.id, paperId, said);
    const undo = () => void topics.say(topic.id, paperId, before).catch(warn);
    notices.tell(sentenceFor(topic.name, now), { label: laterTexts.topics.undo, run: undo }, ABOUT_OPINIONS);
  } catch (error) {
    warn(error);
  }
}

function sentenceFor(topic: string, said: Said | undefined): string {
  return said === undefined
    ? laterTexts.topics.takenBack(topic)
    : laterTexts.paper.opinions.told[said](topic);
}
