/** What was measured, and on what. */
import { cpus, loadavg } from 'node:os';
import { launch } from '../browser/harness.ts';

/** One line: figures mean nothing without it. */
export async function describeMachine(): Promise<string> {
  const context = await launch();
  const browser = context.browser()?.version() ?? 'of unknown version';
  await context.close();
  const processors = cpus();
  const load = loadavg()[0] ?? 0;
  return [
    `${processors.length} cores`,
    processors[0]?.model.trim() || 'processor unknown',
    `Node ${process.versions.node}`,
    `Chromium ${browser}`,
    new Date().toISOString().slice(0, 10),
    `load ${load.toFixed(1)} before`,
  ].join(', ');
}
