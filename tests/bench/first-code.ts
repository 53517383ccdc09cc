/** Prints of what modules the code is made that stands before the list, and then of what the file beside it. */
import { listModules } from '../browser/first-code.ts';

for (const part of ['first', 'beside'] as const) {
  const modules = await listModules(part);
  for (const { path, bytes, gzip } of modules)
    console.log(`${String(gzip).padStart(6)} ${String(bytes).padStart(7)} ${path}`);
  const sum = modules.reduce((bytes, { gzip }) => bytes + gzip, 0);
  console.log(`${part}: ${sum} bytes as gzip, of ${modules.length} modules\n`);
}
