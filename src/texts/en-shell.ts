/** The frame around all else. */
export const shell = {
  opening: 'Opening…',
  pageFailed: {
    title: 'This page could not be opened',
    safe: 'Your papers and all else go on. Reload Sheaf to try again.',
    reload: 'Reload',
  },
};
