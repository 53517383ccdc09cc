import { createMatrix, type Matrix } from '../vector/matrix.ts';
import { openProcessor, type SessionParts, tryGraphicsCard } from './choose.ts';
import type { ModelContract } from './contract.ts';
import type { ModelOffer } from './describe.ts';
import {
  type Device,
  type DeviceChoice,
  describeProcessor,
  findReasonAgainst,
  probeGraphicsCard,
} from './device.ts';
import type { DownloadProgress } from './download.ts';
import type { TextKind } from './encoder.ts';
import { EngineError } from './error.ts';
import { embedList } from './list.ts';
import type { ModelOrigin } from './origin.ts';
import type { EmbedProgress } from './progress.ts';
import { createSecondWorker, mayHelp, type SecondWorker, WORTH_HELP_MS } from './second-worker.ts';
import {
  describeModel,
  type ModelCache,
  type Silence,
  type StartModelWorker,
  startModelWorker,
} from './session.ts';
import { createTenure, type Tenure } from './tenure.ts';

export type {
  Device,
  DeviceChoice,
  DownloadProgress,
  EmbedProgress,
  ModelCache,
  ModelOffer,
  ModelOrigin,
  TextKind,
};
export { describeModel, EngineError };

/** Some of the texts, embedded. */
export interface EmbeddedBatch {
  /** Places of the texts in the list given. */
  readonly indices: readonly number[];
  /** Unit rows [indices.length, dimensions]: the caller's to keep or move. */
  readonly vectors: Float32Array<ArrayBuffer>;
  /** Which of them were longer than the model reads. */
  readonly cut: readonly boolean[];
}

export interface EmbedOptions {
  readonly signal?: AbortSignal;
  /** Awaited, one after another in the order of the texts, so that a batch can be kept before many more are made. */
  readonly onBatch: (batch: EmbeddedBatch) => unknown;
  readonly onProgress?: (progress: EmbedProgress) => void;
}

export interface OpenOptions {
  readonly device?: DeviceChoice;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

export interface Engine {
  /**
   * Opens a model; the one in use stays until the new one works.
   * @throws {EngineError} in one plain sentence; an AbortError when stopped.
   */
  open(offer: ModelOffer, options?: OpenOptions): Promise<Device>;
  /** Of the open model. */
  contract(): ModelContract | null;
  device(): Device | null;
  /** Vectors of papers drawn from the field, which scores are measured against; null for models without. */
  background(): Promise<Matrix | null>;
  /** Embeds papers' texts in their order; the model's prefix is put before each. */
  embed(texts: readonly string[], options: EmbedOptions): Promise<void>;
  /** Embeds a query, before all papers that wait. */
  embedQuery(text: string, signal?: AbortSignal): Promise<Float32Array>;
  /** Embeds a few texts, such as sentences, before papers that wait; one row a text. */
  embedTexts(texts: readonly string[], kind: TextKind, signal?: AbortSignal): Promise<Matrix>;
  close(): void;
}

export interface EngineParts {
  readonly cache: ModelCache;
  /** Told when the device changes after `open` has answered: a faster one was found, or one was lost. */
  readonly onDevice?: (device: Device) => void;
  /** Told once a model, in a sentence, when a device failed at its work and another goes on with it. */
  readonly onFault?: (sentence: string) => void;
  readonly startWorker?: StartModelWorker;
  /** For tests, which cannot wait as long as the slowest machine may need. */
  readonly silence?: Silence;
  /** For tests, whose lists are short. */
  readonly worthHelp?: number;
}

/** One model on the best device; see Engine. Nothing is started before `open`. */
export function createEngine({
  cache,
  onDevice,
  onFault,
  startWorker = startModelWorker,
  silence,
  worthHelp = WORTH_HELP_MS,
}: EngineParts): Engine {
  const events = { onDevice, onFault };
  /** The model in use. Another one is another tenure: nothing of the old may end in the new. */
  let tenure: Tenure | undefined;

  function current(): Tenure {
    if (tenure) return tenure;
    throw new EngineError('closed', 'No model is open yet. Wait for it, or choose one.');
  }

  function partsOf(offer: ModelOffer, signal: AbortSignal): SessionParts {
    return { offer, cache, start: startWorker, signal, silence };
  }

  async function embedMatrix(
    texts: readonly string[],
    kind: TextKind,
    signal?: AbortSignal,
  ): Promise<Matrix> {
    const mine = current();
    const { vectors } = await mine.embed(texts, kind, true, signal);
    return createMatrix(vectors, mine.parts.offer.contract.dimensions);
  }

  function begin(mine: Tenure): Device {
    const old = tenure;
    tenure = mine;
    old?.end();
    return mine.device();
  }

  /** In the background: the reader has meaning at once, and a faster device when it has shown itself. */
  async function improve(mine: Tenure, refuse: (reason: string) => Device): Promise<void> {
    const processor = mine.session();
    const found = await tryGraphicsCard(mine.parts, processor, 'auto');
    const stale = mine.ended() || mine.session() !== processor;
    if (stale) return 'session' in found ? found.session.close() : undefined;
    if ('session' in found) mine.take(found.session, found.device);
    else mine.setDevice(refuse(found.reason));
    onDevice?.(mine.device());
  }

  return {
    async open(offer, { device: choice = 'auto', signal, onProgress } = {}) {
      const ended = new AbortController();
      const both = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
      const parts = partsOf(offer, both);
      const { compute, lookup } = offer.contract;
      // Whether it measures is for later: see `improve`.
      const measures = choice === 'auto' && compute === 'encoder';
      const card = choice === 'webgpu' ? await probeGraphicsCard() : NO_CARD;
      const against = measures ? undefined : findReasonAgainst(choice, lookup ? 'table' : compute, card);
      const { session, threads, why } = await openProcessor({ ...parts, onProgress });
      const refuse = (reason: string): Device =>
        describeProcessor(threads, [why, reason].filter(Boolean).join(' '), [{ kind: 'webgpu', reason }]);
      const first = against === undefined ? describeProcessor(threads, why) : refuse(against);
      const mine = createTenure(partsOf(offer, ended.signal), ended, { session, device: first }, events);
      if (against !== undefined) return begin(mine);
      if (choice === 'auto') {
        improve(mine, refuse).catch(() => {});
        return begin(mine);
      }
      try {
        const found = await tryGraphicsCard(parts, session, choice);
        if ('session' in found) mine.take(found.session, found.device);
        else mine.setDevice(refuse(found.reason));
      } catch (error) {
        mine.end();
        throw error;
      }
      return begin(mine);
    },
    contract: () => tenure?.parts.offer.contract ?? null,
    device: () => tenure?.device() ?? null,
    async background() {
      const mine = current();
      const asked = mine.session();
      const rows = await asked.connection.call('background').catch((error) => {
        // A faster device may have taken over meanwhile.
        if (mine.session() === asked) throw error;
        return mine.session().connection.call('background');
      });
      return rows && createMatrix(rows, mine.parts.offer.contract.dimensions);
    },
    async embed(texts, options) {
      const mine = current();
      const { contract } = mine.parts.offer;
      let second: SecondWorker | undefined;
      const open = () => {
        if (mayHelp(mine.device(), contract)) second = createSecondWorker(mine);
        return second;
      };
      try {
        await embedList(mine, { open, worth: worthHelp }, texts, options);
      } finally {
        second?.close();
      }
    },
    async embedQuery(text, signal) {
      return (await embedMatrix([text], 'query', signal)).data;
    },
    embedTexts: embedMatrix,
    close() {
      tenure?.end();
      tenure = undefined;
    },
  };
}

const NO_CARD = { usable: false, imitation: false };
