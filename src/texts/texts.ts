import { en } from './en.ts';

/** What another language has to say: the same names, the same functions. */
export type Texts = typeof en;

/** What the site says to its readers. A second language is a second `Texts`, chosen here. */
export const texts: Texts = en;

/** `1 paper`, `2,345 papers`: of English nouns that take an s. */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}
