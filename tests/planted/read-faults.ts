import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlantedFault } from './fault.ts';

const NOT_FAULTS = new Set(['run.ts', 'fault.ts', 'read-faults.ts']);

/** All faults that are planted, from the files beside this one. */
export async function readFaults(): Promise<readonly PlantedFault[]> {
  const files = (await readdir(import.meta.dirname)).filter((name) => !NOT_FAULTS.has(name));
  const modules = await Promise.all(
    files.sort().map((name) => import(join(import.meta.dirname, name)) as Promise<Record<string, unknown>>),
  );
  return modules.flatMap((module) => Object.values(module).flat() as PlantedFault[]);
}
