import type { Marked } from '../state/marks.ts';
import type { Sheaf } from '../state/sheaf.ts';
import { laterTexts } from '../texts/later.ts';

/** What the reader marked: the latest is told, with the way back. */
export const ABOUT_MARKS = 'marks';

/**
 * Makes changes of marks and tells of them, with the way back. Gives how many papers changed.
 * @param told of that number; where nothing changed nothing is told.
 */
export async function undoable(
  { notices }: Pick<Sheaf, 'notices'>,
  work: () => Promise<Marked>,
  told: string | ((papers: number) => string),
): Promise<number> {
  const warn = (error: unknown) => notices.fail(error);
  try {
    const { papers, undo } = await work();
    if (papers === 0) return 0;
    const text = typeof told === 'string' ? told : told(papers);
    const run = () => void undo().catch(warn);
    notices.tell(text, { label: laterTexts.reading.undo, run }, ABOUT_MARKS);
    return papers;
  } catch (error) {
    warn(error);
    return 0;
  }
}
