import { CANARY } from './names.ts';

/*
 * A damaged IndexedDB opens empty, or short, without an error. localStorage is
 * kept in other files and survives it: what is noted there after each write of
 * the library tells a first visit from a loss.
 */

export interface Canary {
  /** Papers kept after the write. */
  readonly papers: number;
  /** Writes of the library so far; the library counts them too, in the same transaction. */
  readonly epoch: number;
  /** Of the library alone: it was changed after a loss whose copies could not be put back; its last change before. */
  readonly waitsSince?: number;
}

/** The newest note, or undefined on a first visit or where localStorage is refused. */
export function readCanary(): Canary | undefined {
  try {
    const { papers, epoch } = JSON.parse(localStorage.getItem(CANARY) ?? '{}') as Partial<Canary>;
    return typeof papers === 'number' && typeof epoch === 'number' ? { papers, epoch } : undefined;
  } catch {
    return undefined;
  }
}

/** Notes a write, unless another tab has noted a later one. Best effort: a canary is not worth an error. */
export function writeCanary(canary: Canary): void {
  try {
    if ((readCanary()?.epoch ?? -1) < canary.epoch) localStorage.setItem(CANARY, JSON.stringify(canary));
  } catch {
    // Refused or full: a loss will look like a first visit, as it would without a canary.
  }
}

/** True when the library holds less than was once acknowledged. */
export function isLoss(found: Canary, noted: Canary | undefined): boolean {
  if (found.waitsSince !== undefined) return true;
  if (!noted) return false;
  // A canary behind the library is a tab that was closed between write and note: nothing is lost.
  return found.epoch < noted.epoch || (found.epoch === noted.epoch && found.papers < noted.papers);
}
