import { count } from './count.ts';

/** What is kept on the device, and what became of it. */
export const kept = {
  /** @param savedAt ISO 8601. */
  restored: ({ papers, savedAt }: { papers: number; savedAt: string }) =>
    `What was kept on this device had been damaged. It was put back from a copy of ${moment(savedAt)}, with ${count(papers, 'paper')}; what you changed after that is gone.`,
};

/** In the reader's own time: `27 November 2026, 14:05`. */
function moment(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
}
