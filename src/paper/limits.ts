/*
 * How much of what a reader writes is kept: the same where it is written, saved in a backup and read from one.
 */

/** Letters of a tag, as `[...tag]` counts them: a few words. */
export const LONGEST_TAG = 60;
/** UTF-16 units of a note: a book. */
export const LONGEST_NOTE = 200_000;
