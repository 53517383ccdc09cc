/* English, of what comes after the first list: one file an area. */

export { about } from './en-about-later.ts';
export { days } from './en-days-later.ts';
export { found } from './en-found-later.ts';
export { papersIn } from './en-in.ts';
export { large } from './en-large.ts';
export { list } from './en-list-later.ts';
export { map } from './en-map.ts';
export { model } from './en-model.ts';
export { out } from './en-out.ts';
export { palette } from './en-palette.ts';
export { paper } from './en-paper.ts';
export { places } from './en-places-later.ts';
export { quantities } from './en-quantities.ts';
export { reading } from './en-reading-later.ts';
export { shell } from './en-shell-later.ts';
export { status } from './en-status.ts';
export { topics } from './en-topics.ts';
