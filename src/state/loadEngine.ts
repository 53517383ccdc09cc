import { EngineError } from '../engine/error.ts';
import { laterTexts } from '../texts/later.ts';

let missing = false;

/** Whether it did not come: browsers remember that, so that only a reload tries again. */
export const engineIsMissing = (): boolean => missing;

/**
 * The code that opens and runs models. The list does not need it, so it comes beside it.
 * @throws {EngineError} `runtime` where it does not come.
 */
export async function loadEngine(): Promise<typeof import('../engine/engine.ts')> {
  try {
    return await import('../engine/engine.ts');
  } catch (error) {
    missing = true;
    const told = new EngineError('runtime', laterTexts.status.engineNotLoaded);
    told.cause = error;
    throw told;
  }
}
