import { en } from './en.ts';

export { count } from './count.ts';

/** What another language has to say: the same names, the same functions. */
export type Texts = typeof en;

/** What the site says to its readers. A second language is a second `Texts`, chosen here. */
export const texts: Texts = en;
