import { count } from './count.ts';

/** What is kept on the device, and what became of it. */
export const kept = {
  /**
   * @param savedAt ISO 8601.
   * @param whole nothing is missing.
   */
  restored: ({ papers, savedAt, whole }: { papers: number; savedAt: string; whole: boolean }) =>
    whole
      ? `What was kept on this device had been damaged. All of it was put back, with ${count(papers, 'paper')}; the last change was of ${moment(savedAt)}.`
      : `What was kept on this device had been damaged. It was put back from a copy of ${moment(savedAt)}, with ${count(papers, 'paper')}; what you changed after that is gone.`,
  held: 'What is kept on this device does not answer: another tab of this site may be asleep and hold it. Close the other tabs of this site; this page goes on by itself then.',
  freed:
    'What is kept on this device answers again. Reload this page to see it; what you added meanwhile is only in this page.',
  madeRoom:
    'There was no room left on this device. To keep what you made, vectors or a model were let go; they come again by themselves when there is room.',
  waits:
    'What was kept on this device had been damaged. A copy of it is here, but could not be put back now: most likely there is no room left.',
  lost: 'What was kept on this device could not be read and is gone.',
};

/** In the reader's own time: `27 November 2026, 14:05`. */
function moment(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
}
