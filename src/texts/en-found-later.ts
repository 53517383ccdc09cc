import { count } from './count.ts';

/** How many papers were found, what stands between those of a list, and that search fails. */
export const found = {
  papers: (n: number) => count(n, 'paper'),
  wordsFail: (why: string) => `Search by words does not work. ${why}`,
};
