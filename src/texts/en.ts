import { shell } from './en-shell.ts';
import { topics } from './en-topics.ts';

/** English: one file an area, so that each stands beside its like. */
export const en = { shell, topics };
