/* English, of what comes after the first list: one file an area. */

export { about } from './en-about.ts';
export { days } from './en-days.ts';
export { found } from './en-found.ts';
export { papersIn } from './en-in.ts';
export { large } from './en-large.ts';
export { list } from './en-list.ts';
export { map } from './en-map.ts';
export { model } from './en-model.ts';
export { out } from './en-out.ts';
export { palette } from './en-palette.ts';
export { paper } from './en-paper.ts';
export { places } from './en-places.ts';
export { quantities } from './en-quantities.ts';
export { reading } from './en-reading.ts';
export { shell } from './en-shell.ts';
export { status } from './en-status.ts';
export { topics } from './en-topics.ts';
