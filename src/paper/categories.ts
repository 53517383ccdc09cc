/** Archives of arXiv that have subjects, `cs.CV`, and those that are one: `quant-ph`. */
const WITH_SUBJECTS = 'astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat';
const ALONE = 'astro-ph|cond-mat|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math-ph|nucl-ex|nucl-th|quant-ph';
const CATEGORY = new RegExp(String.raw`^(?:(?:${WITH_SUBJECTS})\.[A-Za-z]{2}[A-Za-z-]{0,10}|${ALONE})$`);

/** Whether a word is a subject class of arXiv: bibliographies write them among the keywords. */
export function isCategory(word: string): boolean {
  return CATEGORY.test(word);
}
