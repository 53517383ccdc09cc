/** The frame around all else. */
export const shell = {
  opening: 'Opening…',
  list: 'Papers',
  /** The column beside the list. */
  beside: 'Paper or page',
  pageFailed: {
    title: 'This page could not be opened',
    safe: 'Your papers and all else go on. Reload Sheaf to try again.',
    reload: 'Reload',
  },
  newer: {
    here: 'A newer version of this site is here.',
    use: 'Use it now',
    inUse: 'Another tab has put a newer version of this site to use.',
  },
};
