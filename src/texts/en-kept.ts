import { count } from './count.ts';

/** What is kept on the device, and what became of it. */
export const kept = {
  /** @param savedAt ISO 8601. */
  restored: ({ papers, savedAt }: { papers: number; savedAt: string }) =>
    `What was kept on this device had been damaged. It was put back from a copy of ${moment(savedAt)}, with ${count(papers, 'paper')}; what you changed after that is gone.`,
  lost: 'What was kept on this device could not be read and is gone. The site’s list is loaded again; papers that you added yourself have to be added again.',
};

/** In the reader's own time: `27 November 2026, 14:05`. */
function moment(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
}
