/**
 * Every kind of failure that a reader can meet. What happened is the error's own sentence, or `happened` where it has
 * none for readers; then what is safe, and one next step (absent where the error's sentence names it, since it depends on the place).
 */
export interface FailureWords {
  readonly happened?: string;
  readonly safe: string;
  readonly next?: string;
}

const MODEL_SAFE = 'Your papers, notes and search by words go on.';

export const failures = {
  reportButton: 'Copy a report',
  reportCopied: 'The report is copied. It holds nothing of your library.',
  reportNotCopied: 'The browser does not let Sheaf copy. Here is the report:',

  kinds: {
    'store-full': {
      safe: 'What was kept before is still there.',
      next: 'Make room on this device, or remove papers here, and try again.',
    },
    'store-closed': {
      safe: 'What was kept before is still there.',
      next: 'Reload this page.',
    },
    'store-newer': {
      safe: 'It is untouched, and is there again with that version.',
      next: 'Reload this page to get it.',
    },
    'store-blocked': {
      safe: 'What is kept is untouched.',
      next: 'Close the other tabs of this site, then reload this one.',
    },
    'store-failed': {
      safe: 'What was kept before is still there.',
      next: 'Reload this page to try again.',
    },
    'store-unreadable': {
      safe: 'Nothing was written to it.',
      next: 'Reload this page: it looks for a copy and puts that in the place.',
    },
    'store-replaced': {
      safe: 'What the other tab keeps is untouched.',
      next: 'Reload this page.',
    },
    'store-lost': {
      safe: 'The site’s own list is loaded again.',
      next: 'Add your papers again, or a backup where you saved one.',
    },
    'store-waits': {
      safe: 'The copy stays as it is, and what you make meanwhile is kept beside it.',
      next: 'Make room on this device, then reload this page: both are joined.',
    },
    'store-restored': {
      safe: 'Everything up to then is back.',
      next: 'Look at what you changed last, and do that again.',
    },
    'model-cut-short': { safe: MODEL_SAFE },
    'model-web-page': { safe: MODEL_SAFE },
    'model-pointer': { safe: MODEL_SAFE },
    'model-checksum': { safe: MODEL_SAFE },
    'model-unreadable': { safe: MODEL_SAFE },
    'model-missing': { safe: MODEL_SAFE },
    'model-unreachable': { safe: MODEL_SAFE },
    'model-address': { safe: MODEL_SAFE },
    'model-contract': { safe: MODEL_SAFE },
    'model-golden': { safe: MODEL_SAFE },
    'model-memory': { safe: MODEL_SAFE },
    'model-runtime': { safe: MODEL_SAFE },
    'model-hung': { safe: MODEL_SAFE },
    'model-lost': { safe: MODEL_SAFE },
    'model-crashed': { safe: 'What was read so far is kept.', next: 'Reload this page to go on.' },
    'model-closed': { safe: MODEL_SAFE },
    list: {
      safe: 'Nothing was added, and nothing here has changed.',
      next: 'Try another file, or paste the list as text.',
    },
    page: {
      safe: 'Your papers and all else go on.',
      next: 'Reload Sheaf to try again.',
    },
    copy: {
      safe: 'Nothing has changed.',
      next: 'Save it as a file instead.',
    },
    unexpected: {
      happened: 'Something went wrong that Sheaf did not expect.',
      safe: 'What was kept before is still there.',
      next: 'Reload this page to go on. If it comes again, send a report to whoever runs this site.',
    },
  } satisfies Record<string, FailureWords>,
};
