/** Words as they stand in papers, numbered from 1: an entry of the index has a number where it had a string. */
export interface Forms {
  /** 0, which is no word, when there are more than an entry has bits for. */
  put(word: string): number;
  get(number: number): string;
  list(): readonly string[];
}

/** As many as `postings.ts` has bits for; a million abstracts have about three millions. */
const MOST = 2 ** 22 - 1;

export function createForms(from: readonly string[] = []): Forms {
  const words = ['', ...from];
  const numbers = new Map<string, number>();
  for (const [at, word] of from.entries()) numbers.set(word, at + 1);
  return {
    put(word) {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      if (words.length > MOST) return 0;
      numbers.set(word, words.length);
      return words.push(word) - 1;
    },
    get: (number) => words[number] as string,
    list: () => words.slice(1),
  };
}
