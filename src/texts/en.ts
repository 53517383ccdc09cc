import { out } from './en-out.ts';
import { shell } from './en-shell.ts';

/** English: one file an area, so that each stands beside its like. */
export const en = { out, shell };
