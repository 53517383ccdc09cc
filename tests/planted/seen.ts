import type { PlantedFault } from './fault.ts';

/** What a reader sees, and what a page may do. */
export const SEEN: readonly PlantedFault[] = [
  {
    name: 'A policy that lets text become HTML',
    file: 'src/offline/policy.ts',
    find: `  "require-trusted-types-for 'script'",\n`,
    replace: '',
    caughtBy: ['tests/unit/offline/policy.test.ts'],
  },
  {
    name: 'A page that may ask any host',
    file: 'src/offline/policy.ts',
    find: `"connect-src 'self' https://huggingface.co"`,
    replace: `"connect-src 'self' https:"`,
    caughtBy: ['tests/unit/offline/policy.test.ts'],
  },
  {
    name: 'A report of a failure that holds the error’s message',
    file: 'src/state/failure.ts',
    find: "lines.push(`Error: ${/^\\w{1,40}$/.test(error.name) ? error.name : 'of another kind'}`);",
    replace: 'lines.push(`Error: ${error.name} ${error.message}`);',
    caughtBy: ['tests/unit/state/failure.test.ts'],
  },
  {
    name: 'An error that nobody caught and nobody tells',
    file: 'src/views/NoticeBar.tsx',
    find: "addEventListener('unhandledrejection', onRejection);",
    replace: '',
    caughtBy: ['tests/browser/app/failures.test.ts'],
    only: 'unexpected',
  },
  {
    name: 'Rows that are taken from the pointer after a scroll',
    file: 'src/views/list.css',
    find: 'pointer-events: auto !important;',
    replace: '',
    caughtBy: ['tests/browser/app/places.test.ts'],
    only: 'keeps the focus',
  },
];
