import { planBatches, TOKENS_PER_BATCH } from './batches.ts';
import { transfer } from './call.ts';
import type { GoldenVectors, ModelContract } from './contract.ts';
import { readOffer } from './describe.ts';
import type { DeviceKind } from './device.ts';
import { parseJson } from './download.ts';
import { EngineError } from './error.ts';
import { findGoldenFault, GOLDEN_TEXTS } from './golden.ts';
import { type Graph, openGraph, readWeights, type Weights } from './graph.ts';
import { openLookup } from './lookup.ts';
import type { ModelOrigin } from './origin.ts';
import { readQuantizedRows } from './pooling.ts';
import { type OpenEvents, type OpenRequest, readFiles } from './read-files.ts';
import { loadRuntime, RUNTIME_FILE, type Runtime, type RuntimePlaces } from './runtime.ts';
import { createTokenizer, type Encoding, type TextTokenizer } from './tokenize.ts';
import { breathe, createTurns } from './turns.ts';

export type { OpenRequest };

export interface Opened {
  /** Files that were fetched, checked and run: what a cache may keep. */
  readonly fetched: ReadonlyMap<string, ArrayBuffer>;
  /** The vectors of the test texts as this device gives them. */
  readonly golden: GoldenVectors;
  /** How long the test texts took, milliseconds. */
  readonly took: number;
}

export interface Embedded {
  /** Unit rows [texts, dimensions]; a text without a single piece has a zero row. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** Which texts were longer than the model reads. */
  readonly cut: readonly boolean[];
}

export type TextKind = 'query' | 'document';

/** Cutting text into pieces keeps the thread: after this long it lets a query or a stop in. */
const BREATH_MS = 20;

interface OpenModel {
  readonly contract: ModelContract;
  readonly tokenizer: TextTokenizer;
  readonly graph: Graph;
  /** Absent for a table that is read without one. */
  readonly runtime: Runtime | undefined;
  readonly background: ArrayBuffer | undefined;
  readonly golden: GoldenVectors;
  readonly device: DeviceKind;
}

/** The functions that the model worker serves. */
export type Encoder = ReturnType<typeof createEncoder>;

/**
 * Turns texts into vectors with one model at a time. Runs in a worker and in Node alike.
 * @param places where the runtime's files lie.
 */
