/** What went wrong, for code; the message is for people. */
export type EngineErrorCode =
  /** A file ended before its size was reached. */
  | 'cut-short'
  /** A web page came in the place of a file. */
  | 'web-page'
  /** A pointer to the file came in the place of the file. */
  | 'pointer'
  /** The file's size or sha256 is not the promised one. */
  | 'checksum'
  /** The runtime, or a reader of ours, cannot make sense of the file. */
  | 'unreadable'
  /** No such file at the place. */
  | 'missing'
  /** No answer from the place. */
  | 'unreachable'
  /** What was typed is not a model's address. */
  | 'address'
  /** The model's description is wrong or asks for something that Sheaf does not have. */
  | 'contract'
  /** The device gives other vectors than the model should. */
  | 'golden'
  | 'memory'
  /** ONNX Runtime did not start. */
  | 'runtime'
  /** The worker stopped. */
  | 'crashed'
  /** The worker no longer answers. */
  | 'hung'
  /** The graphics card was taken away. */
  | 'lost'
  /** No model is open. */
  | 'closed';

/** What a device may do in the middle of its work, and another may not. */
const FAULTS: readonly EngineErrorCode[] = ['crashed', 'hung', 'lost', 'golden', 'memory', 'runtime'];

export function isFaultOfDevice(error: unknown): error is EngineError {
  return error instanceof EngineError && FAULTS.includes(error.code);
}

/** An error told in one plain sentence: what is wrong, where, and what to do. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Reads like `6.1 MB`: decimal units, as file managers and the hub show them. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
