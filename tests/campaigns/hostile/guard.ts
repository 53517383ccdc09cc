/** Gives hostile files to a thread of their own, one after another, and kills it where one does not come back. */
import { Worker } from 'node:worker_threads';
import type { HostileFile, Outcome } from './door.ts';

/** Longer may no file keep a processor, milliseconds: it is counted as work, so that a busy machine is no failure. */
const MOST_WORK_MS = 5_000;
/** However busy the machine is. */
const MOST_WAIT_MS = 120_000;
/** The heap of the thread, MB: what a tab can be asked for. */
const HEAP_MB = 1_500;

export interface Guard {
  try(file: HostileFile): Promise<Outcome>;
  close(): Promise<void>;
}

export async function openGuard(mostWork = MOST_WORK_MS): Promise<Guard> {
  let worker = await start();

  const once = (file: HostileFile) =>
    new Promise<Outcome>((resolve) => {
      const lost = (why: string) =>
        resolve({
          name: file.name,
          taken: false,
          total: 0,
          accepted: 0,
          merged: 0,
          rejected: 0,
          broken: [why],
        });
      const used = process.cpuUsage();
      const began = Date.now();
      const clock = setInterval(() => {
        const { user, system } = process.cpuUsage(used);
        if ((user + system) / 1_000 < mostWork && Date.now() - began < MOST_WAIT_MS) return;
        done();
        lost(`it hung: more than ${mostWork} ms`);
      }, 100);
      const onError = (error: Error) => {
        done();
        lost(`the thread died: ${error.message}`);
      };
      const onMessage = (outcome: Outcome) => {
        done();
        resolve(outcome);
      };
      const done = () => {
        clearInterval(clock);
        worker.off('error', onError).off('message', onMessage);
      };
      worker.on('error', onError).on('message', onMessage);
      worker.postMessage(file);
    });

  return {
    async try(file) {
      const outcome = await once(file);
      if (outcome.broken.some((why) => /^it hung|^the thread died/.test(why))) {
        await worker.terminate();
        worker = await start();
      }
      return outcome;
    },
    async close() {
      await worker.terminate();
    },
  };
}

const door = new URL('./door.ts', import.meta.url).href;
/** Solid as pages get it: its build for servers, which Node would take, reacts to nothing. */
const solid = new URL('../../../node_modules/solid-js/dist/solid.js', import.meta.url).href;
const hooks = `export const resolve = (name, context, next) => next(name === 'solid-js' ? '${solid}' : name, context);`;
const BEGINNING = `
  import('tsx/esm/api').then(({ register }) => {
    register();
    require('node:module').register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});
    return import(${JSON.stringify(door)});
  });`;

async function start(): Promise<Worker> {
  const worker = new Worker(BEGINNING, {
    eval: true,
    // The stack of a page's script, not Node's roomier one for threads.
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, stackSizeMb: 1 },
  });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  // One that dies of its memory may say so after it was given up.
  worker.removeAllListeners('error').on('error', () => {});
  return worker;
}
