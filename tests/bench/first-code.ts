/** Prints of what modules the code is made that stands before the list. */
import { listFirstModules } from '../browser/first-code.ts';

const modules = await listFirstModules();
for (const { path, bytes, gzip } of modules)
  console.log(`${String(gzip).padStart(6)} ${String(bytes).padStart(7)} ${path}`);
console.log(
  `${modules.reduce((sum, { gzip }) => sum + gzip, 0)} bytes as gzip, of ${modules.length} modules`,
);
