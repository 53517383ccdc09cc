/** What is wrong with a large list or its host, as one plain sentence for the reader. */
export class CorpusError extends Error {
  override readonly name = 'CorpusError';
}
