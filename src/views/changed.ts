import type { Notices } from '../state/notices.ts';
import type { Undo } from '../state/topicChanges.ts';
import { texts } from '../texts/texts.ts';

/** Changes of topics and groups: the latest is told, with the way back. */
const ABOUT_TOPICS = 'topics';

/**
 * Does something and tells it, with Undo; what fails is told as a warning, and nothing has changed.
 * @param work gives what to say and how to take it back; undefined where there was nothing to do.
 * @returns whether it was done.
 */
export async function tellChange(
  notices: Notices,
  work: () => Promise<{ text: string; undo: Undo } | undefined>,
): Promise<boolean> {
  const warn = (error: unknown) => notices.fail(error);
  try {
    const done = await work();
    if (!done) return false;
    const { text, undo } = done;
    notices.tell(text, { label: texts.shell.undo, run: () => void undo().catch(warn) }, ABOUT_TOPICS);
    return true;
  } catch (error) {
    warn(error);
    return false;
  }
}
