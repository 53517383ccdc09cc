import type { Sheaf } from '../state/sheaf.ts';
import { laterTexts } from '../texts/later.ts';
import { undoable } from './undoable.ts';

type Parts = Pick<Sheaf, 'marks' | 'notices' | 'readingList'>;

/** Puts a paper in the reading list, or takes it off where it is in it. */
export async function toggleLater(parts: Parts, paperId: string): Promise<void> {
  const { marks, readingList } = parts;
  if (marks.with('later').has(paperId)) {
    await undoable(parts, () => readingList.remove([paperId]), laterTexts.reading.takenOff);
  } else await undoable(parts, () => readingList.add([paperId]), laterTexts.reading.putInList);
}

const ABOUT_READ = 'read and in the list';

/** What has been read need not stay in the list; whether it does is for the reader to say. */
export function offerToTakeOff(parts: Parts, paperId: string): void {
  const { marks, notices, readingList } = parts;
  if (!marks.with('later').has(paperId)) return;
  const run = () => void undoable(parts, () => readingList.remove([paperId]), laterTexts.reading.takenOff);
  notices.tell(laterTexts.reading.takeOffToo, { label: laterTexts.reading.takeOff, run }, ABOUT_READ);
}

/** Moves a paper of the reading list to a place, 0 for the first, and says where it is now. */
export async function moveTo(parts: Parts, paperId: string, title: string, to: number): Promise<void> {
  const { readingList } = parts;
  const last = readingList.ids().length - 1;
  const wanted = Math.max(0, Math.min(last, to));
  await undoable(
    parts,
    () => readingList.move(paperId, wanted),
    laterTexts.reading.moved(title, wanted + 1, last + 1),
  );
}
