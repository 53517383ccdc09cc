/** The frame around all else. */
export const shell = {
  newer: {
    here: 'A newer version of this site is here.',
    use: 'Use it now',
    withdrawn:
      'The newest version of this site does not start here, so the one before it is in use. Nothing is lost; a mended version comes by itself.',
    inUse: 'Another tab has put a newer version of this site to use.',
  },
};
