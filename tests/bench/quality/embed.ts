import { findModel, requestModel } from '../../../src/cli/model-folder.ts';
import { nodeRuntime } from '../../../src/cli/node-runtime.ts';
import { createEncoder } from '../../../src/engine/encoder.ts';
import type { TextKind } from '../../../src/engine/engine.ts';
import { createMatrix, type Matrix } from '../../../src/vector/matrix.ts';

/** Texts as a model of the site reads them, one row each. */
export async function embedTexts(
  modelId: string,
  texts: readonly string[],
  kind: TextKind = 'document',
): Promise<Matrix> {
  const encoder = createEncoder(nodeRuntime);
  const model = await findModel(modelId);
  await encoder.open(await requestModel(model));
  const { vectors } = await encoder.embed(texts, kind, false);
  await encoder.close();
  return createMatrix(vectors, model.contract.dimensions);
}

/** Papers drawn from the field, by which the site's scores are measured. */
export async function embedBackground(modelId: string): Promise<Matrix> {
  const encoder = createEncoder(nodeRuntime);
  const model = await findModel(modelId);
  await encoder.open(await requestModel(model));
  const rows = encoder.background();
  await encoder.close();
  if (!rows) throw new Error(`${modelId} has no background`);
  return createMatrix(rows, model.contract.dimensions);
}
