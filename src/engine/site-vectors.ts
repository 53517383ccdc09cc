import { createMatrix, type Matrix } from '../vector/matrix.ts';
import type { ModelContract } from './contract.ts';
import { EngineError } from './error.ts';
import { sumOf } from './sum.ts';

/** `vectors/<model>.json` of a site: what the file beside it, `<model>.bin`, holds. */
export interface VectorsDescription {
  /** Id of the contract under which they were made, as an offer has it. */
  readonly model: string;
  readonly dimensions: number;
  /** Of the file, lower-case hex. */
  readonly sha256: string;
  /** Papers, a row each. */
  readonly ids: readonly string[];
  /** Content keys of the texts that were embedded: what a row is found by. */
  readonly keys: readonly string[];
  /** Rows whose text was longer than the model reads. */
  readonly cut: readonly number[];
}

/** Vectors that come with a site, so that its papers need not be embedded again. */
export interface SiteVectors {
  /** Content key -> row. */
  readonly rows: ReadonlyMap<string, number>;
  readonly cut: ReadonlySet<number>;
  readonly matrix: Matrix;
}

/** Where a model's vectors stand in a site, without the ending. */
export function vectorsPath(model: string): string {
  return `vectors/${model}`;
}

/**
 * Reads a description, field by field.
 * @throws {EngineError} `contract` when it is broken, or the vectors are of another model.
 */
export function checkDescription(
  value: unknown,
  { id, dimensions, name }: ModelContract,
): VectorsDescription {
  const fail = (why: string): never => {
    throw unusable('contract', name, why);
  };
  if (typeof value !== 'object' || value === null) return fail('their description is broken');
  const found = value as Partial<Record<keyof VectorsDescription, unknown>>;
  if (found.model !== id || found.dimensions !== dimensions) return fail('they were made by another model');
  const { ids, keys, cut, sha256 } = found;
  const rows = isList(keys, isText) ? keys.length : -1;
  const isRow = (row: unknown): boolean => Number.isInteger(row) && Number(row) >= 0 && Number(row) < rows;
  const whole = isList(ids, isText) && ids.length === rows && isList(cut, isRow);
  if (!whole || !isText(sha256)) return fail('their description is broken');
  return found as VectorsDescription;
}

/**
 * Holds the bytes to what the description promises, as a model's own output is held: size, checksum, finite unit rows.
 * @throws {EngineError} `checksum` saying what is wrong.
 */
export async function checkVectors(
  bytes: ArrayBuffer,
  { keys, cut, dimensions, sha256 }: VectorsDescription,
  { name }: Pick<ModelContract, 'name'>,
): Promise<SiteVectors> {
  const promised = keys.length * dimensions * Float32Array.BYTES_PER_ELEMENT;
  const fail = (why: string): never => {
    throw unusable('checksum', name, why);
  };
  if (bytes.byteLength !== promised) {
    return fail(`the file has ${bytes.byteLength} bytes and should have ${promised}`);
  }
  const sum = await sumOf(bytes);
  // Where the page is not secure there is no crypto.subtle; the rows are looked at all the same.
  if (sum !== undefined && sum !== sha256) return fail('the file is damaged');
  try {
    const matrix = createMatrix(new Float32Array(bytes), dimensions);
    return { rows: new Map(keys.map((key, row) => [key, row])), cut: new Set(cut), matrix };
  } catch {
    return fail('a row of them is no vector');
  }
}

/**
 * A site's vectors for a model, as far as they are wanted: undefined where it brings none of these texts, and
 * where the files do not come, since the papers can be embedded here.
 * @param base absolute address of the site.
 * @param wanted content keys.
 * @throws {EngineError} where they come and are not what they should be.
 */
export async function fetchSiteVectors(
  base: string,
  model: string,
  contract: ModelContract,
  wanted: readonly string[],
  signal: AbortSignal,
): Promise<SiteVectors | undefined> {
  const place = new URL(vectorsPath(model), base).href;
  const described = await ask(`${place}.json`, signal);
  if (!described) return undefined;
  const description = checkDescription(await described.json().catch(() => undefined), contract);
  const brought = new Set(description.keys);
  if (!wanted.some((key) => brought.has(key))) return undefined;
  const response = await ask(`${place}.bin`, signal);
  const bytes = await response?.arrayBuffer().catch(() => undefined);
  signal.throwIfAborted();
  return bytes && checkVectors(bytes, description, contract);
}

async function ask(url: string, signal: AbortSignal): Promise<Response | undefined> {
  // Asked for anew: of two files from two days one would not fit the other.
  const response = await fetch(url, { signal, cache: 'no-cache' }).catch(() => undefined);
  signal.throwIfAborted();
  return response?.ok ? response : undefined;
}

function unusable(code: 'contract' | 'checksum', name: string, why: string): EngineError {
  return new EngineError(
    code,
    `The vectors that this site brings for ${name} cannot be used: ${why}. Its papers are read here instead.`,
  );
}

function isList(value: unknown, of: (item: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every(of);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
