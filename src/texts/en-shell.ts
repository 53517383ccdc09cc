/** The frame around all else. */
export const shell = {
  opening: 'Opening…',
  list: 'Papers',
  /** The column beside the list. */
  beside: 'Paper or page',
  page: 'This page',
  back: '‹ List',
  close: 'Close',
  closeMenu: 'Close the menu',
  dismiss: 'Dismiss',
  drop: 'Drop the list to add its papers',
  missing: {
    title: 'This paper is not here',
    why: 'The link names a paper that is not kept on this device. If you have its list, add it.',
  },
  notLoaded: 'A part of this page could not be loaded.',
  pageFailed: {
    title: 'This page could not be opened',
    reload: 'Reload',
  },
  newer: {
    here: 'A newer version of this site is here.',
    use: 'Use it now',
    withdrawn:
      'The newest version of this site does not start here, so the one before it is in use. Nothing is lost; a mended version comes by itself.',
    inUse: 'Another tab has put a newer version of this site to use.',
  },
};
