import { reading } from './en-reading.ts';
import { shell } from './en-shell.ts';

/** English: one file an area, so that each stands beside its like. */
export const en = { shell, reading };
