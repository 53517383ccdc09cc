import { EngineError } from './error.ts';

/** A constant of an ONNX graph. */
export interface Constant {
  readonly dims: readonly number[];
  /** As ONNX numbers its types; see {@link ELEMENT}. */
  readonly type: number;
  /** Row-major, little-endian; a view of the file. */
  readonly bytes: Uint8Array;
}

export const ELEMENT = { float32: 1, int8: 3 } as const;
export type ElementType = (typeof ELEMENT)[keyof typeof ELEMENT];
const BYTES = { 1: 4, 3: 1 } as const;

/** Numbers of the fields that are read, as onnx.proto gives them. */
const MODEL_GRAPH = 7;
const GRAPH_CONSTANT = 5;
const CONSTANT = { dims: 1, type: 2, name: 8, bytes: 9 } as const;

/**
 * The constants of an ONNX file by name, without the runtime: the file is protocol buffers, of which only these fields are looked at.
 * @param path names the file in the sentence told.
 * @throws {EngineError} `unreadable`.
 */
export function readConstants(file: ArrayBuffer, path: string): ReadonlyMap<string, Constant> {
  const found = new Map<string, Constant>();
  try {
    for (const graph of fieldsOf(new Uint8Array(file))) {
      if (graph.number !== MODEL_GRAPH || typeof graph.value === 'number') continue;
      for (const { number, value } of fieldsOf(graph.value)) {
        if (number !== GRAPH_CONSTANT || typeof value === 'number') continue;
        const [name, constant] = readConstant(value);
        found.set(name, constant);
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new EngineError(
      'unreadable',
      `${path} is not an ONNX file (${error.message}). Choose another model.`,
    );
  }
  return found;
}

/**
 * One of them, of the type and number of values that are asked for.
 * @throws {EngineError} `contract` where there is no such one.
 */
export function takeConstant(
  constants: ReadonlyMap<string, Constant>,
  path: string,
  name: string,
  type: ElementType,
  count?: number,
): Constant {
  const found = constants.get(name);
  const length = found?.dims.reduce((product, dim) => product * dim, 1);
  const fits = found?.type === type && found.bytes.length === (length ?? 0) * BYTES[type];
  if (found && fits && (count === undefined || length === count)) return found;
  throw new EngineError('contract', `${path} has no ${name} as its contract says. Choose another model.`);
}

function readConstant(bytes: Uint8Array): [name: string, constant: Constant] {
  const dims: number[] = [];
  let name = '';
  let type = 0;
  let data = new Uint8Array(0);
  for (const { number, value } of fieldsOf(bytes)) {
    if (typeof value === 'number') {
      if (number === CONSTANT.dims) dims.push(value);
      if (number === CONSTANT.type) type = value;
    } else if (number === CONSTANT.dims) {
      for (let at = 0; at < value.length; ) {
        const [dim, next] = readNumber(value, at);
        dims.push(dim);
        at = next;
      }
    } else if (number === CONSTANT.name) name = new TextDecoder().decode(value);
    else if (number === CONSTANT.bytes) data = value as Uint8Array<ArrayBuffer>;
  }
  return [name, { dims, type, bytes: data }];
}

/** Lengths in bytes of what a field holds, by the lowest three bits of its tag; others are told in the field. */
const FIXED: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/** The fields of a message: numbers as numbers, the rest as views of its bytes. */
function* fieldsOf(bytes: Uint8Array): Generator<{ number: number; value: number | Uint8Array }> {
  for (let at = 0; at < bytes.length; ) {
    const [tag, start] = readNumber(bytes, at);
    const number = Math.floor(tag / 8);
    const kind = tag % 8;
    const [told, next] = kind === 0 || kind === 2 ? readNumber(bytes, start) : [FIXED[kind], start];
    if (told === undefined) throw new RangeError(`a field of kind ${kind} at byte ${at}`);
    if (kind === 0) {
      yield { number, value: told };
      at = next;
      continue;
    }
    at = next + told;
    if (at > bytes.length) throw new RangeError(`it ends within a field`);
    yield { number, value: bytes.subarray(next, at) };
  }
}

/** Seven bits a byte, the lowest first. */
function readNumber(bytes: Uint8Array, start: number): [value: number, next: number] {
  let value = 0;
  let factor = 1;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    value += (byte % 128) * factor;
    if (byte < 128) return [value, at + 1];
    factor *= 128;
  }
  throw new RangeError('it ends within a number');
}
