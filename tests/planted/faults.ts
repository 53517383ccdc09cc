/** Faults in downloads, devices, updates and builds. */
import type { PlantedFault } from './fault.ts';

const DOWNLOADS = 'tests/campaigns/downloads.test.ts';
const DEVICES = 'tests/campaigns/devices.test.ts';
const DEPLOYS = 'tests/campaigns/deploys.test.ts';

export const downloadFaults: readonly PlantedFault[] = [
  {
    name: 'a part that came wrong is taken',
    file: 'src/engine/parts.ts',
    find: 'if (found === undefined || found === sum) return true;',
    replace: 'return true;',
    caughtBy: ['tests/unit/engine/parts.test.ts'],
  },
  {
    name: 'after a cut a file is fetched from its beginning',
    file: 'src/engine/fetch-parts.ts',
    find: 'const ranged = ranges && (start > 0 || end < bytes);',
    replace: 'const ranged = ranges && start < 0;',
    caughtBy: [DOWNLOADS],
    only: 'what comes in the end',
  },
  {
    name: 'what was kept of a download is not looked at',
    file: 'src/engine/read-files.ts',
    find: 'kept: parts?.get(file.path),',
    replace: '',
    caughtBy: ['tests/unit/engine/engine.test.ts'],
    only: 'goes on at the next visit',
  },
  {
    name: 'the runtime is not held to its sum',
    file: 'src/engine/runtime-files.ts',
    find: ', sums: RUNTIME_SUMS.wasm',
    replace: '',
    caughtBy: [DOWNLOADS],
    only: 'the runtime goes through the same door',
  },
  {
    name: 'the list is not held to the sum of the page',
    file: 'src/source/fetch.ts',
    find: 'return sum === sha256;',
    replace: 'return sum !== undefined;',
    caughtBy: ['tests/unit/source/fetch.test.ts'],
  },
  {
    name: 'the description of a model is not held to the sum of the page',
    file: 'src/engine/describe.ts',
    find: 'if (sum === undefined || sum === origin.sha256) break;',
    replace: 'break;',
    caughtBy: ['tests/unit/engine/hub.test.ts'],
    only: 'the description of a model of the site',
  },
];

export const deviceFaults: readonly PlantedFault[] = [
  {
    name: 'a device that goes wrong in the middle is not noticed',
    file: 'src/engine/encoder.ts',
    find: 'if (!urgent) await testAgain(current);',
    replace: '',
    caughtBy: [DEVICES],
  },
  {
    name: 'a worker that ran out of memory is not replaced',
    file: 'src/engine/error.ts',
    find: "'golden', 'memory', 'runtime']",
    replace: "'golden', 'runtime']",
    caughtBy: [DEVICES],
  },
  {
    name: 'the reader is told of each fault',
    file: 'src/engine/tenure.ts',
    find: 'if (!told) onFault?.(why);',
    replace: 'onFault?.(why);',
    caughtBy: [DEVICES],
  },
  {
    name: 'a worker that hangs is waited for',
    file: 'src/engine/watch.ts',
    find: 'if (++quiet < 2) return;',
    replace: 'if (++quiet < 1e9) return;',
    caughtBy: [DEVICES],
  },
];

export const updateFaults: readonly PlantedFault[] = [
  {
    name: 'a version that does not start is never given up',
    file: 'src/offline/starts.ts',
    find: 'const MOST_TRIES = 2;',
    replace: 'const MOST_TRIES = 1e9;',
    caughtBy: ['tests/unit/offline/starts.test.ts'],
  },
  {
    name: 'what is being typed into the page that adds papers is lost over a reload',
    file: 'src/state/typed.ts',
    find: "globalThis.addEventListener?.('pagehide', keep);",
    replace: '',
    caughtBy: [DEPLOYS],
    only: 'under open tabs',
  },
  {
    name: 'the sums are written before the compressed files',
    file: 'src/cli/finish-site.ts',
    find: 'await compressSite(directory, plain);\n  await writeSums(directory);',
    replace: 'await writeSums(directory);\n  await compressSite(directory, plain);',
    caughtBy: ['tests/campaigns/reproducible.test.ts'],
    only: 'the sums of the site',
  },
];
