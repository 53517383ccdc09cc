/*
 * How much is kept. Of what a reader writes: the same where it is written, saved in a backup and read from one.
 */

/** Letters of a tag, as `[...tag]` counts them: a few words. */
export const LONGEST_TAG = 60;
/** UTF-16 units of a note: a book. */
export const LONGEST_NOTE = 200_000;

/*
 * Of what lists say of a paper, be it in one record or in many that tell of the same one.
 */

export const MOST_LINKS = 50;
/** Subject classes, and keywords. */
export const MOST_WORDS = 100;
