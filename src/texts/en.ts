import { days } from './en-days.ts';
import { papersIn } from './en-in.ts';
import { kept } from './en-kept.ts';
import { map } from './en-map.ts';
import { out } from './en-out.ts';
import { palette } from './en-palette.ts';
import { reading } from './en-reading.ts';
import { shell } from './en-shell.ts';
import { topics } from './en-topics.ts';

/** English: one file an area, so that each stands beside its like. */
export const en = { days, kept, map, out, palette, papersIn, reading, shell, topics };
