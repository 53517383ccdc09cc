import {
  ensure,
  KERNELS,
  type Kernel,
  placesOf,
  plainKernel,
  ROWS_AT_ONCE,
  tryKernel,
  writeQuery,
} from './kernel.ts';

/**
 * The fastest program that runs here and proves to be right. A policy without 'wasm-unsafe-eval' leaves plain
 * JavaScript; the relaxed one gives wrong numbers in V8 11.3, until its better compiler takes over.
 */
export function createKernel(stride: number): Kernel {
  const plain = plainKernel(stride);
  for (const name of KERNELS) {
    const kernel = tryKernel(name, stride);
    if (kernel && agree(kernel, plain, stride)) return kernel;
  }
  return plain;
}

/** Whether two programs give the same for a few made-up rows. Their memories are empty afterwards. */
export function agree(kernel: Kernel, other: Kernel, stride: number): boolean {
  const [first, second] = [kernel, other].map((each) => scanMadeUp(each, stride).join());
  return first === second;
}

const MADE_UP_ROWS = 2 * ROWS_AT_ONCE;

function scanMadeUp({ memory, scan }: Kernel, stride: number): Int32Array {
  const { sums, results, rows } = placesOf(stride, MADE_UP_ROWS);
  ensure(memory, rows + MADE_UP_ROWS * stride);
  const numbers = Int16Array.from({ length: stride }, (_, i) => ((i * 1237) % 2047) - 1023);
  writeQuery(memory.buffer, 0, stride, numbers);
  const bytes = new Int8Array(memory.buffer, rows, MADE_UP_ROWS * stride);
  const totals = new Int32Array(memory.buffer, sums, MADE_UP_ROWS);
  for (let i = 0; i < bytes.length; i++) {
    const value = ((i * 89) % 255) - 127;
    const row = Math.floor(i / stride);
    bytes[i] = value;
    totals[row] = (totals[row] as number) + value;
  }
  scan(MADE_UP_ROWS, { query: 0, sums, results, rows });
  const products = new Int32Array(memory.buffer, results, MADE_UP_ROWS).slice();
  new Uint8Array(memory.buffer).fill(0);
  return products;
}
