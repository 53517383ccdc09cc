import { EngineError } from '../engine/error.ts';
import { texts } from '../texts/texts.ts';

/**
 * The code that opens and runs models. The list does not need it, so it comes beside it.
 * @throws {EngineError} `unreachable` where it does not come.
 */
export async function loadEngine(): Promise<typeof import('../engine/engine.ts')> {
  try {
    return await import('../engine/engine.ts');
  } catch {
    throw new EngineError('unreachable', texts.status.engineNotLoaded);
  }
}
