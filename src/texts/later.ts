/**
 * What the site says once more is open than the first list: `laterTexts.map.title`. Apart from `texts.ts`, so that code which comes
 * later takes its texts along, and that of the first list does not carry them.
 */
export * as laterTexts from './en-later.ts';
