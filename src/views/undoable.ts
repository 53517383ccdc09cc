import { sentenceOf } from '../state/notices.ts';
import type { Sheaf } from '../state/sheaf.ts';
import { texts } from '../texts/texts.ts';

/** What the reader marked: the latest is told, with the way back. */
export const ABOUT_MARKS = 'marks';

type Changes = Awaited<ReturnType<Sheaf['marks']['change']>>;

/**
 * Makes changes of marks and tells of them, with the way back. Gives how many papers changed.
 * @param told of that number; where nothing changed nothing is told.
 */
export async function undoable(
  { marks, notices }: Pick<Sheaf, 'marks' | 'notices'>,
  work: () => Promise<Changes>,
  told: string | ((papers: number) => string),
): Promise<number> {
  const warn = (error: unknown) => notices.warn(sentenceOf(error));
  try {
    const back = await work();
    if (back.length === 0) return 0;
    const text = typeof told === 'string' ? told : told(back.length);
    const run = () => void marks.change(back).catch(warn);
    notices.tell(text, { label: texts.reading.undo, run }, ABOUT_MARKS);
    return back.length;
  } catch (error) {
    warn(error);
    return 0;
  }
}
