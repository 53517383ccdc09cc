import type { LookupNames, ModelContract } from './contract.ts';
import { EngineError } from './error.ts';
import type { Graph } from './graph.ts';
import { ELEMENT, readConstants, takeConstant } from './onnx-constants.ts';

/*
 * A model without layers, read without a runtime: ONNX Runtime is 14 MB that stand before the first answer, and it writes out a vector for
 * each piece of which only the sum is wanted. What it would give is known: a text's vector is the sum of its pieces' rows, each times the
 * piece's scale, the weight of its place, and the piece's uses in the text to a power.
 */

interface Tables {
  /** int8 [pieces, dimensions]. */
  readonly rows: Int8Array;
  /** By piece. */
  readonly scales: Float32Array;
  /** Weight of each place of a text; the last is that of all that follow. */
  readonly places: Float32Array;
  /** Uses of a piece in the text to this power are the weight of each. */
  readonly power: number;
}

/**
 * @param names of the graph's constants, as the contract tells them.
 * @throws {EngineError} `missing`, `unreadable` or `contract`.
 */
export function openLookup(
  { files: listed, dimensions }: ModelContract,
  names: LookupNames,
  files: ReadonlyMap<string, ArrayBuffer>,
): Graph {
  const path = listed.find((file) => file.path.endsWith('.onnx'))?.path ?? '';
  const bytes = files.get(path);
  if (!bytes) throw new EngineError('missing', `The model has no file ${path}. Choose another model.`);
  const tables = readTables(bytes, path, names, dimensions);
  return {
    run: async (batch) => sumRows(tables, batch, dimensions),
    release: async () => {},
  };
}

function readTables(file: ArrayBuffer, path: string, names: LookupNames, dimensions: number): Tables {
  const constants = readConstants(file, path);
  // Copies: the file's bytes move away to the cache.
  const floats = (name: string, count?: number) =>
    new Float32Array(takeConstant(constants, path, name, ELEMENT.float32, count).bytes.slice().buffer);
  const rows = new Int8Array(takeConstant(constants, path, names.table, ELEMENT.int8).bytes.slice().buffer);
  return {
    rows,
    scales: floats(names.scales, rows.length / dimensions),
    places: floats(names.places),
    power: floats(names.power, 1)[0] as number,
  };
}

/** Unit rows [texts, dimensions]. */
function sumRows(tables: Tables, batch: readonly (readonly number[])[], dimensions: number): Float32Array {
  const { rows, scales } = tables;
  const out = new Float32Array(batch.length * dimensions);
  const sum = new Float64Array(dimensions);
  batch.forEach((ids, text) => {
    sum.fill(0);
    for (const [id, weight] of weigh(ids, tables)) {
      const factor = weight * (scales[id] as number);
      const start = id * dimensions;
      for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] as number) + factor * (rows[start + i] as number);
    }
    let square = 0;
    for (let i = 0; i < dimensions; i++) square += (sum[i] as number) ** 2;
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let i = 0; i < dimensions; i++) out[text * dimensions + i] = (sum[i] as number) * scale;
  });
  return out;
}

/** What a text's pieces weigh, each piece once. */
function weigh(ids: readonly number[], { places, power }: Tables): Map<number, number> {
  const uses = new Map<number, number>();
  const weights = new Map<number, number>();
  ids.forEach((id, place) => {
    uses.set(id, (uses.get(id) ?? 0) + 1);
    const weight = places[Math.min(place, places.length - 1)] as number;
    weights.set(id, (weights.get(id) ?? 0) + weight);
  });
  for (const [id, count] of uses) {
    if (count > 1) weights.set(id, (weights.get(id) as number) * count ** power);
  }
  return weights;
}
