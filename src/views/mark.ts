import type { MarkKind } from '../state/marks.ts';
import type { Sheaf } from '../state/sheaf.ts';
import { laterTexts } from '../texts/later.ts';
import { offerToTakeOff } from './later.ts';
import { ABOUT_MARKS } from './undoable.ts';

/** Stars a paper or marks it as read, or takes that back where it is so already. */
export async function markPaper(
  { marks, notices, readingList }: Pick<Sheaf, 'marks' | 'notices' | 'readingList'>,
  paperId: string,
  kind: MarkKind,
): Promise<void> {
  const warn = (error: unknown) => notices.fail(error);
  try {
    const { on, undo } = await marks.toggle(paperId, kind);
    const told = laterTexts.paper.marks.told[kind];
    notices.tell(
      on ? told.on : told.off,
      { label: laterTexts.reading.undo, run: () => void undo().catch(warn) },
      ABOUT_MARKS,
    );
    if (kind === 'read' && on) offerToTakeOff({ marks, notices, readingList }, paperId);
  } catch (error) {
    warn(error);
  }
}
