/** One file of a model, as its contract promises it. */
export interface ModelFile {
  /** Path inside the model folder: `onnx/model_quantized.onnx`. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. Absent for models from elsewhere, which state none. */
  readonly sha256?: string;
  /** Sums of its parts, `PART_BYTES` each but the last: then a wrong one alone is fetched again. */
  readonly parts?: readonly string[];
}

/** Eight fixed texts and the vectors that they must give. */
export interface GoldenVectors {
  readonly texts: readonly string[];
  /** One vector a text, each of the model's dimensions. */
  readonly vectors: readonly (readonly number[])[];
}

/**
 * A model without layers, whose graph does no more than add up rows of a table: these constants of it are all that is needed. Names of
 * int8 [pieces, dimensions], float32 [pieces, 1], float32 [places, 1] and float32 [].
 */
export interface LookupNames {
  readonly table: string;
  /** Each piece's row is its integers times this. */
  readonly scales: string;
  /** Weight of each place of the text; the last is that of all that follow. */
  readonly places: string;
  /** A piece with n uses in a text counts n to this power at each. */
  readonly power: string;
}

/**
 * A graph whose largest constants the runtime would make when it starts, in memory of several times their size that it does not
 * give back. The site makes them instead and runs the same graph without those nodes.
 */
export interface FoldedGraph {
  /**
   * Of that graph in ONNX. Its larger constants are external data: those of the .onnx file by that file's name, and what is made
   * by the name `products`.
   */
  readonly path: string;
  /** Constants of the .onnx file: int8 [pieces, dimensions]; float32 [pieces, 1], the scales of its rows. */
  readonly table: string;
  readonly scales: string;
  /** int8 [dimensions, columns]; float32 [1, columns], the scales of its columns. */
  readonly matrix: string;
  readonly matrixScales: string;
  /** Columns of a product; the matrix holds those of several, side by side. */
  readonly width: number;
}

/**
 * What a model promises. Ours stands in the model folder as `sheaf.json`;
 * for any other model in the transformers.js layout it is read off its configs.
 */
export interface ModelContract {
  /**
   * Names vectors in the store: two contracts never share vectors. An offer's id ends in a digest of all that
   * its vectors depend on; in `sheaf.json` it is the bare name.
   */
  readonly id: string;
  /** For people: `Sheaf tokens 2`. */
  readonly name: string;
  readonly files: readonly ModelFile[];
  readonly dimensions: number;
  readonly pooling: 'mean' | 'cls';
  /** Put before a query and before a paper; usually empty. */
  readonly queryPrefix: string;
  readonly documentPrefix: string;
  /** Longest input in pieces; what is longer is cut and the paper says so. */
  readonly maximumTokens: number;
  /** `lookup`: pieces are looked up and summed, which a GPU does not speed up. `encoder`: layers, where they may. */
  readonly compute: 'lookup' | 'encoder';
  /** Then the processor reads it without ONNX Runtime. */
  readonly lookup?: LookupNames;
  /** Then the site makes what the runtime would fold. */
  readonly folded?: FoldedGraph;
  readonly date?: string;
  readonly licence?: string;
  readonly golden?: GoldenVectors;
  /**
   * Path of a file of int8 [rows, dimensions] vectors of papers drawn at random from the field, against which
   * scores are measured.
   */
  readonly background?: string;
}
