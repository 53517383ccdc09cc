import type { PostingsDump } from './postings.ts';
import type { SlotsDump } from './slots.ts';
import type { VocabularyDump } from './vocabulary.ts';

/** An index as it can be kept: typed arrays and a few long texts. */
export interface KeptIndex {
  /** Another is not read: {@link INDEX_FORMAT}. */
  readonly format: number;
  readonly vocabulary: VocabularyDump;
  /** A line each. */
  readonly forms: string;
  readonly slots: SlotsDump;
  readonly postings: Omit<PostingsDump, 'pages'>;
  /** Those of the postings, which are nearly all of it. */
  readonly pages: readonly Uint32Array[];
  readonly living: Uint32Array;
}

/** Changes with the form of what is kept, and with what a text's terms are. */
export const INDEX_FORMAT = 1;
