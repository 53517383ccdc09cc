import type { Sheaf } from '../state/sheaf.ts';
import type { Desk, Frame } from './commands.ts';
import { bindKeys } from './keys.ts';
import { createWalk } from './walk.ts';

/** What commands work on, with the keys that run them. Called once, inside a Solid root. */
export function createDesk(sheaf: Sheaf, frame: Frame): Desk {
  const desk: Desk = { sheaf, walk: createWalk(sheaf), frame };
  bindKeys(desk);
  return desk;
}
