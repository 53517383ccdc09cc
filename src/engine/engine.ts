import { createMatrix, type Matrix } from '../vector/matrix.ts';
import { planRuns, RUN } from './batches.ts';
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
import type { Embedded, TextKind } from './encoder.ts';
import { EngineError } from './error.ts';
import type { ModelOrigin } from './origin.ts';
import { createProgress, type EmbedProgress } from './progress.ts';
import {
  describeModel,
  type ModelCache,
  type Session,
  type StartModelWorker,
  startModelWorker,
} from './session.ts';

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
  /** Awaited before the next batch is asked for, so that a batch can be kept first. */
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
  readonly startWorker?: StartModelWorker;
}

/** One model on the best device; see Engine. Nothing is started before `open`. */
export function createEngine({ cache, onDevice, startWorker = startModelWorker }: EngineParts): Engine {
  /** The model in use. Another one is another tenure: nothing of the old may end in the new. */
  let tenure: Tenure | undefined;

  function current(): Tenure {
    if (tenure) return tenure;
    throw new EngineError('closed', 'No model is open yet. Wait for it, or choose one.');
  }

  function partsOf(offer: ModelOffer, signal: AbortSignal): SessionParts {
    return { offer, cache, start: startWorker, signal };
  }

  /** Puts a session in the place of another of the same model; what the old one was doing is asked again. */
  function take(mine: Tenure, session: Session, device: Device): void {
    const old = mine.session;
    mine.session = session;
    mine.device = device;
    old.close();
    watchCard(mine);
  }

  /** Work that hangs on a lost card would hang for ever: ending its worker makes it fail and be asked again. */
  function watchCard(mine: Tenure): void {
    const { session, device } = mine;
    if (device.kind !== 'webgpu') return;
    session.connection.call('lost').then(
      () => session.close(),
      () => {},
    );
    void session.connection.ended.then(() => {
      const inUse = mine.session === session && !mine.ended.signal.aborted;
      if (inUse) revive(mine).catch(() => {});
    });
  }

  /** After a crash or a lost card: the processor again, once for all who wait. A failure may be tried again. */
  function revive(mine: Tenure): Promise<void> {
    mine.revival ??= openProcessor(partsOf(mine.offer, mine.ended.signal))
      .then(({ session, threads }) => {
        if (mine.ended.signal.aborted) return session.close();
        const lostCard = mine.device.kind === 'webgpu';
        const why = lostCard
          ? 'The graphics card was lost while it worked.'
          : 'Its worker stopped once and was started again.';
        const refused = lostCard ? [{ kind: 'webgpu' as const, reason: why }] : mine.device.refused;
        take(mine, session, describeProcessor(threads, why, refused));
        onDevice?.(mine.device);
      })
      .finally(() => {
        mine.revival = undefined;
      });
    return mine.revival;
  }

  /** Asks the worker, and once more if it stopped under the question. */
  async function embedNow(
    mine: Tenure,
    texts: readonly string[],
    kind: TextKind,
    urgent: boolean,
    signal?: AbortSignal,
  ): Promise<Embedded> {
    const asked = mine.session;
    try {
      return await asked.connection.call('embed', texts, kind, urgent, signal);
    } catch (error) {
      const gone = error instanceof EngineError && ['crashed', 'closed'].includes(error.code);
      if (!gone || mine.ended.signal.aborted) throw error;
      // Either a better session has taken over, or this one must be started again.
      if (mine.session === asked) await revive(mine);
      if (mine.session === asked) throw error;
      return await mine.session.connection.call('embed', texts, kind, urgent, signal);
    }
  }

  async function embedMatrix(
    texts: readonly string[],
    kind: TextKind,
    signal?: AbortSignal,
  ): Promise<Matrix> {
    const mine = current();
    const { vectors } = await embedNow(mine, texts, kind, true, signal);
    return createMatrix(vectors, mine.offer.contract.dimensions);
  }

  function begin(mine: Tenure): Device {
    const old = tenure;
    tenure = mine;
    if (old) end(old);
    return mine.device;
  }

  /** In the background: the reader has meaning at once, and a faster device when it has shown itself. */
  async function improve(mine: Tenure, refuse: (reason: string) => Device): Promise<void> {
    const processor = mine.session;
    const found = await tryGraphicsCard(partsOf(mine.offer, mine.ended.signal), processor, 'auto');
    const stale = mine.ended.signal.aborted || mine.session !== processor;
    if (stale) return 'session' in found ? found.session.close() : undefined;
    if ('session' in found) take(mine, found.session, found.device);
    else mine.device = refuse(found.reason);
    onDevice?.(mine.device);
  }

  return {
    async open(offer, { device: choice = 'auto', signal, onProgress } = {}) {
      const ended = new AbortController();
      const both = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal;
      const parts = partsOf(offer, both);
      const { compute } = offer.contract;
      // Whether it measures is for later: see `improve`.
      const measures = choice === 'auto' && compute === 'encoder';
      const card = choice === 'webgpu' ? await probeGraphicsCard() : NO_CARD;
      const against = measures ? undefined : findReasonAgainst(choice, compute, card);
      const { session, threads, why } = await openProcessor({ ...parts, onProgress });
      const refuse = (reason: string): Device =>
        describeProcessor(threads, [why, reason].filter(Boolean).join(' '), [{ kind: 'webgpu', reason }]);
      const first = against === undefined ? describeProcessor(threads, why) : refuse(against);
      const mine: Tenure = { offer, ended, session, device: first };
      if (against !== undefined) return begin(mine);
      if (choice === 'auto') {
        improve(mine, refuse).catch(() => {});
        return begin(mine);
      }
      try {
        const found = await tryGraphicsCard(parts, session, choice);
        if ('session' in found) take(mine, found.session, found.device);
        else mine.device = refuse(found.reason);
      } catch (error) {
        end(mine);
        throw error;
      }
      return begin(mine);
    },
    contract: () => tenure?.offer.contract ?? null,
    device: () => tenure?.device ?? null,
    async background() {
      const mine = current();
      const asked = mine.session;
      const rows = await asked.connection.call('background').catch((error) => {
        // A faster device may have taken over meanwhile.
        if (mine.session === asked) throw error;
        return mine.session.connection.call('background');
      });
      return rows && createMatrix(rows, mine.offer.contract.dimensions);
    },
    async embed(texts, { signal, onBatch, onProgress }) {
      const mine = current();
      const tell = createProgress(texts, onProgress);
      for (const { start, end } of planRuns(texts, RUN[mine.offer.contract.compute])) {
        signal?.throwIfAborted();
        const { vectors, cut } = await embedNow(mine, texts.slice(start, end), 'document', false, signal);
        const indices = Array.from({ length: end - start }, (_, index) => start + index);
        await onBatch({ indices, vectors, cut });
        tell(end);
      }
    },
    async embedQuery(text, signal) {
      return (await embedMatrix([text], 'query', signal)).data;
    },
    embedTexts: embedMatrix,
    close() {
      if (tenure) end(tenure);
      tenure = undefined;
    },
  };
}

/** A model from its opening to the opening of another. */
interface Tenure {
  readonly offer: ModelOffer;
  readonly ended: AbortController;
  session: Session;
  device: Device;
  revival?: Promise<void> | undefined;
}

function end(tenure: Tenure): void {
  tenure.ended.abort();
  tenure.session.close();
}

const NO_CARD = { usable: false, imitation: false };
