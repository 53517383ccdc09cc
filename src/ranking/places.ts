import { layoutSteps } from '../vector/layout.ts';
import type { Matrix } from '../vector/matrix.ts';
import { projectSteps } from '../vector/projection.ts';
import type { QuantizedRows } from '../vector/quantized.ts';

/** Papers as points of a plane. */
export interface Places {
  readonly ids: readonly string[];
  /** x and y of each, [ids, 2]. */
  readonly positions: Float32Array;
}

export interface LayoutRequest {
  readonly seed: number;
  /** Where papers stood before, of any others too. */
  readonly before?: Places | undefined;
  /** `before` is of the same vectors: papers that stood hardly move where few are new. */
  readonly hold?: boolean | undefined;
}

/** Papers with their rows: of few as floats, of many as bytes. */
export interface PaperRows {
  readonly ids: readonly string[];
  readonly rows: Matrix | QuantizedRows;
}

export function* projectPapersSteps({ ids, rows }: PaperRows, seed: number): Generator<number, Places> {
  const { positions } = yield* projectSteps(rows, seed);
  return { ids, positions };
}

export function* layOutSteps({ ids, rows }: PaperRows, request: LayoutRequest): Generator<number, Places> {
  const { seed, hold } = request;
  const before = request.before && positionsOf(ids, request.before);
  const { positions } = yield* layoutSteps(rows, { seed, before, hold });
  return { ids, positions };
}

/** NaN for papers that stood nowhere. */
function positionsOf(ids: readonly string[], places: Places): Float32Array {
  const rows = new Map(places.ids.map((id, row) => [id, row]));
  const positions = new Float32Array(ids.length * 2).fill(Number.NaN);
  ids.forEach((id, to) => {
    const row = rows.get(id);
    if (row !== undefined) positions.set(places.positions.subarray(row * 2, row * 2 + 2), to * 2);
  });
  return positions;
}
