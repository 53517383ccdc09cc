import type { FoldedGraph, GoldenVectors, LookupNames, ModelContract, ModelFile } from './contract.ts';
import { EngineError } from './error.ts';
import { countParts } from './parts.ts';

/**
 * Reads a contract from outside, field by field.
 * @param place names the file in the sentence told.
 * @throws {EngineError} `contract` naming the field that is wrong.
 */
export function checkContract(value: unknown, place: string): ModelContract {
  const fail = (what: string): never => {
    throw new EngineError('contract', `${place} does not describe a model: ${what}. Choose another model.`);
  };
  if (!isRecord(value)) return fail('it is not an object');
  const text = (name: string): string => {
    const field = value[name];
    return typeof field === 'string' ? field : fail(`${name} is not a text`);
  };
  const count = (name: string): number => {
    const field = value[name];
    return Number.isInteger(field) && Number(field) > 0
      ? Number(field)
      : fail(`${name} is not a whole number`);
  };
  const { pooling, compute, golden } = value;
  if (pooling !== 'mean' && pooling !== 'cls') return fail('pooling is neither mean nor cls');
  if (compute !== 'lookup' && compute !== 'encoder') return fail('compute is neither lookup nor encoder');
  const files = Array.isArray(value.files) ? value.files : fail('files is not a list');
  if (!files.every(isModelFile)) return fail('a file has no path, no size or a bad sha256');
  const graphs = files.filter((file) => file.path.endsWith('.onnx'));
  if (graphs.length !== 1) return fail(`it names ${graphs.length} .onnx files and not one`);
  const dimensions = count('dimensions');
  if (golden !== undefined && !isGolden(golden, dimensions))
    return fail('golden has other numbers than its dimensions');
  if (value.lookup !== undefined && !isLookup(value.lookup))
    return fail('lookup does not name its constants');
  const { folded } = value;
  if (folded !== undefined && !(isFolded(folded) && files.some(({ path }) => path === folded.path)))
    return fail('folded does not name a file and its constants');
  for (const name of ['date', 'licence', 'background']) if (value[name] !== undefined) text(name);
  if (!text('id')) return fail('id is empty');
  return {
    // Fields that are not read here are kept: a later contract may say more.
    ...(value as unknown as ModelContract),
    name: text('name'),
    files,
    dimensions,
    pooling,
    queryPrefix: text('queryPrefix'),
    documentPrefix: text('documentPrefix'),
    maximumTokens: count('maximumTokens'),
    compute,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLookup(value: unknown): value is LookupNames {
  return (
    isRecord(value) && ['table', 'scales', 'places', 'power'].every((key) => typeof value[key] === 'string')
  );
}

function isFolded(value: unknown): value is FoldedGraph {
  return (
    isRecord(value) &&
    ['path', 'table', 'scales', 'matrix', 'matrixScales'].every((key) => typeof value[key] === 'string') &&
    Number.isInteger(value.width) &&
    Number(value.width) > 0
  );
}

function isModelFile(value: unknown): value is ModelFile {
  if (!isRecord(value) || typeof value.path !== 'string' || !isInside(value.path)) return false;
  if (!Number.isInteger(value.bytes) || Number(value.bytes) < 0) return false;
  const { parts, bytes } = value;
  if (parts !== undefined) {
    const whole = Array.isArray(parts) && parts.length === countParts(Number(bytes)) && parts.every(isSum);
    if (!whole) return false;
  }
  return value.sha256 === undefined || isSum(value.sha256);
}

function isSum(value: unknown): boolean {
  return typeof value === 'string' && /^[\da-f]{64}$/.test(value);
}

/** A path that stays in the model folder. */
function isInside(path: string): boolean {
  return /^[\w.-]+(\/[\w.-]+)*$/.test(path) && !path.split('/').includes('..');
}

function isGolden(value: unknown, dimensions: number): value is GoldenVectors {
  if (!isRecord(value) || !Array.isArray(value.texts) || !Array.isArray(value.vectors)) return false;
  return (
    value.texts.length === value.vectors.length &&
    value.texts.every((text) => typeof text === 'string') &&
    value.vectors.every(
      (row) => Array.isArray(row) && row.length === dimensions && row.every(Number.isFinite),
    )
  );
}
