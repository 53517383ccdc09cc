import { count } from './count.ts';

/** What stands between the papers of a list. */
export const found = {
  further: 'Further off',
  /** @param within a place, and not all papers. */
  noneFits: (within: boolean) => `No paper ${within ? 'here ' : ''}fits clearly. The nearest:`,
  lessNear: 'Below this line papers are less near',
  noneNear: 'No paper is clearly near. The nearest:',
  /** @param ruledOut papers of which the reader said that they do not belong. */
  notOfTopic: (probably: number, ruledOut: number) => {
    const text = `Below this line ${count(probably, 'paper')} probably ${probably === 1 ? 'does' : 'do'} not belong`;
    return ruledOut > 0 ? `${text}, and ${ruledOut.toLocaleString('en')} as you said` : text;
  },
};
