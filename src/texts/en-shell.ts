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
  undo: 'Undo',
  keysTitle: 'Keys',
  commands: 'Commands',
  noCommands: 'The commands could not be loaded.',
  thumb: { name: 'Within reach', menu: 'Places and topics', search: 'Search', commands: 'Commands' },
  missing: {
    title: 'This paper is not here',
    why: 'The link names a paper that is not kept on this device. If you have its list, add it.',
  },
  notLoaded: 'A part of this page could not be loaded.',
  pageFailed: {
    title: 'This page could not be opened',
    reload: 'Reload',
  },
};
