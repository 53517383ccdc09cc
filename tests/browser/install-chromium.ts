/** Vitest global setup: a fresh Debian machine gets Chromium; any other is told what to install. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium, lookForChromium } from './harness.ts';

/** Seconds to wait for another apt to finish before giving up. */
const LOCK_SECONDS = 500;

export default function setup(): void {
  if (lookForChromium()) return;
  const root = process.getuid?.() === 0;
  if (root && existsSync('/usr/bin/apt-get') && !process.env.CHROMIUM_PATH) {
    console.log('No Chromium was found: installing it with apt-get.');
    const lock = ['-o', `DPkg::Lock::Timeout=${LOCK_SECONDS}`];
    const options = {
      stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    execFileSync('apt-get', ['update', '-qq', ...lock], options);
    execFileSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', ...lock, 'chromium'],
      options,
    );
  }
  findChromium();
}
