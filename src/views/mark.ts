import type { MarkKind } from '../state/marks.ts';
import { sentenceOf } from '../state/notices.ts';
import type { Sheaf } from '../state/sheaf.ts';
import { offerToTakeOff } from './later.ts';
import { ABOUT_MARKS } from './undoable.ts';

const TOLD: Record<MarkKind, readonly [on: string, off: string]> = {
  starred: ['Starred.', 'No longer starred.'],
  read: ['Marked as read.', 'Marked as unread.'],
};

/** Stars a paper or marks it as read, or takes that back where it is so already. */
export async function markPaper(
  { marks, notices, readingList }: Pick<Sheaf, 'marks' | 'notices' | 'readingList'>,
  paperId: string,
  kind: MarkKind,
): Promise<void> {
  const warn = (error: unknown) => notices.warn(sentenceOf(error));
  try {
    const on = await marks.toggle(paperId, kind);
    const undo = () => void marks.set(paperId, kind, !on).catch(warn);
    notices.tell(TOLD[kind][on ? 0 : 1], { label: 'Undo', run: undo }, ABOUT_MARKS);
    if (kind === 'read' && on) offerToTakeOff({ marks, notices, readingList }, paperId);
  } catch (error) {
    warn(error);
  }
}
