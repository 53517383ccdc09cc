/* English: one file an area, so that each stands beside its like. */

export { about } from './en-about.ts';
export { days } from './en-days.ts';
export { failures } from './en-failures.ts';
export { found } from './en-found.ts';
export { kept } from './en-kept.ts';
export { list } from './en-list.ts';
export { places } from './en-places.ts';
export { question } from './en-question.ts';
export { reading } from './en-reading.ts';
export { shell } from './en-shell.ts';
