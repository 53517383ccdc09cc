import type { Paper } from '../paper/paper.ts';
import { laterTexts } from '../texts/later.ts';
import { useSheaf } from './context.ts';
import { toggleLater } from './later.ts';
import { LaterIcon } from './readingIcons.tsx';

/** Puts the paper at the end of the reading list, or takes it off. */
export function LaterButton(props: { paper: Paper }) {
  const sheaf = useSheaf();
  const isIn = () => sheaf.marks.with('later').has(props.paper.id);
  return (
    <button
      type="button"
      classList={{ on: isIn() }}
      aria-keyshortcuts="l"
      onClick={() => void toggleLater(sheaf, props.paper.id)}
    >
      <LaterIcon />
      {isIn() ? laterTexts.reading.inReadingListNow : laterTexts.reading.readLater}
    </button>
  );
}