export function createEncoder(places: RuntimePlaces) {
  const turns = createTurns();
  let tested = 0;
  let model: OpenModel | undefined;

  function opened(): OpenModel {
    if (!model) throw new EngineError('closed', 'No model is open yet. Wait for it, or choose one.');
    return model;
  }

  async function close(): Promise<void> {
    const old = model;
    model = undefined;
    if (old) await turns.take(false, () => old.graph.release());
  }

  return {
    /** What a place offers: see `readOffer`. */
    describe: (origin: ModelOrigin, signal?: AbortSignal) => readOffer(origin, signal),

    /**
     * Fetches what is missing, checks it, starts the runtime where the model needs one, and embeds the test texts.
     * @throws {EngineError} naming what is wrong; the model opened before stays open.
     */
    async open(
      request: OpenRequest,
      onProgress?: OpenEvents['onProgress'],
      signal?: AbortSignal,
      onPart?: OpenEvents['onPart'],
      alive: () => void = () => {},
    ): Promise<Opened> {
      const { contract, device } = request;
      const lookup = device === 'wasm' ? contract.lookup : undefined;
      const started = lookup ? undefined : startRuntime(request, signal, onPart, alive);
      // Told below, after the files: without this a failure meanwhile would count as unhandled.
      started?.catch(() => {});
      const { files, fetched } = await readFiles(request, { onProgress, onPart, alive }, signal);
      // While the runtime is compiled beside it.
      const weights = lookup ? undefined : readWeights(contract, files);
      const runtime = await started;
      alive();
      signal?.throwIfAborted();
      const tokenizer = createTokenizer(
        parseJson(wanted(files, 'tokenizer.json'), 'tokenizer.json'),
        parseJson(wanted(files, 'tokenizer_config.json'), 'tokenizer_config.json'),
        contract.maximumTokens,
      );
      const graph = lookup
        ? openLookup(contract, lookup, files)
        : await openGraph(runtime as Runtime, device, contract, weights as Weights, tokenizer.padId);
      alive();
      const expected = contract.golden ?? request.golden;
      const texts = expected?.texts ?? GOLDEN_TEXTS;
      const draft = { contract, device, tokenizer, graph, runtime, golden: { texts, vectors: [] } };
      try {
        signal?.throwIfAborted();
        const before = performance.now();
        const { vectors } = await embedWith({ ...draft, background: undefined }, texts, true, signal, alive);
        const took = performance.now() - before;
        const fault = findGoldenFault(vectors, contract.dimensions, expected);
        if (fault) throw goldenFault(contract, device, fault);
        const golden = { texts, vectors: texts.map((_, row) => rowAt(vectors, row, contract.dimensions)) };
        await close();
        // A copy: the fetched bytes move away to the cache.
        const background = contract.background && files.get(contract.background)?.slice(0);
        model = { ...draft, golden, background: background || undefined };
        return transfer({ fetched, golden, took }, [...fetched.values()]);
      } catch (error) {
        await graph.release();
        throw error;
      }
    },

    /**
     * Vectors of texts, in their order.
     * @param urgent goes before every batch that is not.
     */
    async embed(
      texts: readonly string[],
      kind: TextKind,
      urgent: boolean,
      signal?: AbortSignal,
      alive?: () => void,
    ): Promise<Embedded> {
      const current = opened();
      const { queryPrefix, documentPrefix } = current.contract;
      const prefix = kind === 'query' ? queryPrefix : documentPrefix;
      // Between pieces and run there may be a breath: texts of one call stay with one model.
      const result = await embedWith(
        current,
        prefix ? texts.map((text) => prefix + text) : texts,
        urgent,
        signal,
        alive,
      );
      // A reader who asks waits for one text, not for two.
      if (!urgent) await testAgain(current);
      return transfer(result, [result.vectors.buffer]);
    },

    /** Milliseconds that the test texts take, the least of two runs: the first may compile. */
    async time(signal?: AbortSignal): Promise<number> {
      const current = opened();
      let least = Number.POSITIVE_INFINITY;
      for (let run = 0; run < 2; run++) {
        const start = performance.now();
        await embedWith(current, current.golden.texts, true, signal);
        least = Math.min(least, performance.now() - start);
      }
      return least;
    },

    /** Unit rows [papers, dimensions] of papers drawn from the field, or null where the model has none. */
    background(): Float32Array<ArrayBuffer> | null {
      const { contract, background } = opened();
      if (!background) return null;
      const rows = readQuantizedRows(background, contract.dimensions);
      return transfer(rows, [rows.buffer]);
    },

    /** Resolves with the reason when the graphics card is taken away; never for WASM. */
    async lost(): Promise<string> {
      const device = (await opened().runtime?.env.webgpu.device) as { lost: Promise<{ message: string }> };
      return (await device.lost).message;
    },

    close,
  };

  function startRuntime(
    { contract, device, threads, cached, parts }: OpenRequest,
    signal: AbortSignal | undefined,
    onPart: OpenEvents['onPart'],
    alive: () => void,
  ): Promise<Runtime> {
    return loadRuntime(device, threads, places, {
      signal,
      onBytes: alive,
      kept: parts?.get(RUNTIME_FILE),
      // With all of a model here the runtime is here too, as a rule: its parts would be written anew at each visit.
      ...(cached.size < contract.files.length
        ? { onPart: (part, bytes) => onPart?.(RUNTIME_FILE, part, transfer(bytes, [bytes])) }
        : { whole: true }),
    });
  }

  /** A device may go wrong in the middle: after each run of papers it reads one of the test texts once more. */
  async function testAgain(current: OpenModel): Promise<void> {
    const { contract, golden } = current;
    const at = tested++ % golden.texts.length;
    const [text = '', vector = []] = [golden.texts[at], golden.vectors[at]];
    const { vectors } = await embedWith(current, [text], false);
    const fault = findGoldenFault(vectors, contract.dimensions, { texts: [text], vectors: [vector] });
    if (fault) throw goldenFault(contract, current.device, fault);
  }

  async function embedWith(
    current: OpenModel,
    texts: readonly string[],
    urgent: boolean,
    signal?: AbortSignal,
    alive?: () => void,
  ): Promise<Embedded> {
    const { tokenizer, graph, contract } = current;
    const encodings: Encoding[] = [];
    let breathed = performance.now();
    for (const text of texts) {
      encodings.push(tokenizer.encode(text));
      if (performance.now() - breathed < BREATH_MS) continue;
      await breathe();
      signal?.throwIfAborted();
      breathed = performance.now();
    }
    const lengths = encodings.map(({ ids }) => ids.length);
    const vectors = new Float32Array(texts.length * contract.dimensions);
    for (const batch of planBatches(lengths, TOKENS_PER_BATCH)) {
      await breathe();
      signal?.throwIfAborted();
      const rows = await turns.take(urgent, () =>
        graph.run(batch.map((index) => encodings[index]?.ids ?? [])),
      );
      alive?.();
      batch.forEach((index, row) => {
        vectors.set(
          rows.subarray(row * contract.dimensions, (row + 1) * contract.dimensions),
          index * contract.dimensions,
        );
      });
    }
    signal?.throwIfAborted();
    return { vectors, cut: encodings.map((encoding) => encoding.cut) };
  }
}

function rowAt(vectors: Float32Array, row: number, dimensions: number): number[] {
  return Array.from(vectors.subarray(row * dimensions, (row + 1) * dimensions));
}

function goldenFault(contract: ModelContract, device: DeviceKind, fault: string): EngineError {
  const where = device === 'webgpu' ? 'The graphics card' : 'This browser';
  return new EngineError('golden', `${where} gives wrong vectors with ${contract.name}: ${fault}.`);
}

function wanted(files: ReadonlyMap<string, ArrayBuffer>, path: string): ArrayBuffer {
  const bytes = files.get(path);
  if (bytes) return bytes;
  throw new EngineError('missing', `The model has no file ${path}. Choose another model.`);
}
