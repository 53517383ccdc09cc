/** Words as they stand in papers, numbered from 1: an entry of the index has a number where it had a string. */
export interface Forms {
  /** 0, which is no word, when there are more than an entry has bits for. */
  put(word: string): number;
  get(number: number): string;
  /** Above all numbers. */
  size(): number;
  list(): readonly string[];
}

/** As many as `postings.ts` has bits for; a million abstracts have about three millions. */
const MOST = 2 ** 22 - 1;

export function createForms(from: readonly string[] = []): Forms {
  const words = ['', ...from];
  /** Made at the first word that comes: of a kept index often none does, and it takes ten megabytes. */
  let numbers: Map<string, number> | undefined;
  const numbered = () => {
    const known = new Map<string, number>();
    for (let number = 1; number < words.length; number++) known.set(words[number] as string, number);
    return known;
  };
  return {
    put(word) {
      numbers ??= numbered();
      const known = numbers.get(word);
      if (known !== undefined) return known;
      if (words.length > MOST) return 0;
      numbers.set(word, words.length);
      return words.push(word) - 1;
    },
    get: (number) => words[number] as string,
    size: () => words.length,
    list: () => words.slice(1),
  };
}
