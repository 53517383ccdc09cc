export { count } from './count.ts';
/**
 * What the site says to its readers, by area: `texts.map.link`. A second language is a second `en.ts`, chosen here. Exported as a
 * namespace, so that a page which is loaded later takes its texts along.
 */
export * as texts from './en.ts';
